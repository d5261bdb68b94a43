"""What every threshold costs, and the net benefit of acting on the model."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.reference import (
    SHARE_AXIS,
    add_reference_label,
    add_reference_line,
    add_threshold_line,
)
from evalcore.figures.style import LIGHT, Palette, axis_title, layout, spell_threshold, style_line
from evalcore.metrics.goals.costs import CostCurve, DecisionCurve

__all__ = ["cost_figure", "decision_figure"]

_MOST_POINTS = 3000


def cost_figure(curve: CostCurve, *, threshold: float, palette: Palette = LIGHT) -> go.Figure:
    """Draw the total cost against the threshold, with its least, the present threshold and the lazy rules.

    Parameters
    ----------
    curve : CostCurve
    threshold : float
        The present threshold.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.goals.costs import cost_curve
    >>> from evalcore.metrics.goals.terms import Costs
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> figure = cost_figure(cost_curve(sweep, Costs(fp=1, fn=5)), threshold=0.5)
    >>> [trace.name for trace in figure.data if trace.name]
    ['Total cost', 'Least cost']
    """
    figure = go.Figure()
    finite = np.isfinite(curve.thresholds)
    scores, total = curve.thresholds[finite], curve.total[finite]
    low, high = (float(scores.min()), float(scores.max())) if len(scores) else (0.0, 1.0)
    room = (high - low) * 0.02 or max(abs(high), 1.0) * 0.02
    # Every n-th row and all that turn: a line of a million vertices is no better than one of three thousand.
    step = max(1, len(scores) // _MOST_POINTS)
    kept = np.unique(np.append(np.arange(0, len(scores), step), [len(scores) - 1, int(np.argmin(total))]))
    figure.add_scatter(
        x=scores[kept],
        y=total[kept],
        mode="lines",
        line=style_line(palette, 0),
        name="Total cost",
        hovertemplate="threshold %{x:.6g}<br>cost %{y:,.6g}<extra></extra>",
    )
    shown = (low - room, high + room)
    for value, text in ((curve.none_total, "flag nothing"), (curve.all_total, "flag everything")):
        add_reference_line(figure, list(shown), [value, value], palette)
        add_reference_label(figure, shown[0], value, f"{text}: {value:,.6g}", palette, yanchor="bottom")
    figure.add_scatter(
        x=[min(max(curve.best_threshold, shown[0]), shown[1])],
        y=[curve.best_total],
        mode="markers",
        marker={"size": 11, "symbol": "diamond", "color": palette.accent},
        name="Least cost",
        hovertemplate=f"least: {curve.best_total:,.6g} at {spell_threshold(curve.best_threshold)}<extra></extra>",
    )
    layout(
        figure,
        palette,
        title="Total cost at every threshold",
        x=axis_title("Threshold", "cases with at least this score are flagged", palette),
        y="Cost",
    )
    figure.update_xaxes(range=list(shown))
    add_threshold_line(figure, threshold, shown, palette)
    return figure


def decision_figure(curve: DecisionCurve, *, palette: Palette = LIGHT) -> go.Figure:
    """Draw the net benefit of the model beside flagging everything and flagging nothing.

    Parameters
    ----------
    curve : DecisionCurve
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.goals.costs import decision_curve
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> [trace.name for trace in decision_figure(decision_curve(sweep, [0.2, 0.5])).data]
    ['Model', 'Flag everything', 'Flag nothing']
    """
    figure = go.Figure()
    lines = (
        ("Model", curve.model),
        ("Flag everything", curve.treat_all),
        ("Flag nothing", np.zeros(len(curve.model))),
    )
    for place, (name, values) in enumerate(lines):
        figure.add_scatter(
            x=curve.probabilities,
            y=values,
            mode="lines",
            line=style_line(palette, place),
            name=name,
            hovertemplate="%{y:.4f}",
        )
    layout(
        figure,
        palette,
        title="Net benefit (decision curve)",
        x=axis_title("Threshold probability", "from which acting is worth it", palette),
        y="Net benefit",
    )
    top = float(np.nanmax([curve.model.max(), curve.treat_all.max(), 0.01]))
    figure.update_layout(hovermode="x unified")
    figure.update_xaxes({**SHARE_AXIS, "range": [0, 1]})
    figure.update_yaxes(range=[-0.25 * top, 1.1 * top])
    return figure
