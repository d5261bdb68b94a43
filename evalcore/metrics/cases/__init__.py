"""Which rows stand behind a figure: cells, rankings, searches, flips, suspect labels.

Knows `evalcore.predictions`, `rates` and `sweep`.
"""
