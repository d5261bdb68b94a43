"""The ROC curve: what share of positives is caught for what share of false alarms."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from evalcore.figures.curves.overlay import add_models, model_names
from evalcore.figures.curves.reference import SHARE_AXIS, add_reference_label, add_reference_line
from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = ["roc_figure"]


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
    figure = go.Figure()
    names = model_names(sweeps, roc_auc, "AUC")
    add_reference_line(figure, [0, 1], [0, 1], palette)
    add_models(
        figure,
        sweeps,
        palette,
        coordinates=lambda points: (points.false_positive_rate, points.recall),
        hover="Recall %{y:.1%}<br>False positive rate %{x:.2%}",
        names=names,
        thresholds=thresholds,
        paths={model: sweep.roc_path for model, sweep in sweeps.items()},
    )
    layout(
        figure,
        palette,
        title="ROC curve",
        subtitle="".join(names.values()) if len(names) == 1 else "",
        x=axis_title("False positive rate", "share of actual negatives that are flagged", palette),
        y=axis_title("Recall", "share of actual positives that are caught", palette),
    )
    figure.update_xaxes(SHARE_AXIS)
    figure.update_yaxes(SHARE_AXIS)
    add_reference_label(figure, 0.6, 0.58, "guessing", palette)
    return figure
