"""From bytes to a table, by content and not by name: `reader` asks `kinds` and hands on to `text` or `formats`.

Knows `evalcore.errors`, `evalcore.wording` and `progress`; nothing of what the columns mean.
"""
