"""Word documents, slides and sheets to blocks."""
