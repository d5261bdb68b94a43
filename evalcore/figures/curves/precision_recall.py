"""The precision-recall curve, with lines of equal F1 and the prevalence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
import plotly.graph_objects as go

from evalcore import numbers
from evalcore.figures.curves.picture import RECALL, Axis, CurvePicture, curve_figure
from evalcore.figures.curves.reference import ReferenceLabel, ReferenceLine, prevalences
from evalcore.figures.style import LIGHT, Palette
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["PRECISION_RECALL", "precision_recall_figure"]

_F1_LINES = (0.2, 0.4, 0.6, 0.8)


def _lines(sweeps: Mapping[str, ThinSweep]) -> Iterator[ReferenceLine]:
    for f1 in _F1_LINES:
        # Precision p and recall r of equal F1: p = F1 r / (2 r - F1), from r = F1 / (2 - F1) where p is 1.
        recall = np.linspace(f1 / (2 - f1), 1, 60)
        yield ReferenceLine(recall, f1 * recall / (2 * recall - f1))
    for share in prevalences(sweeps):
        yield ReferenceLine([0, 1], [share, share], width=1.5, dash="dash")


def _labels(sweeps: Mapping[str, ThinSweep]) -> Iterator[ReferenceLabel]:
    for f1 in _F1_LINES:
        # Beside the picture, where no curve passes.
        yield ReferenceLabel(1, f1 / (2 - f1), f"F1 {f1:g}", xref="paper", yanchor="middle")
    for share in prevalences(sweeps):
        yield ReferenceLabel(
            0,
            share,
            f"flagging at random: {numbers.share(share)}",
            yanchor="bottom" if share < 0.08 else "top",
        )


PRECISION_RECALL = CurvePicture(
    title="Precision-recall curve",
    x=RECALL,
    y=Axis("Precision", "share of flagged cases that are right"),
    coordinates=lambda points: (points.recall, points.precision),
    hover="Precision %{y:.1%}<br>Recall %{x:.1%}",
    area="average precision",
    path=lambda sweep: sweep.precision_recall_path,
    # Between neighbouring thresholds no precision in between is reached: a step says so.
    shape="vh",
    lead_in=True,
    lines=_lines,
    labels=_labels,
    more=MappingProxyType({"margin_r": 48}),
)


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
    return curve_figure(
        PRECISION_RECALL, sweeps, thresholds=thresholds, areas=average_precision, palette=palette
    )
