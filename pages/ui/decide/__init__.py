"""Panels of the pages under Decide."""
