"""What the commands do: they call the server that owns the index folder, and start one where none runs."""
