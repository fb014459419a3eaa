"""What holds in a channel: what its members may see, and what its managers have chosen for it."""
