"""From a layout and its table to validated predictions."""
