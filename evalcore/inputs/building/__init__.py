"""From a layout and its table to validated predictions, one module for each task, with the rows left out.

Knows `columns`, `plan` and what `roles` has settled; makes the types of `evalcore.predictions`.
"""
