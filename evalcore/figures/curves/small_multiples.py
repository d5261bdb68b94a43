"""One small ROC or precision-recall picture for each class or label, all to the same scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.figures.curves.overlay import add_models
from evalcore.figures.curves.picture import CurvePicture
from evalcore.figures.curves.precision_recall import PRECISION_RECALL
from evalcore.figures.curves.reference import SHARE_AXIS, add_reference_line
from evalcore.figures.curves.roc import ROC
from evalcore.figures.style import LIGHT, Palette, layout
from evalcore.figures.texts import figure_text
from evalcore.metrics.rates.confusion import Confusion, divide
from evalcore.metrics.sweep.thinning import ThinSweep

__all__ = [
    "CORNER",
    "CURVES",
    "ORDERS",
    "CurveName",
    "SmallCurve",
    "is_nearly_perfect",
    "order_pictures",
    "small_curve_figure",
]

CurveName: TypeAlias = Literal["roc", "precision_recall"]

# Pixels; and the signs that fit above so narrow a picture.
_HEIGHT = 188
_LONGEST = 20
#: Share of each axis that the best corner takes.
CORNER = 0.1
# The least area from which the whole curve is little more than that corner.
_NEARLY_PERFECT = 0.99


@dataclass(frozen=True)
class SmallCurve:
    """A kind of curve.

    Parameters
    ----------
    label, area : str
        How people read it, and the name of the area under it.
    metric : str
        The area's name in `ClassAreas`.
    axes : str
        What the axes are, in words.
    picture : CurvePicture
        The same curve in full size.
    """

    label: str
    area: str
    metric: str
    axes: str
    picture: CurvePicture


#: The curves that can be drawn small.
CURVES: Mapping[CurveName, SmallCurve] = MappingProxyType(
    {
        "roc": SmallCurve(
            "ROC",
            "AUC",
            "roc_auc",
            "Across: false positive rate. Up: recall. Dotted: guessing.",
            ROC,
        ),
        "precision_recall": SmallCurve(
            "Precision-recall",
            "AP",
            "average_precision",
            "Across: recall. Up: precision. Dotted: flagging at random (the share of positive cases).",
            PRECISION_RECALL,
        ),
    }
)

#: The orders of the pictures, as people read them.
ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "area": "Smallest area first",
        "largest": "Most cases first",
        "smallest": "Fewest cases first",
        "name": "By name",
        "file": "As in the file",
    }
)


def order_pictures(
    order: str, *, names: Sequence[str], areas: npt.ArrayLike, support: npt.ArrayLike
) -> npt.NDArray[np.intp]:
    """Return the positions of the pictures in an order; an undefined area comes last.

    Parameters
    ----------
    order : str
        One of `ORDERS`.
    names : sequence of str
    areas, support : array_like, shape (K,)

    Raises
    ------
    InputError
        For another order.

    Examples
    --------
    >>> order_pictures("area", names=("a", "b", "c"), areas=[0.9, 0.8, float("nan")], support=[1, 2, 0]).tolist()
    [1, 0, 2]
    """
    if order not in ORDERS:
        raise InputError(f"order must be one of {', '.join(ORDERS)}, got {order!r}")
    if order == "file":
        return np.arange(len(names))
    if order == "name":
        return np.array(sorted(range(len(names)), key=lambda i: names[i].casefold()), dtype=np.intp)
    cases = np.asarray(support, dtype=np.float64)
    keys = {"area": np.asarray(areas, dtype=np.float64), "largest": -cases, "smallest": cases}
    return np.argsort(keys[order], kind="stable")  # nan sorts last


def is_nearly_perfect(areas: npt.ArrayLike) -> bool:
    """Tell whether all (defined) areas are so large that only the best corner of the pictures tells them apart.

    Examples
    --------
    >>> is_nearly_perfect([0.99, float("nan")]), is_nearly_perfect([0.99, 0.8])
    (True, False)
    """
    values = np.asarray(areas, dtype=np.float64)
    known = values[np.isfinite(values)]
    return bool(known.size and known.min() >= _NEARLY_PERFECT)


def small_curve_figure(
    sweep: ThinSweep,
    *,
    curve: CurveName,
    name: str,
    area: float,
    called: Confusion | None = None,
    corner: bool = False,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw one class or label against the rest.

    Parameters
    ----------
    sweep : ThinSweep
        Of 200 rows or so: more are not seen at this size.
    curve : str
        "roc" or "precision_recall".
    name : str
        As it comes from a file: what Plotly would take for markup is escaped.
    area : float
        Under the full curve; nan where it is undefined.
    called : Confusion, optional
        Counts as the model decides, for a marker: of an arg max it need not lie on the curve.
    corner : bool, default False
        Whether to show only the corner of a perfect model: the last tenth of each axis.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> figure = small_curve_figure(sweep.thin(max_rows=200), curve="roc", name="cat", area=0.75)
    >>> figure.layout.title.text
    '<b>cat</b><br><span style="font-size:11px;color:#5B6773">AUC 0.750</span>'
    """
    small, figure = CURVES[curve], go.Figure()
    drawn, roc = small.picture, curve == "roc"
    share = float(divide(float(sweep.positives), float(sweep.positives + sweep.negatives)))
    add_reference_line(figure, [0, 1], [0, 1] if roc else [share, share], palette)
    short = figure_text(name, most=_LONGEST)
    add_models(
        figure,
        {name: sweep},
        palette,
        coordinates=drawn.coordinates,
        hover=drawn.hover,
        names={name: short},
        shape=drawn.shape,
        lead_in=drawn.lead_in,
    )
    figure.update_traces(mode="lines")  # markers at every threshold would hide the curve
    if called is not None:
        (x,), (y,) = (np.atleast_1d(each) for each in drawn.coordinates(called))
        if np.isfinite(x) and np.isfinite(y):
            figure.add_scatter(
                x=[x],
                y=[y],
                mode="markers",
                marker={"size": 9, "color": palette.accent, "line": {"width": 1.5, "color": palette.surface}},
                showlegend=False,
                name="as called",
                hovertemplate=f"<b>As called now</b><br>{drawn.hover}<extra></extra>",
            )
    below = (
        f'<span style="font-size:11px;color:{palette.muted}">{small.area} {numbers.coefficient(area)}</span>'
    )
    layout(figure, palette, title=f"<b>{short}</b><br>{below}", x="", y="", height=_HEIGHT)
    figure.update_layout(
        margin={"l": 2, "r": 10, "t": 44, "b": 2},
        title={
            "font_size": 13,
            "pad_t": 18,
        },  # Plotly puts the second line of a title where one of one line would be
        hoverlabel_font_size=12,
        xaxis_title=None,
        yaxis_title=None,
    )
    low = CORNER if corner else 1.0
    edge = 0.02 * low
    axis = {
        **SHARE_AXIS,
        "dtick": low / 2,
        "tickfont": {"size": 10, "color": palette.muted},
        "fixedrange": True,
    }
    right, left = [1 - low - edge, 1 + edge], [-edge, low + edge]
    figure.update_xaxes(axis, range=left if roc else right, tick0=0 if roc else 1)
    figure.update_yaxes(axis, range=right, tick0=1)
    return figure
