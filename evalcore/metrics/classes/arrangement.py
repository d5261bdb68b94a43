"""In which order the classes of a matrix stand, and which of them are folded into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.classes.confusion import ClassConfusion

__all__ = ["ORDERS", "Folded", "Order", "class_order", "fold_rest", "most_confused", "picked"]

Order: TypeAlias = Literal["given", "size", "alphabet", "similarity"]
Places: TypeAlias = npt.NDArray[np.intp]

#: The orders of classes, as people read them.
ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "given": "As in the file",
        "similarity": "By similarity: what is mixed up stands together",
        "size": "By size",
        "alphabet": "By alphabet",
    }
)

# Up to so many classes the leaves are also turned so that neighbours are as near as can be: cubic in time.
_TURNED = 150


def _by_similarity(confusion: ClassConfusion) -> Places:
    if len(confusion) < 3:
        return np.arange(len(confusion))
    from scipy.cluster.hierarchy import leaves_list, linkage  # late: 0.1 s, and few need it
    from scipy.spatial.distance import squareform

    errors = np.nan_to_num(confusion.view("error"))
    near = errors + errors.T
    top = near.max()
    if not top:
        return np.arange(len(confusion))
    # The root spreads the many small shares, so that a few large ones do not make all others alike.
    distance = 1 - np.sqrt(near / top)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average", optimal_ordering=len(confusion) <= _TURNED)
    return np.asarray(leaves_list(tree), dtype=np.intp)


def class_order(confusion: ClassConfusion, order: Order) -> Places:
    """Return the positions of the classes in the order asked for.

    By similarity, classes are clustered by how often they are taken for each other (average linkage), and the
    leaves of the tree give the order.

    Parameters
    ----------
    confusion : ClassConfusion
    order : str
        One of `ORDERS`.

    Raises
    ------
    InputError
        For another order.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[5, 0, 3], [0, 9, 0], [2, 0, 5]]), ("o", "b", "a"), 24)
    >>> class_order(confusion, "alphabet").tolist(), class_order(confusion, "size").tolist()
    ([2, 1, 0], [1, 0, 2])
    """
    if order == "given":
        return np.arange(len(confusion))
    if order == "size":
        return np.argsort(-confusion.support, kind="stable")
    if order == "alphabet":
        return np.array(
            sorted(range(len(confusion)), key=lambda i: _alphabetical(confusion.classes[i])), dtype=np.intp
        )
    if order == "similarity":
        return _by_similarity(confusion)
    raise InputError(f"order must be one of {', '.join(ORDERS)}, got {order!r}")


def _alphabetical(name: str) -> tuple[Any, ...]:
    """Numbers by value and before words: 2 before 10."""
    try:
        return (0, float(name), name)
    except ValueError:
        return (1, 0.0, name.casefold(), name)


def picked(confusion: ClassConfusion, places: Sequence[int] | Places) -> ClassConfusion:
    """Return the matrix of some classes, in this order; cases of and calls to the others are left out."""
    some = np.asarray(places, dtype=np.intp)
    cells = confusion.counts[np.ix_(some, some)]
    share = float(cells.sum()) / confusion.total if confusion.total else 0.0
    squares = None if confusion.squares is None else confusion.squares[np.ix_(some, some)]
    names = tuple(confusion.classes[i] for i in some)
    return ClassConfusion(cells, names, confusion.effective_size * share, squares)


def most_confused(confusion: ClassConfusion, keep: int) -> Places:
    """Return the positions of the classes with most errors (missed, wrongly called), in the file's order."""
    rest = confusion.against_rest
    worst = np.argsort(-(rest.fn + rest.fp), kind="stable")[:keep]
    return np.sort(worst)


@dataclass(frozen=True, eq=False)
class Folded:
    """A matrix in which a long tail of classes is one class.

    Parameters
    ----------
    confusion : ClassConfusion
        The last class is the fold, where there is one.
    folded : tuple of str
        The classes in it.
    within : float
        (Weighted) cases of one folded class that were called another folded one: they stand on the diagonal
        of the fold though they are errors.
    """

    confusion: ClassConfusion
    folded: tuple[str, ...]
    within: float


def fold_rest(confusion: ClassConfusion, places: Sequence[int] | Places) -> Folded:
    """Keep some classes, in this order, and fold all others into one.

    Parameters
    ----------
    confusion : ClassConfusion
    places : sequence of int
        Positions of the classes to keep.

    Examples
    --------
    >>> confusion = ClassConfusion(np.array([[5, 0, 3], [0, 9, 1], [2, 0, 5]]), ("a", "b", "c"), 25)
    >>> small = fold_rest(confusion, [0])
    >>> small.confusion.classes, small.confusion.counts.tolist(), small.within
    (('a', 'other (2 classes)'), [[5, 3], [2, 15]], 1.0)
    """
    kept = np.asarray(places, dtype=np.intp)
    rest = np.setdiff1d(np.arange(len(confusion)), kept)
    if not rest.size:
        return Folded(picked(confusion, kept), (), 0.0)
    position = np.full(len(confusion), len(kept), dtype=np.intp)
    position[kept] = np.arange(len(kept))
    size = len(kept) + 1

    def folded(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        rows = np.zeros((size, len(confusion)), dtype=values.dtype)
        np.add.at(rows, position, values)
        cells = np.zeros((size, size), dtype=values.dtype)
        np.add.at(cells.T, position, rows.T)
        return cells

    squares = None if confusion.squares is None else folded(confusion.squares)
    inner = confusion.counts[np.ix_(rest, rest)]
    name = f"other ({len(rest)} {'class' if len(rest) == 1 else 'classes'})"
    names = (*(confusion.classes[i] for i in kept), name)
    return Folded(
        ClassConfusion(folded(confusion.counts), names, confusion.effective_size, squares),
        tuple(confusion.classes[i] for i in rest),
        float(inner.sum() - np.trace(inner)),
    )
