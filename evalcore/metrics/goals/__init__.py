"""Which threshold to choose."""
