"""Undo and redo of the operating point: its threshold, its pin, and the cell or the range that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from evalcore.metrics.sweep.marked_range import ScoreRange
from pages.ui.state.keys import CELL, POINTS, REDO, THRESHOLD, UNDO
from pages.ui.state.threshold import (
    choose_cell,
    pinned,
    raise_revision,
    score_range,
    set_pinned,
    set_score_range,
    settle_cell,
    threshold,
)

#: So many points are remembered.
MOST = 100


@dataclass(frozen=True)
class Point:
    """What is undone as one: all that a person has chosen of the operating point."""

    threshold: float
    pinned: float | None
    cell: str
    score_range: ScoreRange | None


@dataclass
class _Points:
    """The present point, those that were left (the last one last), and those that were undone."""

    present: Point
    left: list[Point] = field(default_factory=list)
    undone: list[Point] = field(default_factory=list)


def note_point(default: float) -> None:
    """Remember the point that was left, whatever has moved it: a hand, a button, a typed number or the link."""
    settle_cell()
    present = Point(threshold(default), pinned(), st.session_state[CELL], score_range())
    points: _Points | None = st.session_state.get(POINTS)
    if points is None:
        st.session_state[POINTS] = _Points(present)
    elif points.present != present:
        points.left = [*points.left, points.present][-MOST:]
        points.undone = []
        points.present = present


def undo_buttons() -> None:
    """Show Undo and Redo; `note_point` comes before."""
    points: _Points = st.session_state[POINTS]
    st.button(
        "Undo",
        key=UNDO,
        help="Undo the last change of threshold, pin or cell (Ctrl+Z)",
        disabled=not points.left,
        on_click=_undo,
    )
    st.button(
        "Redo",
        key=REDO,
        help="Redo what was undone (Ctrl+Shift+Z)",
        disabled=not points.undone,
        on_click=_redo,
    )


def _undo() -> None:
    points: _Points = st.session_state[POINTS]
    if points.left:
        points.undone.append(points.present)
        _show(points, points.left.pop())


def _redo() -> None:
    points: _Points = st.session_state[POINTS]
    if points.undone:
        points.left.append(points.present)
        _show(points, points.undone.pop())


def _show(points: _Points, point: Point) -> None:
    points.present = point
    st.session_state[THRESHOLD] = point.threshold
    set_pinned(point.pinned)
    choose_cell(point.cell)
    set_score_range(point.score_range)
    raise_revision()
