"""Formats other than delimited text: JSON, JSON Lines, Arrow, NumPy, workbooks; each to one table.

Knows `values`, `text` (for texts within them), and the limits and messages of `reading`.
"""
