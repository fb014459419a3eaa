"""Sample reports of our own, and what builds them from plain sources."""
