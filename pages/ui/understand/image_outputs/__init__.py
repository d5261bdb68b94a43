"""The panels of the Image outputs page: the summary of all images, and the images behind it.

Knows `evalcore`, `state`, `compute` and `live`; which page shows them is not known here.
"""
