"""Cells and headers to typed columns with names; the ground floor of reading.

Knows the messages of `reading` and nothing else of it.
"""
