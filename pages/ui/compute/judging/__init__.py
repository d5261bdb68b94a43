"""What is kept of models that are judged whole: their calibration, mappings of it, and models beside each other.

Knows `evalcore`, `compute.binary` and `compute.kept`; neither the session nor the link.
"""
