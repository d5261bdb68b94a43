"""Curves and distributions as Plotly figures."""
