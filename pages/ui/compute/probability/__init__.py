"""What is kept of the calibration of models: of one, of its classes, labels and groups, and of mappings.

Knows `evalcore` and `compute.kept`; neither the session nor the link.
"""
