"""Scores without a truth: how they are spread, and the share that each threshold would flag."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from evalcore.figures.curves.reference import SHARE_AXIS, add_threshold_line
from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.sweep import ThresholdSweep

__all__ = ["scores_alone_figure"]

_MOST_POINTS = 2000


def scores_alone_figure(sweep: ThresholdSweep, *, threshold: float, palette: Palette = LIGHT) -> go.Figure:
    """Draw the histogram of the scores above the share that is flagged at each threshold.

    Parameters
    ----------
    sweep : ThresholdSweep
        Of the scores, all counted as negatives: there is no truth.
    threshold : float
        The present one; what it flags is drawn in the accent's colour.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> sweep = ThresholdSweep.from_scores([0, 0, 0, 0], [0.1, 0.4, 0.35, 0.8])
    >>> figure = scores_alone_figure(sweep, threshold=0.4)
    >>> figure.data[2].y.tolist()
    [0.25, 0.5, 0.75, 1.0]
    """
    histogram = score_histogram(sweep)
    counts = histogram.positives + histogram.negatives
    edges = histogram.edges
    asked = edges[:-1] if histogram.discrete else (edges[:-1] + edges[1:]) / 2
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    for name, bars, colour in (
        ("not flagged", asked < threshold, palette.muted),
        ("flagged", asked >= threshold, palette.accent),
    ):
        figure.add_bar(
            x=((edges[:-1] + edges[1:]) / 2)[bars],
            y=counts[bars],
            width=np.diff(edges)[bars] * 0.92,
            marker={"color": colour, "line": {"width": 0}},
            name=name,
            hovertemplate=f"%{{y:,}} {name}<extra></extra>",
            row=1,
            col=1,
        )
    places = np.unique(np.linspace(0, len(sweep) - 1, min(len(sweep), _MOST_POINTS)).astype(np.intp))
    flagged = (sweep.true_positives + sweep.false_positives) / (sweep.positives + sweep.negatives)
    figure.add_scatter(
        x=sweep.thresholds[places],
        y=flagged[places],
        mode="lines",
        line={"color": palette.ink, "width": 2, "shape": "hv" if len(sweep) <= _MOST_POINTS else "linear"},
        hovertemplate="%{y:.1%} flagged at %{x:.6g}<extra></extra>",
        showlegend=False,
        row=2,
        col=1,
    )
    layout(figure, palette, title="Scores, and what each threshold flags", x="", y="Rows", height=440)
    figure.update_yaxes({**SHARE_AXIS, "title": {"text": "Share flagged"}, "range": [0, 1.03]}, row=2)
    figure.update_xaxes(
        title=axis_title(
            "Score", histogram.note or "a row is flagged when its score is at least the threshold", palette
        ),
        range=[float(edges[0]), float(edges[-1])],
        row=2,
    )
    figure.update_yaxes(nticks=5, title_standoff=8, title_font_size=13)
    figure.update_xaxes(title_standoff=8, title_font_size=13, row=2)
    figure.update_layout(barmode="overlay", bargap=0.05)
    add_threshold_line(figure, threshold, (float(edges[0]), float(edges[-1])), palette)
    return figure
