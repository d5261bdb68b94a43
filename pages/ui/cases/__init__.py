"""Tables and galleries of cases: behind a cell, of classes, in a range of scores, the typical ones.

Knows `evalcore`, `state`, `compute` and `live`; which page shows them is not known here.
"""
