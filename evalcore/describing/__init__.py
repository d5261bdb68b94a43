"""What an evaluation is, in words and figures, for the command line and for programs.

`description` tells all, with one describer for each task; `headline` has the figures. Knows `evalcore.predictions`,
`evalcore.inputs` (groups of classes, images) and `evalcore.metrics`.
"""
