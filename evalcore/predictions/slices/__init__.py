"""Some of the rows on their own: those that share a value of a group, a fold or a split.

Knows the types of predictions beside it, and nothing else.
"""
