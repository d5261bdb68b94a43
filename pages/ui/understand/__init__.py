"""Panels of the pages under Understand."""
