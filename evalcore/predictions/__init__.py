"""The ground floor: frozen types that know nothing of files.

`evaluation` (what all predictions can say, roles, what was found out), `tasks` (the table of what differs by task), a
file for each task (`binary`, `classes`, `labels`, `outputs`, `images`, `counts`, `scores`, `history`), and
`score_unit`. Knows only `evalcore.errors` and `evalcore.wording`; everything else knows these.
"""
