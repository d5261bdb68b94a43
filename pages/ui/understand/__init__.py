"""Panels of the pages under Understand: matrix, table, curves, groups and policy of classes; labels; images.

Knows `evalcore` and, of what pages share, all but the panels of other pages.
"""
