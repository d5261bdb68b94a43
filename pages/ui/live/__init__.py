"""The live components, in plain JavaScript, and their Python side."""
