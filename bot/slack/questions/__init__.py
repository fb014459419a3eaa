"""Questions in, answers out: each kept, answered once, and in its turn."""
