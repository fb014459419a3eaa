"""Files in, digests of refreshes out."""
