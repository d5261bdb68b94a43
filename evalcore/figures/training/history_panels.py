"""The panels of a training's history: one below the other over the same steps, so that one hover reads them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from evalcore.figures.style import DASHES, LIGHT, Palette, layout
from evalcore.figures.texts import figure_text
from evalcore.numbers import score
from evalcore.predictions.history import HistorySeries
from evalcore.training.runs import Course, Seam
from evalcore.training.smoothing import running_mean, thinned

__all__ = ["HistoryPanel", "history_figure"]

#: Pixels of a panel of figures, of the learning rate's, between two, and around all.
_PANEL, _RATE, _GAP, _AROUND = 250, 96, 30, 96
_SPLITS = {"train": "training", "validation": "validation", "test": "test"}
_LONGEST = 34


@dataclass(frozen=True, eq=False)
class HistoryPanel:
    """What one panel shows.

    Parameters
    ----------
    title : str
    courses : tuple of Course
        One for each run; empty where `series` are drawn.
    series : tuple of HistorySeries
        Figures without training and validation, such as the learning rate.
    onset : float or None
        Where validation stops getting better; only where one run is drawn.
    """

    title: str
    courses: tuple[Course, ...] = ()
    series: tuple[HistorySeries, ...] = ()
    onset: float | None = None


def history_figure(
    panels: Sequence[HistoryPanel],
    *,
    step: str,
    seams: Sequence[Seam] = (),
    smoothing: float = 0.0,
    log: bool = False,
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw the panels of a history.

    Parameters
    ----------
    panels : sequence of HistoryPanel
        From top to bottom.
    step : str
        What a step is called.
    seams : sequence of Seam
        Where runs that are laid end to end meet.
    smoothing : float, default 0
        From 0 to below 1; the raw line stays behind, pale.
    log : bool, default False
        Whether losses are on a logarithmic scale, where all of them are above 0.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> steps = np.arange(1.0, 4)
    >>> loss = HistorySeries("loss", "loss", "train", steps, 1 / steps, "min")
    >>> panel = HistoryPanel("loss", (Course("", "loss", "min", loss, None),))
    >>> [trace.name for trace in history_figure([panel], step="epoch").data]
    ['training']
    """
    figure = go.Figure()
    heights = [_PANEL if each.courses else _RATE for each in panels]
    whole = sum(heights) + _GAP * (len(panels) - 1)
    axes: dict[str, Any] = {}
    top = 1.0
    shown: set[str] = set()
    for place, (panel, height) in enumerate(zip(panels, heights, strict=True)):
        bottom = max(top - height / whole, 0.0)
        axis = f"y{place + 1 if place else ''}"
        for trace in _traces(panel, axis, smoothing, palette, shown):
            figure.add_trace(trace)
        axes[axis.replace("y", "yaxis", 1)] = _axis(panel, (bottom, top), log, palette)
        figure.add_annotation(_heading(panel, top, palette))
        if panel.onset is not None:
            _mark_onset(figure, panel, axis, step, palette)
        top = bottom - _GAP / whole
    layout(figure, palette, title="", x=step.capitalize(), y="", height=whole + _AROUND)
    figure.update_layout(
        **axes,
        hovermode="x unified",
        hoversubplots="axis",
        margin={"t": 26, "b": 8},
        legend={"y": 0, "yref": "container", "yanchor": "bottom"},
    )
    figure.update_xaxes(
        anchor="free",
        position=0,
        nticks=12,
        tickformat=",~r" if _whole_steps(panels) else "",
        unifiedhovertitle={"text": f"{step} %{{x}}"},
        showspikes=True,
        spikemode="across",
        spikethickness=1,
        spikedash="solid",
        spikecolor=palette.muted,
        gridcolor=palette.grid,
    )
    for seam in seams:
        _mark_seam(figure, seam, palette)
    return figure


def _traces(
    panel: HistoryPanel, axis: str, smoothing: float, palette: Palette, shown: set[str]
) -> list[go.Scatter]:
    """The lines of a panel, its raw lines first; a name stands in the legend once."""
    raw: list[go.Scatter] = []
    lines: list[go.Scatter] = []
    drawn = [(place, each) for place, found in enumerate(panel.courses) for each in _parts(found)]
    drawn += list(enumerate(panel.series))
    several = len(panel.courses) > 1 or len(panel.series) > 1
    for place, each in drawn:
        colour = _colour(each, panel, palette)
        dash = DASHES[place % len(DASHES)] if several else "solid"
        name = _name(each, panel, several=several)
        width = 1.6 if each.split == "train" or not panel.courses else 2.4
        steps, values = thinned(each.steps, each.values)
        calm = running_mean(each.values, smoothing) if panel.courses else each.values
        is_calm = calm is not each.values
        calm_steps, calm = thinned(each.steps, calm)
        shared: dict[str, Any] = {"yaxis": axis, "legendgroup": name, "name": name}
        measure = figure_text(panel.title)
        said = f"{measure}, {name}" if panel.courses else name
        told = {"hovertemplate": f"%{{y:.4~g}}<extra>{said}</extra>"}
        mode = "lines" if len(values) > 1 else "markers"
        if is_calm:
            raw.append(
                go.Scatter(
                    x=steps, y=values, mode="lines", opacity=0.32, showlegend=False, **shared, **told,
                    line={"color": colour, "width": 1, "dash": dash},
                )
            )  # fmt: skip
        lines.append(
            go.Scatter(
                x=calm_steps, y=calm, mode=mode, showlegend=name not in shown and bool(panel.courses), **shared,
                line={"color": colour, "width": width, "dash": dash}, marker={"color": colour, "size": 7},
                **({"hoverinfo": "skip"} if is_calm else told),
            )
        )  # fmt: skip
        shown.add(name)
    return raw + lines + _best_marks(panel, axis, palette)


def _best_marks(panel: HistoryPanel, axis: str, palette: Palette) -> list[go.Scatter]:
    """A ring around the best value of each run."""
    marks = []
    for found in panel.courses:
        best = found.judged
        if best is not None and np.isfinite(best.best_value):
            marks.append(
                go.Scatter(
                    x=[best.best_step], y=[best.best_value], yaxis=axis, mode="markers", showlegend=False,
                    marker={
                        "symbol": "circle-open", "size": 12, "color": _colour(best, panel, palette),
                        "line": {"width": 2.2},
                    },
                    name="best", hoverinfo="skip",
                )
            )  # fmt: skip
    return marks


def _parts(found: Course) -> list[HistorySeries]:
    return [each for each in (found.train, found.validation, found.test) if each is not None]


def _colour(series: HistorySeries, panel: HistoryPanel, palette: Palette) -> str:
    if not panel.courses:
        return palette.muted
    return {"train": palette.models[1], "validation": palette.models[0]}.get(series.split, palette.models[2])


def _name(series: HistorySeries, panel: HistoryPanel, *, several: bool) -> str:
    split = _SPLITS.get(series.split, series.split) if panel.courses else series.metric
    run = f", {figure_text(series.run, most=_LONGEST)}" if several and series.run else ""
    return f"{figure_text(split)}{run}"


def _heading(panel: HistoryPanel, top: float, palette: Palette) -> dict[str, Any]:
    return {
        "text": f"<b>{figure_text(panel.title)}</b>", "x": 0, "xref": "paper", "xanchor": "left",
        "y": top, "yref": "paper", "yanchor": "bottom", "showarrow": False, "align": "left",
        "font": {"size": 13, "color": palette.ink}, "yshift": 3,
    }  # fmt: skip


def _axis(panel: HistoryPanel, domain: tuple[float, float], log: bool, palette: Palette) -> dict[str, Any]:
    values = [each.values for found in panel.courses for each in _parts(found)]
    less = bool(panel.courses) and panel.courses[0].goal == "min"
    can_log = log and less and all((each[np.isfinite(each)] > 0).all() for each in values)
    return {
        "domain": domain, "type": "log" if can_log else "linear", "nticks": 6 if panel.courses else 3,
        "gridcolor": palette.grid, "linecolor": palette.muted, "showline": True, "zeroline": False,
        "tickfont": {"color": palette.muted, "size": 12}, "automargin": True, "anchor": "x",
        "minexponent": 4, "tickformat": "~g" if can_log else None, "dtick": "D2" if can_log else None,
    }  # fmt: skip


def _mark_onset(figure: go.Figure, panel: HistoryPanel, axis: str, step: str, palette: Palette) -> None:
    """Shade what was trained after validation stopped getting better."""
    end = max(float(each.steps[-1]) for found in panel.courses for each in _parts(found))
    figure.add_shape(
        type="rect", xref="x", yref=f"{axis} domain", x0=panel.onset, x1=end, y0=0, y1=1, layer="below",
        fillcolor=palette.muted, opacity=0.1, line={"width": 0},
    )  # fmt: skip
    figure.add_annotation(
        text=f"no better from {step} {score(panel.onset or 0.0)} on", x=end, xref="x", xanchor="right", xshift=-6,
        y=1, yref=f"{axis} domain", yanchor="top", showarrow=False, font={"size": 12, "color": palette.muted},
    )  # fmt: skip


def _mark_seam(figure: go.Figure, seam: Seam, palette: Palette) -> None:
    figure.add_shape(
        type="line", xref="x", yref="paper", x0=seam.at, x1=seam.at, y0=0, y1=1,
        line={"color": palette.ink, "width": 1.4, "dash": "dash"},
    )  # fmt: skip
    figure.add_annotation(
        text=f"{figure_text(seam.after, most=_LONGEST)} →", x=seam.at, xref="x", xanchor="left", y=1, yref="paper",
        yanchor="bottom", yshift=3, showarrow=False, font={"size": 12, "color": palette.muted},
    )  # fmt: skip


def _whole_steps(panels: Sequence[HistoryPanel]) -> bool:
    every = [each for panel in panels for found in panel.courses for each in _parts(found)]
    return all(bool((each.steps == np.floor(each.steps)).all()) for each in every)
