"""Curves of one or several models: each described once (`picture`), drawn by one builder (`overlay`)."""
