"""A gate for a build: requirements, held against predictions, with a reason for every answer.

`requirement` reads what is asked, `judging` answers it (`baseline` where it is asked against older predictions),
`answered` writes the answers as a table, JSON and JUnit's XML. Knows `evalcore.metrics`, `evalcore.predictions` and
the decisions of `evalcore.sharing.decisions`; how a file was read is not known here.
"""
