"""Rates against the threshold: what moving it trades for what."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.overlay import points_of, threshold_labels
from evalcore.figures.curves.picture import Axis, add_axes
from evalcore.figures.curves.reference import add_threshold_line
from evalcore.figures.style import LIGHT, Palette, style_line
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.shown_range import score_range
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["RATES", "rates_figure"]

#: The metrics that are drawn, in the order of their colours.
RATES = ("precision", "recall", "specificity", "f1", "predicted_positive_rate")


def rates_figure(sweep: ThinSweep, *, threshold: float | None = None, palette: Palette = LIGHT) -> go.Figure:
    """Draw precision, recall, specificity, F1 and the flagged share against the threshold.

    Parameters
    ----------
    sweep : ThinSweep
    threshold : float, optional
        The present threshold, drawn as a vertical line.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> [trace.name for trace in rates_figure(sweep.thin()).data]
    ['Threshold', 'Precision', 'Recall', 'Specificity', 'F1', 'Called positive']
    """
    figure = go.Figure()
    points = points_of(sweep)
    low, high = score_range(sweep.score, sweep.true_positives, sweep.false_positives)
    room = (high - low) * 0.02 or max(abs(high), 1.0) * 0.02
    # Each point holds from just above the next lower score up to its own; above the top: nothing flagged.
    score = np.asarray(sweep.score, dtype=float)
    finite = score[np.isfinite(score)]
    ends = (finite.min() - room, finite.max() + room) if len(finite) else (low, high)
    x = np.clip(np.append(math.inf, score), *ends)[::-1]
    # Hovering shows one box for all rates. Its first line is the threshold, spelt with exactly these
    # counts: a line that is not seen carries it, as the box's own heading would be a rounded number.
    figure.add_scatter(
        x=x,
        y=np.zeros(len(x)),
        customdata=threshold_labels(sweep)[::-1],
        mode="lines",
        line={"color": "rgba(0,0,0,0)", "width": 0, "shape": "vh"},
        name="Threshold",
        hovertemplate="%{customdata}",
        showlegend=False,
    )
    for position, name in enumerate(RATES):
        figure.add_scatter(
            x=x,
            y=points.value(name)[::-1],
            mode="lines",
            line={**style_line(palette, position), "shape": "vh"},
            name=METRICS[name].label,
            hovertemplate="%{y:.1%}",
        )
    across = {"range": [low - room, high + room], "unifiedhovertitle_text": " ", "showspikes": False}
    meaning = "cases with at least this score are flagged"
    title = "Rates at every threshold"
    add_axes(figure, palette, Axis("Threshold", meaning, across), Axis("Rate", ""), title=title)
    figure.update_layout(hovermode="x unified")
    if threshold is not None:
        add_threshold_line(figure, threshold, (low - room, high + room), palette)
    return figure
