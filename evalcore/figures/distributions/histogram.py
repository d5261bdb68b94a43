"""The scores of each actual class, split by the call that a threshold makes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from evalcore.figures.curves.reference import add_threshold_line
from evalcore.figures.style import LIGHT, Palette, axis_title, layout, spell_threshold
from evalcore.figures.texts import figure_text
from evalcore.metrics.sweep.distribution import ScoreHistogram

__all__ = ["score_histogram_figure"]


def score_histogram_figure(
    histogram: ScoreHistogram,
    *,
    threshold: float | None = None,
    positive: str = "positive",
    negative: str = "negative",
    palette: Palette = LIGHT,
) -> go.Figure:
    """Draw actual negatives above the axis and actual positives below it, each to its own height.

    Right calls are strong, wrong ones pale and hatched. A bar through which the threshold goes
    takes the call of its middle.

    Parameters
    ----------
    histogram : ScoreHistogram
    threshold : float, optional
        The present threshold; without one all bars are strong.
    positive, negative : str
        The classes' labels.
    palette : Palette, default LIGHT

    Returns
    -------
    go.Figure

    Examples
    --------
    >>> from evalcore.metrics.sweep.sweep import ThresholdSweep
    >>> from evalcore.metrics.sweep.distribution import score_histogram
    >>> sweep = ThresholdSweep.from_scores([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> figure = score_histogram_figure(score_histogram(sweep), threshold=0.5)
    >>> [trace.name for trace in figure.data]
    ['negative, not flagged', 'negative, flagged', 'positive, not flagged', 'positive, flagged']
    """
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.05)
    flagged = _flagged(histogram, threshold)
    classes = (
        (1, negative, histogram.negatives, palette.negative, palette.negative_pale),
        (2, positive, histogram.positives, palette.positive, palette.positive_pale),
    )
    for row, label, counts, strong, pale in classes:
        for call, bars in (("not flagged", ~flagged), ("flagged", flagged)):
            right = threshold is None or (call == "flagged") == (row == 2)
            _add_bars(figure, row, histogram, counts, bars, f"{figure_text(label)}, {call}")
            figure.data[-1].marker = (
                {"color": strong, "line": {"width": 0}} if right else _hatched(strong, pale)
            )
    layout(figure, palette, title="Scores by actual class", x="", y=_class_title(negative, palette.negative))
    figure.update_yaxes(autorange="reversed", title={"text": _class_title(positive, palette.positive)}, row=2)
    figure.update_yaxes(nticks=5, title_standoff=8, title_font_size=13)
    ticks = _ticks(histogram)
    figure.update_xaxes(ticks="", row=1, **ticks)
    figure.update_xaxes(
        title=axis_title("Score", histogram.note or "higher means more likely positive", palette),
        title_standoff=8,
        title_font_size=13,
        row=2,
        **ticks,
    )
    figure.update_layout(barmode="overlay", bargap=0.05, showlegend=threshold is not None)
    if threshold is not None:
        add_threshold_line(
            figure, threshold, (float(histogram.edges[0]), float(histogram.edges[-1])), palette
        )
    return figure


def _class_title(label: str, colour: str) -> str:
    return f'<span style="color:{colour}">actual {figure_text(label)}</span>'


def _flagged(histogram: ScoreHistogram, threshold: float | None) -> npt.NDArray[np.bool_]:
    """Tell which bars count as flagged: a bar of one score by that score, others by their middle."""
    if threshold is None:
        return np.zeros(len(histogram.positives), dtype=bool)
    edges = histogram.edges
    asked = edges[:-1] if histogram.discrete else (edges[:-1] + edges[1:]) / 2
    return asked >= threshold


def _add_bars(
    figure: go.Figure,
    row: int,
    histogram: ScoreHistogram,
    counts: npt.NDArray[Any],
    bars: npt.NDArray[np.bool_],
    name: str,
) -> None:
    lows, highs = histogram.edges[:-1][bars], histogram.edges[1:][bars]
    if histogram.discrete:
        scores = [spell_threshold(low) for low in lows.tolist()]
    else:
        scores = [f"{low:.6g} to {high:.6g}" for low, high in zip(lows.tolist(), highs.tolist(), strict=True)]
    figure.add_bar(
        x=(lows + highs) / 2,
        y=counts[bars],
        width=(highs - lows) * (1 if histogram.discrete else 0.92),
        customdata=scores,
        name=name,
        hovertemplate=f"%{{y:,}} {name}<br>score %{{customdata}}<extra></extra>",
        row=row,
        col=1,
    )


def _hatched(strong: str, pale: str) -> dict[str, Any]:
    """Pale with strokes of the strong colour, so that a print without colours tells it too."""
    return {
        "color": pale,
        "line": {"width": 0},
        "pattern": {
            "shape": "/",
            "fgcolor": strong,
            "bgcolor": pale,
            "size": 6,
            "solidity": 0.25,
            "fillmode": "overlay",
        },
    }


def _ticks(histogram: ScoreHistogram) -> dict[str, Any]:
    """Label the bars of single scores by their score where there is room; leave others to Plotly."""
    filled = np.flatnonzero(histogram.positives + histogram.negatives)
    if not histogram.discrete or len(filled) > 12:
        return {}
    middles = (histogram.edges[filled] + histogram.edges[filled + 1]) / 2
    return {"tickvals": middles, "ticktext": [f"{score:.4g}" for score in histogram.edges[filled].tolist()]}
