"""Answers questions and serves the answers."""
