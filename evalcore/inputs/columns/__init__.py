"""What a column is by itself: its profile, the words of its name, how its labels are spelt and coded.

Knows `plan` (to tell what was found) and the cells of `reading`; nothing of what other columns are.
"""
