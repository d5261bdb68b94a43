"""What people are asked about a file, and what they say of it: questions, names, whether it is predictions at all.

Knows `evalcore` and what pages share.
"""
