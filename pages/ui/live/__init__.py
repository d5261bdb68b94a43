"""The live components, in plain JavaScript, and their Python side: explorer, matrix, gallery.

Knows Streamlit alone: what is drawn comes as plain types from `evalcore.figures.live`.
"""
