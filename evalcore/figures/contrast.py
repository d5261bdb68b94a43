"""Contrast of text against what lies behind it, by the Web Content Accessibility Guidelines.

`inkOn` of `pages/ui/live/matrix/picture.js` chooses for the live matrix as `legible` does here.
"""

from __future__ import annotations

__all__ = ["LEAST", "blend", "contrast", "legible"]

#: What every text must have against its ground.
LEAST = 4.5
_BLACK, _WHITE = "#000000", "#FFFFFF"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    Examples
    --------
    >>> round(contrast("#000000", "#FFFFFF")), round(contrast("#5B6773", "#FFFFFF"), 1)
    (21, 5.8)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def blend(ground: str, colour: str, strength: float) -> str:
    """Return the colour between two, as a colour scale has it: 0 is the ground, 1 the colour.

    Examples
    --------
    >>> blend("#FFFFFF", "#000000", 0.5)
    '#808080'
    """
    parts = zip(_channels(ground), _channels(colour), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * strength):02X}" for a, b in parts)


def legible(ground: str, *preferred: str) -> str:
    """Return a colour for text on a ground: the first preferred one that can be read, else black or white.

    One of the latter two has a contrast of at least 4.58 with every colour.

    Examples
    --------
    >>> legible("#FFFFFF", "#1F2933"), legible("#D26529", "#1F2933", "#FFFFFF")
    ('#1F2933', '#000000')
    """
    for colour in (*preferred, _BLACK, _WHITE):
        if contrast(colour, ground) >= LEAST:
            return colour
    return _BLACK
