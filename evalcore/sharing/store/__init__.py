"""Saved evaluations: index, files, annotations, expiry."""
