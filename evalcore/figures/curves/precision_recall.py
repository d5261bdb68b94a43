"""The precision-recall curve, with lines of equal F1 and the prevalence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.curves.overlay import add_models, model_names
from evalcore.figures.curves.reference import SHARE_AXIS, add_reference_label, add_reference_line
from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["precision_recall_figure"]

_F1_LINES = (0.2, 0.4, 0.6, 0.8)


def precision_recall_figure(
    sweeps: Mapping[str, ThinSweep],
    *,
    thresholds: Mapping[str, float] | None = None,
    average_precision: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw precision-recall curves over lines of equal F1.

    The horizontal line is the prevalence: the precision of flagging cases at random.

    Parameters
    ----------
    sweeps : mapping of str to ThinSweep
        Models by name, in the order of their colours.
    thresholds : mapping of str to float, optional
        Where each model's marker stands.
    average_precision : mapping of str to float, optional
        For the legend.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> precision_recall_figure({"forest": sweep.thin()}).layout.title.text
    'Precision-recall curve'
    """
    figure = go.Figure()
    for f1 in _F1_LINES:
        # Precision p and recall r of equal F1: p = F1 r / (2 r - F1), from r = F1 / (2 - F1) where p is 1.
        recall = np.linspace(f1 / (2 - f1), 1, 60)
        add_reference_line(figure, recall, f1 * recall / (2 * recall - f1), palette)
    prevalences = {sweep.positives / (sweep.positives + sweep.negatives) for sweep in sweeps.values()}
    for prevalence in prevalences:
        figure.add_scatter(
            x=[0, 1],
            y=[prevalence, prevalence],
            mode="lines",
            line={"color": palette.muted, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            showlegend=False,
        )
    names = model_names(sweeps, average_precision, "average precision")
    add_models(
        figure,
        sweeps,
        palette,
        coordinates=lambda points: (points.recall, points.precision),
        hover="Precision %{y:.1%}<br>Recall %{x:.1%}",
        names=names,
        thresholds=thresholds,
        paths={model: sweep.precision_recall_path for model, sweep in sweeps.items()},
        # Between neighbouring thresholds no precision in between is reached: a step says so.
        shape="vh",
        lead_in=True,
    )
    layout(
        figure,
        palette,
        title="Precision-recall curve",
        subtitle="".join(names.values()) if len(names) == 1 else "",
        x=axis_title("Recall", "share of actual positives that are caught", palette),
        y=axis_title("Precision", "share of flagged cases that are right", palette),
    )
    figure.update_xaxes(SHARE_AXIS)
    figure.update_yaxes(SHARE_AXIS)
    figure.update_layout(margin_r=48)
    for f1 in _F1_LINES:
        # Beside the picture, where no curve passes.
        add_reference_label(figure, 1, f1 / (2 - f1), f"F1 {f1:g}", palette, xref="paper", yanchor="middle")
    for prevalence in prevalences:
        side = "bottom" if prevalence < 0.08 else "top"
        add_reference_label(
            figure, 0, prevalence, f"flagging at random: {prevalence:.1%}", palette, yanchor=side
        )
    return figure
