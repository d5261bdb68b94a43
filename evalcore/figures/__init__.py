"""Plotly figures: builders that take a result and return a figure, and the colours of the whole app (`style`).

`curves`, `distributions`, `live` (what the components in the browser draw from), and the matrices and images.
Knows `evalcore.metrics` and `evalcore.errors`; how a file was read is not known here.
"""
