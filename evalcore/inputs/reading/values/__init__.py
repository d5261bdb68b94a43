"""Cells and headers to typed columns."""
