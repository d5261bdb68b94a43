"""What predictions are worth: rates, sweeps, goals, cases, classes, policies, images.

Knows `evalcore.predictions`; how a file was read is not known here.
"""
