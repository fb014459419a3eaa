"""Web pages, Markdown, e-mail and plain text to blocks."""
