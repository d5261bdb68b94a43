"""Readers of what trainings print and write, one file for each format: from its text or bytes to columns.

`printed` tries those of text; `event_files` reads TensorBoard's by `records`. Knows nothing of tables or files.
"""
