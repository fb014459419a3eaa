"""What is in the index to read and to choose from, and how files come to it."""
