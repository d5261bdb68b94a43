"""Plotly builders, one module per topic, and what the live explorer draws from."""
