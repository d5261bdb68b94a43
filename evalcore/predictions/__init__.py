"""The ground floor: frozen types that know nothing of files.

`evaluation` (what all predictions can say, roles, what was found out), `tasks` (the table of what differs by task), a
file for each task (`binary`, `classes`, `labels`, `outputs`, `images`, `counts`, `scores`, `history`), and
`score_unit`; in `slices` some of the rows on their own. Knows only `evalcore.errors`, `numbers`
and `wording`; everything else knows these.
"""
