"""What the caller stated, what was found out (reasons, questions, warnings), and the layouts that can be built.

Knows `evalcore.predictions`, errors and wording; no other room of `inputs`, as all of these write into it.
"""
