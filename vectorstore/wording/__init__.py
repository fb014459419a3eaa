"""What a text says that can be compared: figures, dates, references, commitments, in the six languages."""
