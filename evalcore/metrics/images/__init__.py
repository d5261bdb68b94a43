"""Images as outputs: their errors and pixels as classes; the typical images of a cell.

Knows `sweep` and the batches of `evalcore.predictions.images`; not how an image is read.
"""
