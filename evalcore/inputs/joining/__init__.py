"""Several files to one table: by key, by order, by a map of labels; and the rows that found no partner.

Knows `reading`, `columns`, `plan` and the words of `groups`.
"""
