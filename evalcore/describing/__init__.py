"""What an evaluation is, in words and figures, for the command line and for programs.

`description` tells all, with one describer for each task; `headline` has the figures; `naming` calls classes and
models as people do, `answers` says what each answer to a question gives. Knows `evalcore.predictions`,
`evalcore.inputs` (groups of classes, images) and `evalcore.metrics`.
"""
