"""Curves of one or several models, each described once (`picture`) and drawn by one builder (`overlay`).

Knows `evalcore.metrics` and `evalcore.figures.style`.
"""
