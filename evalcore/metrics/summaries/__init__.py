"""Tables of all classes, labels and outputs, with averages, and the headline figures of each.

Knows `evalcore.predictions` and the other rooms of `metrics`.
"""
