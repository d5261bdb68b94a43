"""From files to validated predictions: reading, roles, predictions."""
