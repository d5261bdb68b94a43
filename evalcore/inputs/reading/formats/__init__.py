"""Formats other than delimited text: JSON, Arrow, NumPy, workbooks."""
