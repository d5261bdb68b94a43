"""How good scores are as probabilities: losses of two classes.

Knows the types of `evalcore.predictions` and nothing else of `metrics`.
"""
