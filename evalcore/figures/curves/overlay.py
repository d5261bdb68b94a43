"""Curves of one or several models laid over each other, each with its present threshold."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from evalcore.figures.style import Palette, spell_threshold, style_line
from evalcore.figures.texts import figure_text
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.sweep.decimals import shortest_between
from evalcore.metrics.sweep.thinning import CurvePath, ThinSweep

__all__ = ["Coordinates", "add_models", "model_names", "points_of", "threshold_labels"]

#: From counts to the two coordinates of a curve.
Coordinates: TypeAlias = Callable[[Confusion], tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]

# So many points or fewer are drawn with markers.
_FEW = 30


def points_of(sweep: ThinSweep) -> Confusion:
    """Return the counts with nothing flagged (first) and at each row of a thinned sweep."""
    tp, fp = (np.concatenate(([0], counts)) for counts in (sweep.true_positives, sweep.false_positives))
    return Confusion(sweep.negatives - fp, fp, sweep.positives - tp, tp)


def threshold_labels(sweep: ThinSweep) -> list[str]:
    """Spell a threshold for each point of `points_of`: the shortest decimal with exactly its counts."""
    score, below = np.asarray(sweep.score, dtype=float), np.asarray(sweep.below, dtype=float)
    # Each point stands for all thresholds above `lows`, up to `highs`; nothing lies below the last row.
    lows = np.append(score[0], np.where(np.isnan(below), -math.inf, below)).tolist()
    highs = np.append(math.inf, score).tolist()
    float32 = sweep.score.dtype == np.float32
    first = [] if math.isfinite(score[0]) else ["above all scores"]
    start = len(first)
    return first + [
        spell_threshold(shortest_between(low, high, float32=float32))
        for low, high in zip(lows[start:], highs[start:], strict=True)
    ]


def model_names(
    sweeps: Mapping[str, ThinSweep], areas: Mapping[str, float] | None = None, area: str = ""
) -> dict[str, str]:
    """Name each model for the legend, with the area under its curve where it is known.

    Names come from files, so what Plotly would take for markup is escaped.
    """
    return {
        model: f"{figure_text(model)} ({area} {areas[model]:.3f})"
        if areas and not math.isnan(areas.get(model, math.nan))
        else figure_text(model)
        for model in sweeps
    }


def add_models(
    figure: go.Figure,
    sweeps: Mapping[str, ThinSweep],
    palette: Palette,
    *,
    coordinates: Coordinates,
    hover: str,
    names: Mapping[str, str],
    thresholds: Mapping[str, float] | None = None,
    paths: Mapping[str, CurvePath | None] | None = None,
    shape: str = "linear",
    lead_in: bool = False,
    shown: Coordinates | None = None,
) -> None:
    """Draw one curve per model, with a marker at its present threshold.

    Parameters
    ----------
    figure : go.Figure
        Changed in place.
    sweeps : mapping of str to ThinSweep
        Models by name, in the order of their colours.
    palette : Palette
    coordinates : callable
        From counts to x and y; points where one of them is not finite are left out.
    hover : str
        Lines of the hover text in Plotly's template language; the threshold is put before them.
    names : mapping of str to str
        How the legend calls each model.
    thresholds : mapping of str to float, optional
        The present threshold of (some) models.
    paths : mapping of str to CurvePath or None, optional
        Vertices to draw where a sweep's rows alone are too few; the rows still answer to hovering.
    shape : str, default "linear"
        Plotly's shape of the line between neighbouring thresholds; rows with others between them
        are joined by straight lines.
    lead_in : bool, default False
        Whether to draw a level line from the left edge to the first point.
    shown : callable, optional
        What hovering tells in place of the coordinates themselves: ``customdata[1]`` and ``[2]``.
    """
    several = len(sweeps) > 1
    for position, (model, sweep) in enumerate(sweeps.items()):
        line: dict[str, Any] = style_line(palette, position)
        heading = f"{names[model]}<br>" if several else ""
        points = points_of(sweep)
        x, y = coordinates(points)
        told = np.array([threshold_labels(sweep), *(shown(points) if shown else ())], dtype=object).T
        seen = np.isfinite(x) & np.isfinite(y)
        rows = {
            "x": x[seen],
            "y": y[seen],
            "customdata": told[seen],
            "hovertemplate": f"{heading}Threshold %{{customdata[0]}}<br>{hover}<extra></extra>",
        }
        named = {"name": names[model], "legendgroup": model, "showlegend": several}
        path = paths[model] if paths else None
        if path is None:
            steps = shape if _is_complete(sweep) else "linear"
            # Few points are seen as points: the line between them is no operating point.
            mode = "lines+markers" if seen.sum() <= _FEW else "lines"
            figure.add_scatter(**rows, **named, mode=mode, marker_size=6, line={**line, "shape": steps})
        else:
            figure.add_scatter(x=path.x, y=path.y, **named, mode="lines", line=line, hoverinfo="skip")
            figure.add_scatter(
                **rows,
                mode="markers",
                opacity=0,
                legendgroup=model,
                showlegend=False,
                name=f"{names[model]}, thresholds",
            )
        if lead_in and seen.any():
            first = int(np.argmax(seen))
            figure.add_scatter(
                x=[0, x[first]],
                y=[y[first], y[first]],
                mode="lines",
                line=line,
                legendgroup=model,
                showlegend=False,
                hoverinfo="skip",
                name=f"{names[model]}, start",
            )
        at = _point_at(sweep, thresholds[model]) if thresholds and model in thresholds else None
        if thresholds and at is not None and seen[at]:
            present = spell_threshold(thresholds[model])
            about = "" if _is_exact(sweep, at, thresholds[model]) else "<br>(nearest threshold drawn)"
            figure.add_scatter(
                x=x[[at]],
                y=y[[at]],
                customdata=told[[at]],
                mode="markers",
                marker={"size": 13, "color": line["color"], "line": {"width": 2.5, "color": palette.surface}},
                name=f"{names[model]} at {present}",
                legendgroup=model,
                showlegend=False,
                hovertemplate=f"{heading}<b>Present threshold {present}</b><br>{hover}{about}<extra></extra>",
            )


def _is_complete(sweep: ThinSweep) -> bool:
    """Tell whether no row was thinned out."""
    return np.array_equal(sweep.below[:-1], sweep.score[1:])


def _point_at(sweep: ThinSweep, threshold: float) -> int:
    """Position in `points_of` of the lowest kept score that is at least the threshold."""
    with np.errstate(over="ignore"):  # beyond float32's range: as infinity, above or below all scores
        wanted = sweep.score.dtype.type(threshold)
    return int(np.count_nonzero(sweep.score >= wanted))


def _is_exact(sweep: ThinSweep, at: int, threshold: float) -> bool:
    """Tell whether no score that was thinned out lies between the threshold and the point."""
    return at == 0 or not threshold <= float(sweep.below[at - 1])
