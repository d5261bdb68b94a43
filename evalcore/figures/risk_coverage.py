"""The risk-coverage curve: how the error falls as a model is allowed to abstain."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.metrics.risk_coverage import RiskCoverageCurve

__all__ = ["risk_coverage_figure"]

# So many vertices draw the curve on any screen; the last is always among them.
_DRAWN = 1500


def risk_coverage_figure(
    curve: RiskCoverageCurve,
    *,
    present: tuple[float, float] | None = None,
    certainty: str = "confidence",
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw the share of wrong calls against the share of cases that are decided.

    Parameters
    ----------
    curve : RiskCoverageCurve
    present : tuple of float, optional
        Coverage and risk of the present policy, for a marker.
    certainty : str, default "confidence"
        What the hover text calls the minimum.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.policy import decide_by_score
    >>> from evalcore.metrics.risk_coverage import risk_coverage
    >>> curve = risk_coverage([0, 1, 1], decide_by_score(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])))
    >>> risk_coverage_figure(curve).layout.title.text
    'Error of the decided cases'
    """
    last = len(curve.coverage) - 1
    rows = np.unique(np.linspace(0, last, min(last + 1, _DRAWN)).astype(int))
    hover = (
        f"Minimum {certainty} %{{customdata:.4g}}<br>Decided %{{x:.2%}}<br>Wrong %{{y:.2%}}<extra></extra>"
    )
    figure = go.Figure(
        go.Scatter(
            x=curve.coverage[rows],
            y=curve.risk[rows],
            customdata=curve.certainty[rows],
            mode="lines",
            line={"color": palette.accent, "width": 2.2},
            hovertemplate=hover,
            name="risk",
            showlegend=False,
        )
    )
    layout(
        figure,
        palette,
        title="Error of the decided cases",
        subtitle="The surest calls are on the left; at the right all cases are decided",
        x=axis_title("Coverage", "share of cases that are decided", palette),
        y=axis_title("Risk", "share of wrong calls among them", palette),
        height=380,
    )
    if present is not None and np.isfinite(present).all():
        figure.add_scatter(
            x=[present[0]],
            y=[present[1]],
            mode="markers",
            marker={"size": 13, "color": palette.accent, "line": {"width": 2.5, "color": palette.surface}},
            hovertemplate="<b>Present policy</b><br>Decided %{x:.2%}<br>Wrong %{y:.2%}<extra></extra>",
            name="present",
            showlegend=False,
        )
    figure.update_xaxes(tickformat=".0%", range=[-0.01, 1.01])
    figure.update_yaxes(tickformat=".1%", rangemode="tozero")
    return figure
