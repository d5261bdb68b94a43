"""Layouts in which predictions are really published: each is understood without a word of help."""

from __future__ import annotations
