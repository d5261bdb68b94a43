"""What a picture of curves is: its axes, its points, what hovering tells, the lines behind it; and the one builder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore.figures.curves.overlay import Coordinates, add_models, model_names
from evalcore.figures.curves.reference import (
    SHARE_AXIS,
    ReferenceLabel,
    ReferenceLine,
    add_reference_label,
    add_reference_line,
)
from evalcore.figures.style import LIGHT, Palette, axis_title, layout
from evalcore.metrics.sweep.thinning import CurvePath, ThinSweep

__all__ = ["FLAGGED_SHARE", "RECALL", "Axis", "CurvePicture", "add_axes", "curve_figure"]

Floats: TypeAlias = npt.NDArray[np.float64]
Sweeps: TypeAlias = Mapping[str, ThinSweep]


def _nothing(_sweeps: Sweeps) -> tuple[()]:
    return ()


def _no_path(_sweep: ThinSweep) -> None:
    return None


@dataclass(frozen=True)
class Axis:
    """One axis.

    Parameters
    ----------
    name, meaning : str
        Its title, and what it means in plain words (or nothing).
    options : mapping
        In Plotly's words; an axis of shares by default.
    fit : callable, optional
        From the coordinates of all curves to the range that is shown.
    """

    name: str
    meaning: str
    options: Mapping[str, Any] = field(default_factory=lambda: SHARE_AXIS)
    fit: Callable[[Sequence[Floats]], tuple[float, float]] | None = None

    def title(self, palette: Palette) -> str:
        """Return the title with its meaning below."""
        return axis_title(self.name, self.meaning, palette) if self.meaning else self.name

    def settings(self, drawn: Sequence[Floats]) -> dict[str, Any]:
        """Return what Plotly is told, given the coordinates that are drawn."""
        return {**self.options, **({"range": self.fit(drawn)} if self.fit else {})}


#: Axes that several pictures have.
RECALL = Axis("Recall", "share of actual positives that are caught")
FLAGGED_SHARE = Axis("Called positive", "share of all cases")


@dataclass(frozen=True)
class CurvePicture:
    """A kind of curve, of which there is one for each model.

    Parameters
    ----------
    title : str
    x, y : Axis
    coordinates : callable
        From counts to x and y.
    hover : str
        Lines of the hover text in Plotly's template language.
    area : str
        How the legend calls the area under the curve.
    path : callable
        From a sweep to the vertices that are drawn where its rows alone are too few, else None.
    shape, lead_in, shown
        As in `add_models`.
    lines, labels : callable
        From the models to the lines behind the curves, and their names.
    more : mapping
        Further words to Plotly about the layout.
    """

    title: str
    x: Axis
    y: Axis
    coordinates: Coordinates
    hover: str
    area: str = ""
    path: Callable[[ThinSweep], CurvePath | None] = _no_path
    shape: str = "linear"
    lead_in: bool = False
    shown: Coordinates | None = None
    lines: Callable[[Sweeps], Iterable[ReferenceLine]] = _nothing
    labels: Callable[[Sweeps], Iterable[ReferenceLabel]] = _nothing
    more: Mapping[str, Any] = field(default_factory=dict)


def add_axes(
    figure: go.Figure,
    palette: Palette,
    x: Axis,
    y: Axis,
    *,
    title: str,
    subtitle: str = "",
    behind: int = 0,
) -> None:
    """Give a figure its look, its titles and its axes; the first traces, `behind` of them, count for no range."""
    layout(figure, palette, title=title, subtitle=subtitle, x=x.title(palette), y=y.title(palette))
    drawn = figure.data[behind:]
    figure.update_xaxes(x.settings([trace.x for trace in drawn]))
    figure.update_yaxes(y.settings([trace.y for trace in drawn]))


def curve_figure(
    picture: CurvePicture,
    sweeps: Sweeps,
    *,
    thresholds: Mapping[str, float] | None = None,
    areas: Mapping[str, float] | None = None,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw the curves of one or several models.

    Parameters
    ----------
    picture : CurvePicture
    sweeps : mapping of str to ThinSweep
        Models by name, in the order of their colours.
    thresholds : mapping of str to float, optional
        Where each model's marker stands.
    areas : mapping of str to float, optional
        Areas under the curves, for the legend.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.figures.curves.roc import ROC
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> curve_figure(ROC, {"forest": sweep.thin()}, areas={"forest": 0.75}).layout.title.subtitle.text
    'forest (AUC 0.750)'
    """
    figure = go.Figure()
    names = model_names(sweeps, areas, picture.area)
    for line in picture.lines(sweeps):
        add_reference_line(figure, line.x, line.y, palette, width=line.width, dash=line.dash)
    behind = len(figure.data)
    add_models(
        figure,
        sweeps,
        palette,
        coordinates=picture.coordinates,
        hover=picture.hover,
        names=names,
        thresholds=thresholds,
        paths={model: picture.path(sweep) for model, sweep in sweeps.items()},
        shape=picture.shape,
        lead_in=picture.lead_in,
        shown=picture.shown,
    )
    alone = "".join(names.values()) if len(names) == 1 else ""
    add_axes(figure, palette, picture.x, picture.y, title=picture.title, subtitle=alone, behind=behind)
    figure.update_layout(**picture.more)
    for label in picture.labels(sweeps):
        add_reference_label(
            figure, label.x, label.y, label.text, palette, xref=label.xref, yanchor=label.yanchor
        )
    return figure
