"""From files to predictions, in the order in which the data pass.

`reading` (bytes to a table), `columns` (what a column is by itself), `joining` (several files), `plan` (what is
stated, found and laid out), `roles` (which column is what), `ready_made` (tables that are results already),
`building` (layout and table to predictions), `images`, `groups`; `opening` walks through all of these.
Knows `evalcore.predictions`, and of `evalcore.metrics` nothing.
"""
