"""The ground floor: frozen types, a file for each task, that know nothing of files.

Knows only `evalcore.errors` and `evalcore.wording`; everything else knows these.
"""
