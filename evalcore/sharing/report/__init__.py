"""A report in one file: opens anywhere, asks nothing of any network, and its explorer is the dashboard's own.

`assets` joins the explorer's modules, `live` makes the data that they draw from, `front` says the figures in words,
`page` writes the HTML. Knows `evalcore.describing`, `evalcore.figures.live`, `evalcore.metrics` and
`evalcore.predictions`, and the explorer's folder by its path.
"""
