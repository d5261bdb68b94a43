"""Several files to one table: by key, by order, by a map of labels."""
