"""Panels of the pages about how a model came to be: its training's history.

Knows `evalcore.training`, its figures, and what pages share.
"""
