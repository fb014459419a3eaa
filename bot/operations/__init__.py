"""The process at work: its log, figures, traces and memory, the folder it owns, and what it clears away."""
