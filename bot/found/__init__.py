"""What search found: which of its sentences answer, whether that is enough, and what of it is quoted."""
