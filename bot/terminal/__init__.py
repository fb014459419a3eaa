"""What is typed and shown in a terminal."""
