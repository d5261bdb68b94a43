"""An evaluation as one Parquet table and back: columns, cells and where they came from.

Knows `evalcore.errors`, pandas and Arrow; not what an evaluation is.
"""
