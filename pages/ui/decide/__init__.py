"""Panels of the pages under Decide: curves, views of errors, suspect labels and their marks.

Knows `evalcore` and, of what pages share, all but the panels of other pages.
"""
