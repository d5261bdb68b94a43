"""Images as outputs, and the typical images of a cell."""
