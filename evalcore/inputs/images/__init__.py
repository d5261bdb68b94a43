"""Images beside or within a table (`sources`, `thumbnails`, `archives`), and images as outputs.

Knows `columns`, `plan`, `reading`, and the pieces of `roles` and `building` that all tasks share.
"""
