"""Panels of the pages under Start: upload, progress, what was recognised, saved evaluations.

Knows `evalcore` and what pages share.
"""
