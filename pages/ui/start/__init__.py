"""Panels of the pages under Start."""
