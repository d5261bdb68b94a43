"""Images beside or within a table, and images as outputs."""
