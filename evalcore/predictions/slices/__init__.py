"""Some of the rows on their own: those that share a value of a column, a range of numbers, or both of two.

Knows the types of predictions beside it, and nothing else.
"""
