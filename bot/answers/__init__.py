"""Writes answers from what was found, in the chat model's words or in quotes, and says where reports differ."""
