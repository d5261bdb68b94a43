"""Roles where a threshold decides between two classes."""
