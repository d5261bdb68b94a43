"""Roles of several classes, labels and outputs."""
