"""Text files: encoding, delimiters, where the table is (`layout`), its cells, and what has to be mended.

Knows `values`, and the limits and messages of `reading`.
"""
