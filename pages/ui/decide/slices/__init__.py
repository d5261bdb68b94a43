"""The panels of the Slices page: groups of cases beside each other.

Knows `compute`, `state` and the shared pieces of pages; no other panel.
"""
