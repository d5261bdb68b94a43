"""The panels of the Calibration page: buckets and sentences, parts and groups, the preview of a mapping.

Knows `evalcore`, `state`, `compute` and `boxes`; which page shows them is not known here.
"""
