"""What the live matrix of several classes draws from: one JSON-ready dictionary, every number in it exact.

The matrix itself is JavaScript (`pages/ui/live/matrix/`). Arrays travel as base64 of little-endian numbers: at 1,000
classes a list of numbers would be many times as long and slow to read.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.figures.style import Palette
from evalcore.metrics.classes.arrangement import Folded
from evalcore.metrics.policy.decisions import checked_costs
from evalcore.metrics.policy.steps import PolicySteps

__all__ = ["matrix_colours", "matrix_costs", "matrix_table", "packed", "placed"]


def packed(values: npt.ArrayLike) -> list[str]:
    """Spell an array as its type and the base64 of its bytes.

    Whole numbers from 0 on take as few bytes as the largest needs; all others are 64-bit floats.

    Examples
    --------
    >>> packed([1, 2])
    ['u2', 'AQACAA==']
    """
    array = np.asarray(values)
    kind = "f8"
    if array.dtype.kind in "iu":
        low, top = int(array.min(initial=0)), int(array.max(initial=0))
        kind = "f8" if low < 0 or top >= 2**32 else "u2" if top < 2**16 else "u4"
    return [kind, base64.b64encode(array.astype(f"<{kind}").tobytes()).decode("ascii")]


def matrix_table(steps: PolicySteps) -> dict[str, Any]:
    """Return the steps for the browser.

    Examples
    --------
    >>> from evalcore.metrics.classes.confusion import ClassConfusion
    >>> from evalcore.metrics.policy.steps import whole_step
    >>> table = matrix_table(whole_step(ClassConfusion(np.array([[8, 2], [0, 3]]), ("cat", "dog"), 13)))
    >>> table["classes"], table["cell"] == packed([0, 1, 3])
    (2, True)
    """
    many = len(steps.support)
    return {
        "classes": many,
        "certainty": packed(steps.certainty.astype(np.float64)),
        "below": packed(steps.below.astype(np.float64)),
        "float32": steps.certainty.dtype == np.float32,
        "ends": packed(steps.ends),
        "cell": packed(steps.actual * many + steps.called),
        "mass": None if (steps.mass == 1).all() else packed(steps.mass),
        "support": packed(steps.support),
        "base": steps.base,
        "reach": None if steps.reach is None else packed(steps.reach),
    }


def placed(folded: Folded, kept: Sequence[int] | npt.NDArray[np.intp], classes: int) -> dict[str, Any]:
    """Return where each class stands in the picture, and the names there.

    Parameters
    ----------
    folded : Folded
        From `fold_rest` with the same `kept`.
    kept : sequence of int
        Positions of the classes that are shown, in order.
    classes : int
        K.

    Examples
    --------
    >>> from evalcore.metrics.classes.arrangement import fold_rest
    >>> from evalcore.metrics.classes.confusion import ClassConfusion
    >>> confusion = ClassConfusion(np.array([[5, 0, 3], [0, 9, 1], [2, 0, 5]]), ("a", "b", "c"), 25)
    >>> found = placed(fold_rest(confusion, [2]), [2], 3)
    >>> found["names"], found["fold"], found["place"] == packed([1, 1, 0])
    (['c', 'other (2 classes)'], 1, True)
    """
    place = np.full(classes, len(kept), dtype=np.intp)
    place[np.asarray(kept, dtype=np.intp)] = np.arange(len(kept))
    return {
        "names": list(folded.confusion.classes),
        "fold": len(kept) if folded.folded else None,
        "place": packed(place),
    }


def matrix_costs(costs: npt.ArrayLike | None, abstention: float, classes: int) -> dict[str, Any] | None:
    """Return the costs of calls for the browser; None without any.

    Examples
    --------
    >>> matrix_costs([[0, 1], [5, 0]], 0.5, 2)["abstention"]
    0.5
    """
    if costs is None:
        return None
    return {"matrix": packed(checked_costs(costs, classes).ravel()), "abstention": float(abstention)}


def matrix_colours(palette: Palette) -> dict[str, str]:
    """Return the colours: right calls are blue, wrong ones orange, both paler the fewer they are.

    Examples
    --------
    >>> from evalcore.figures.style import LIGHT
    >>> matrix_colours(LIGHT)["wrong"]
    '#C24E00'
    """
    return {
        "right": palette.negative,
        "wrong": palette.positive,
        "ink": palette.ink,
        "muted": palette.muted,
        "grid": palette.grid,
        "surface": palette.surface,
        "accent": palette.accent,
    }
