"""Which column is what, and why: `settling` takes the best of all readings, of groups of columns or of one truth.

Knows `columns` and `plan`; nothing is computed and nothing is built here.
"""
