"""What the live components in the browser draw from: tables, words and colours, in plain types.

Knows `evalcore.metrics` and `evalcore.figures.style`; nothing of Streamlit or of pages.
"""
