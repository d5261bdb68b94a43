"""From bytes to a table, by content and not by name."""
