"""Lines to compare a curve with: guessing, a perfect model, equal F1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from evalcore.figures.style import Palette, spell_threshold
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = [
    "DIAGONAL",
    "SHARE_AXIS",
    "ReferenceLabel",
    "ReferenceLine",
    "add_reference_label",
    "add_reference_line",
    "add_threshold_line",
    "prevalences",
]

#: Plotly writes "20%", the product "20 %".
_PERCENT_TICKS = {f"{tick}%": f"{tick} %" for tick in range(0, 101, 5)}
#: An axis of shares, with a little room so that a curve along the edge keeps its width.
SHARE_AXIS = MappingProxyType(
    {"range": [-0.012, 1.012], "tickformat": ".0%", "labelalias": _PERCENT_TICKS, "tick0": 0, "dtick": 0.2}
)


@dataclass(frozen=True, eq=False)
class ReferenceLine:
    """A quiet line to compare a curve with."""

    x: Sequence[float] | Any
    y: Sequence[float] | Any
    width: float = 1
    dash: str = "dot"


@dataclass(frozen=True)
class ReferenceLabel:
    """The name of such a line: text that begins at a point, below it, above or beside."""

    x: float
    y: float
    text: str
    xref: str = "x"
    yanchor: str = "top"


#: Guessing: both axes grow alike.
DIAGONAL = ReferenceLine([0, 1], [0, 1])


def prevalences(sweeps: Mapping[str, ThinSweep]) -> tuple[float, ...]:
    """Shares of positive cases: models of one table share one, pooled ones may differ; nan where there are none."""
    shares = (divide(each.positives, each.positives + each.negatives) for each in sweeps.values())
    return tuple(dict.fromkeys(float(each) for each in shares))


def add_reference_line(
    figure: go.Figure,
    x: Sequence[float] | Any,
    y: Sequence[float] | Any,
    palette: Palette,
    *,
    width: float = 1,
    dash: str = "dot",
) -> None:
    """Draw a quiet line that answers to no hovering and stands in no legend."""
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": palette.muted, "width": width, "dash": dash},
        hoverinfo="skip",
        showlegend=False,
    )


def add_reference_label(
    figure: go.Figure,
    x: float,
    y: float,
    text: str,
    palette: Palette,
    *,
    xref: str = "x",
    yanchor: str = "top",
) -> None:
    """Name a reference line where it is: text that begins at a point, below it, above or beside."""
    figure.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        xref=xref,
        xanchor="left",
        yanchor=yanchor,
        font={"size": 11, "color": palette.muted},
    )


def add_threshold_line(
    figure: go.Figure, threshold: float, shown: tuple[float, float], palette: Palette
) -> None:
    """Draw the present threshold over all panels; one beyond the axis stands at its end."""
    at = min(max(threshold, shown[0]), shown[1])
    figure.add_shape(
        type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line={"color": palette.accent, "width": 2}
    )
    figure.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        # Towards the middle, so that it stays on the picture.
        xanchor="left" if at < (shown[0] + shown[1]) / 2 else "right",
        xshift=-3 if at < (shown[0] + shown[1]) / 2 else 3,
        text=f"threshold {spell_threshold(threshold)}",
        showarrow=False,
        font={"size": 12, "color": palette.accent},
    )
