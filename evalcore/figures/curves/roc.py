"""The ROC curve: what share of positives is caught for what share of false alarms."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from evalcore.figures.curves.picture import RECALL, Axis, CurvePicture, curve_figure
from evalcore.figures.curves.reference import DIAGONAL, ReferenceLabel
from evalcore.figures.style import LIGHT, Palette
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["ROC", "roc_figure"]

ROC = CurvePicture(
    title="ROC curve",
    x=Axis("False positive rate", "share of actual negatives that are flagged"),
    y=RECALL,
    coordinates=lambda points: (points.false_positive_rate, points.recall),
    hover="Recall %{y:.1%}<br>False positive rate %{x:.2%}",
    area="AUC",
    path=lambda sweep: sweep.roc_path,
    lines=lambda _: [DIAGONAL],
    labels=lambda _: [ReferenceLabel(0.6, 0.58, "guessing")],
)


def roc_figure(
    sweeps: Mapping[str, ThinSweep],
    *,
    thresholds: Mapping[str, float] | None = None,
    roc_auc: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw ROC curves over the diagonal of guessing.

    Parameters
    ----------
    sweeps : mapping of str to ThinSweep
        Models by name, in the order of their colours.
    thresholds : mapping of str to float, optional
        Where each model's marker stands.
    roc_auc : mapping of str to float, optional
        Areas under the curves, for the legend.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> roc_figure({"forest": sweep.thin()}, roc_auc={"forest": 0.75}).layout.title.subtitle.text
    'forest (AUC 0.750)'
    """
    return curve_figure(ROC, sweeps, thresholds=thresholds, areas=roc_auc, palette=palette)
