"""Readers of what trainings print and write, one file for each format: from its text or bytes to columns.

`training_logs` tries those of text; `event_files` reads TensorBoard's by `event_records`. Knows nothing of tables.
"""
