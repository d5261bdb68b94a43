"""How scores are spread: with a truth by class (`histogram`), without one alone (`scores_alone`).

Knows `evalcore.metrics`, `evalcore.figures.style` and the lines of `evalcore.figures.curves`.
"""
