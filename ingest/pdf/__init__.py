"""PDF pages to blocks: lines, columns, footnotes, tables, and what is no text."""
