"""The library: reports, their paragraphs and vectors, and search over them."""
