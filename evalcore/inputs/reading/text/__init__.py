"""Text files: encoding, delimiters, where the table is, its cells, what is mended."""
