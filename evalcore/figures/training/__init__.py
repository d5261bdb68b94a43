"""Pictures of how a model came to be: the panels of a training's history.

Knows `evalcore.training`, `evalcore.predictions` and `evalcore.figures.style`.
"""
