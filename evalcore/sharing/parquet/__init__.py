"""An evaluation as one Parquet table and back."""
