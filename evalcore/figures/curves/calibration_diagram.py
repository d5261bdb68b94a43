"""The reliability diagram: what was said against what came true, and how many cases each bucket holds."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.reference import DIAGONAL, SHARE_AXIS, add_reference_line
from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.figures.texts import figure_text
from evalcore.metrics.probability.corp import CorpCurve
from evalcore.metrics.probability.reliability import ENOUGH, Reliability
from evalcore.numbers import count, share, share_range

__all__ = ["calibration_figure"]

_COUNTS = 0.2  # share of the height that the counts below take
_GAP = 0.06


def calibration_figure(
    buckets: Reliability,
    curve: CorpCurve,
    *,
    positive: str = "positive",
    title: str = "Said and observed",
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw buckets with their intervals, the isotonic curve with its band, and the counts below.

    Parameters
    ----------
    buckets : Reliability
    curve : CorpCurve
    positive : str
        The class whose probability it is.
    title : str
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.probability.calibration import calibration
    >>> found = calibration([0, 1, 0, 1], [0.1, 0.7, 0.4, 0.9], buckets=2)
    >>> [trace.name for trace in calibration_figure(found.buckets, found.curve).data if trace.name]
    ['If every probability were right', 'Isotonic curve', 'Buckets', 'Cases']
    """
    figure = go.Figure()
    add_reference_line(figure, DIAGONAL.x, DIAGONAL.y, palette)
    figure.add_scatter(
        x=np.r_[curve.probability, curve.probability[::-1]],
        y=np.r_[curve.high, curve.low[::-1]],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=f"rgba({_rgb(palette.muted)},0.18)",
        hoverinfo="skip",
        name="If every probability were right",
    )
    figure.add_scatter(
        x=curve.probability,
        y=curve.share,
        mode="lines",
        line={"color": palette.models[0], "width": 2.2},
        name="Isotonic curve",
        hovertemplate="said %{x:.1%}<br>observed %{y:.1%}<extra></extra>",
    )
    told = [
        f"said {share(said)} on average<br>observed {share(seen)} ({share_range(low, high)})<br>{count(cases)} cases"
        + (", too few to say much" if cases < ENOUGH else "")
        for said, seen, low, high, cases in zip(
            buckets.predicted,
            buckets.observed,
            np.asarray(buckets.interval.low),
            np.asarray(buckets.interval.high),
            buckets.cases.tolist(),
            strict=True,
        )
    ]
    figure.add_scatter(
        x=buckets.predicted,
        y=buckets.observed,
        error_y={
            "type": "data",
            "symmetric": False,
            "array": buckets.interval.high - buckets.observed,
            "arrayminus": buckets.observed - buckets.interval.low,
            "color": palette.positive,
            "thickness": 1.4,
            "width": 4,
        },
        mode="markers",
        marker={
            "color": [
                palette.surface if each < ENOUGH else palette.positive for each in buckets.cases.tolist()
            ],
            "line": {"color": palette.positive, "width": 2},
            "size": 9,
        },
        customdata=told,
        hovertemplate="%{customdata}<extra></extra>",
        name="Buckets",
    )
    width = np.maximum(buckets.high - buckets.low, 0.006)
    figure.add_bar(
        x=(buckets.low + buckets.high) / 2,
        y=buckets.cases,
        width=width * 0.92,
        yaxis="y2",
        marker={"color": palette.muted},
        customdata=told,
        hovertemplate="%{customdata}<extra></extra>",
        name="Cases",
        showlegend=False,
    )
    layout(
        figure,
        palette,
        title=title,
        x=axis_title("Probability that the model gives", f"for “{figure_text(positive)}”", palette),
        y=axis_title("Observed share", "of cases that were so", palette),
        height=520,
    )
    figure.update_xaxes(**SHARE_AXIS)
    figure.update_yaxes(**SHARE_AXIS, domain=[_COUNTS + _GAP, 1])
    figure.update_layout(
        xaxis={"anchor": "y2"},
        yaxis2={
            "domain": [0, _COUNTS],
            "title": {"text": "Cases", "font": {"size": 12}},
            "gridcolor": palette.grid,
            "tickfont": {"color": palette.muted, "size": 11},
            "nticks": 3,
            "automargin": True,
            "rangemode": "tozero",
        },
        bargap=0,
    )
    return figure


def _rgb(colour: str) -> str:
    return ",".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
