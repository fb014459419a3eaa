"""The chat model, and what keeps its misbehaviour from the asker."""
