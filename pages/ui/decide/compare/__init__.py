"""The panels of the Compare page: on which footing, the table and its sentences, curves, what one model mends.

Knows `evalcore`, `state`, `compute`, `cases` and `boxes`; which page shows them is not known here.
"""
