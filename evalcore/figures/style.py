"""The colour language of all pictures, and the layout that they share.

Hue says the actual class (orange: positive, blue: negative); strength says whether the call was
right (strong: right, pale and hatched: wrong). The two hues differ for every common kind of
colour blindness and in lightness too. Models have hues of their own and a dash pattern, so that
they are told apart without colour. Teal is what can be moved or pressed.

Show figures with ``st.plotly_chart(figure, theme=None)``: Streamlit's own Plotly theme would
replace these colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

__all__ = ["DARK", "DASHES", "LIGHT", "Palette", "axis_title", "layout", "spell_threshold", "style_line"]


@dataclass(frozen=True)
class Palette:
    """Colours of one theme.

    Parameters
    ----------
    positive, negative : str
        Actual class, rightly called.
    positive_pale, negative_pale : str
        Actual class, wrongly called; also drawn with a hatch in the strong colour.
    ink, muted, grid, surface : str
        Text, lesser text, grid lines, and the page behind the picture (which itself is transparent).
    accent : str
        What can be moved: the present threshold.
    models : tuple of str
        One per model, in order; with `DASHES`.
    """

    positive: str
    positive_pale: str
    negative: str
    negative_pale: str
    ink: str
    muted: str
    grid: str
    surface: str
    accent: str
    models: tuple[str, ...]


LIGHT = Palette(
    positive="#C24E00",
    positive_pale="#F8D2B8",
    negative="#0B62A8",
    negative_pale="#C3DCF2",
    ink="#1F2933",
    muted="#5B6773",
    grid="#E4E7EB",
    surface="#FFFFFF",
    accent="#0F766E",
    models=("#0F766E", "#7B4EA3", "#B8860B", "#C2477F", "#4B5563", "#2F855A"),
)

DARK = Palette(
    positive="#F28E45",
    positive_pale="#6B3A17",
    negative="#5CAEEB",
    negative_pale="#1E4566",
    ink="#EDEBE8",
    muted="#A9B1BA",
    grid="#3A3F45",
    surface="#0E1117",
    accent="#2DD4BF",
    models=("#2DD4BF", "#C19BE6", "#E3B341", "#F08BB8", "#A9B4C2", "#7BC99A"),
)

# Streamlit's own font: the text of a figure cannot inherit the page's, Plotly puts its own in between.
_FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'

#: Dash patterns of lines, in the order of `Palette.models`.
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def style_line(palette: Palette, position: int) -> dict[str, str | float]:
    """Return the line of the model (or rate) at a position: colours and dashes repeat out of step.

    Examples
    --------
    >>> style_line(LIGHT, 1)
    {'color': '#7B4EA3', 'dash': 'dash', 'width': 2.2}
    >>> style_line(LIGHT, 7)["dash"]
    'dot'
    """
    lap, place = divmod(position, len(palette.models))
    return {"color": palette.models[place], "dash": DASHES[(place + lap) % len(DASHES)], "width": 2.2}


def axis_title(name: str, meaning: str, palette: Palette) -> str:
    """Name an axis, with what it means in plain words below in smaller type.

    Examples
    --------
    >>> axis_title("Recall", "share of actual positives that are caught", LIGHT)
    'Recall<br><span style="font-size:11px;color:#5B6773">share of actual positives that are caught</span>'
    """
    return f'{name}<br><span style="font-size:11px;color:{palette.muted}">{meaning}</span>'


def spell_threshold(threshold: float) -> str:
    """Spell a threshold with all its digits.

    Examples
    --------
    >>> spell_threshold(2.0), spell_threshold(0.37)
    ('2', '0.37')
    """
    return repr(float(threshold)).removesuffix(".0")


def layout(
    figure: go.Figure, palette: Palette, *, title: str, x: str, y: str, subtitle: str = "", height: int = 400
) -> go.Figure:
    """Give a figure the common look, in place, and return it.

    The font is Streamlit's; margins grow with the labels; the legend, where there is one, stands
    below the picture, so that it never covers data and fits a phone.

    Parameters
    ----------
    figure : go.Figure
    palette : Palette
    title, x, y : str
        Title of the figure and of its axes.
    subtitle : str, default ""
        A second, quieter line below the title.
    height : int, default 400
        In pixels.

    Returns
    -------
    go.Figure
    """
    look: dict[str, Any] = {
        "template": go.layout.Template(),
        "title": {
            "text": title,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10},
            "font": {"size": 15},
            "subtitle": {"text": subtitle, "font": {"size": 12, "color": palette.muted}},
        },
        "height": height,
        "margin": {"l": 8, "r": 14, "t": 64 if subtitle else 46, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": _FONT, "size": 13, "color": palette.ink},
        "colorway": palette.models,
        "hoverlabel": {
            "bgcolor": palette.surface,
            "bordercolor": palette.muted,
            "font": {"color": palette.ink, "family": _FONT, "size": 13},
            "align": "left",
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": palette.muted, "activecolor": palette.accent},
        # A finger that scrolls the page over a picture must not zoom it; the mode bar still can.
        "dragmode": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "bgcolor": "rgba(0,0,0,0)",
            "itemwidth": 36,
            "itemclick": "toggle",
        },
    }
    axis = {
        "automargin": True,
        "gridcolor": palette.grid,
        "linecolor": palette.muted,
        "showline": True,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.muted,
        "tickfont": {"color": palette.muted, "size": 12},
    }
    before = figure.layout.to_plotly_json()
    every = {name for name in before if re.fullmatch(r"[xy]axis\d*", name)} | {"xaxis", "yaxis"}
    look.update(dict.fromkeys(every, axis))
    for name, words in (("xaxis", x), ("yaxis", y)):
        look[name] = axis | {"title": {"text": words, "standoff": 8, "font": {"size": 13}}}
    # Set at once: Plotly takes ten times as long to be told one after the other.
    figure.layout = _merged(before, look)
    return figure


def _merged(before: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Put one tree of settings over another."""
    both = dict(before)
    for name, value in more.items():
        under = before.get(name)
        both[name] = (
            _merged(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
        )
    return both
