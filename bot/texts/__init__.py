"""Answers as text: to paste, to cite, and in either direction of writing."""
