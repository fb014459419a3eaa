"""From a file to the paragraphs of the index."""
