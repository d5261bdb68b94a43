"""Which column is what, and why: `settling` asks in turn what only one task has, then truth and scores.

Knows `columns` and `plan`; nothing is computed and nothing is built here.
"""
