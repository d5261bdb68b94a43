"""Groups of classes: found in their names and in columns (`levels`), or stated by people (`stated`).

Knows `columns`, `reading` and `evalcore.predictions.classes`.
"""
