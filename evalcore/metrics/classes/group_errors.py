"""Which errors among classes vanish at a coarser level: those that stay within a group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore import numbers
from evalcore.metrics.classes.arrangement import picked
from evalcore.metrics.classes.confused_pairs import ConfusedPair
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.rates.confusion import divide
from evalcore.predictions.classes import ClassGroups

__all__ = ["GroupErrors", "group_confusion"]


def group_confusion(confusion: ClassConfusion, groups: ClassGroups) -> ClassConfusion:
    """Add the cells of a matrix up by group: each class counts as its group, in truth and as called.

    Examples
    --------
    >>> fine = ClassConfusion(np.array([[8, 2, 0], [1, 3, 1], [0, 1, 9]]), ("cat", "dog", "car"), 25)
    >>> group_confusion(fine, ClassGroups("2 groups", ("animal", "animal", "vehicle"))).counts.tolist()
    [[14, 1], [1, 9]]
    """
    of_class = np.equal.outer(np.arange(len(groups.groups)), groups.places).astype(confusion.counts.dtype)
    squares = None if confusion.squares is None else of_class @ confusion.squares @ of_class.T
    cells = of_class @ confusion.counts @ of_class.T
    return ClassConfusion(cells, groups.groups, confusion.effective_size, squares)


@dataclass(frozen=True, eq=False)
class GroupErrors:
    """Errors among classes, told apart by whether they leave the group.

    Parameters
    ----------
    confusion : ClassConfusion
        Of the classes.
    groups : ClassGroups
        Of the same classes.

    Examples
    --------
    >>> fine = ClassConfusion(np.array([[8, 2, 0], [1, 3, 1], [0, 1, 9]]), ("cat", "dog", "car"), 25)
    >>> found = GroupErrors(fine, ClassGroups("2 groups", ("animal", "animal", "vehicle")))
    >>> found.errors, found.within
    (5.0, 3.0)
    >>> found.sentence
    'Of the 5 errors among the 3 classes, 3 (60.0 %) stay within the same group; 2 cross from one group to another.'
    """

    confusion: ClassConfusion
    groups: ClassGroups

    @cached_property
    def _inside(self) -> npt.NDArray[np.bool_]:
        """Cells whose actual and called class are of one group; shape (K, K)."""
        return np.equal.outer(self.groups.places, self.groups.places)

    @cached_property
    def _wrong(self) -> npt.NDArray[np.float64]:
        wrong = self.confusion.counts.astype(np.float64)
        np.fill_diagonal(wrong, 0)
        return wrong

    @property
    def errors(self) -> float:
        """All (weighted) cases that were called another class."""
        return float(self._wrong.sum())

    @property
    def within(self) -> float:
        """Of the errors, those that stay within the group: at the coarser level they are right."""
        return float(self._wrong[self._inside].sum())

    @property
    def sentence(self) -> str:
        """What the coarser level forgives, in words."""
        classes = len(self.confusion)
        if not self.errors:
            return f"There are no errors among the {classes:,} classes."
        share = self.within / self.errors
        return (
            f"Of the {numbers.count(self.errors)} errors among the {classes:,} classes, {numbers.count(self.within)} "
            f"({numbers.share(share)}) stay within the same group; "
            f"{numbers.count(self.errors - self.within)} cross from one group to another."
        )

    @property
    def group_accuracy(self) -> float:
        """Share of cases that were called a class of their group."""
        return float(divide(self.confusion.total - self.errors + self.within, self.confusion.total))

    def compared(self, summed: ClassConfusion) -> str:
        """Say what calling the group with the highest sum of probabilities changes.

        Parameters
        ----------
        summed : ClassConfusion
            Of the groups, as they are called at the coarser level.

        Examples
        --------
        >>> fine = ClassConfusion(np.array([[8, 2, 0], [1, 3, 1], [0, 1, 9]]), ("cat", "dog", "car"), 25)
        >>> found = GroupErrors(fine, ClassGroups("2 groups", ("animal", "animal", "vehicle")))
        >>> found.compared(ClassConfusion(np.array([[15, 0], [1, 9]]), ("animal", "vehicle"), 25))
        'The group of the called class is right in 92.0 % of cases; the group with the highest sum, in 96.0 %.'
        """
        return (
            f"The group of the called class is right in {numbers.share(self.group_accuracy)} of cases; "
            f"the group with the highest sum, in {numbers.share(summed.accuracy)}."
        )

    def table(self) -> pd.DataFrame:
        """One row a group, in the groups' order.

        Returns
        -------
        DataFrame, shape (groups, 8)
            `group`; `classes` (how many); `support`, `errors`, `within` and `between` (cases of its classes: all,
            called another class, of these within the group and out of it); `recall_class` and `recall_group`
            (shares of the cases called their class, and any class of the group).

        Examples
        --------
        >>> fine = ClassConfusion(np.array([[8, 2, 0], [1, 3, 1], [0, 1, 9]]), ("cat", "dog", "car"), 25)
        >>> found = GroupErrors(fine, ClassGroups("2 groups", ("animal", "animal", "vehicle")))
        >>> found.table()[["group", "errors", "within", "between"]].to_numpy().tolist()
        [['animal', 4.0, 3.0, 1.0], ['vehicle', 1.0, 0.0, 1.0]]
        """
        places, many = self.groups.places, len(self.groups.groups)

        def by_group(of_class: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            return np.bincount(places, weights=of_class, minlength=many).astype(np.float64)

        support = by_group(self.confusion.support.astype(np.float64))
        errors = by_group(self._wrong.sum(axis=1))
        within = by_group(np.where(self._inside, self._wrong, 0).sum(axis=1))
        between = np.maximum(errors - within, 0)
        return pd.DataFrame(
            {
                "group": list(self.groups.groups),
                "classes": np.bincount(places, minlength=many),
                "support": support,
                "errors": errors,
                "within": within,
                "between": between,
                "recall_class": divide(support - errors, support),
                "recall_group": divide(support - between, support),
            }
        )

    def pairs(self, group: str, *, limit: int = 6) -> tuple[ConfusedPair, ...]:
        """Return the classes of one group most often taken for another one of it, most frequent first.

        Examples
        --------
        >>> fine = ClassConfusion(np.array([[8, 2, 0], [1, 3, 1], [0, 1, 9]]), ("cat", "dog", "car"), 25)
        >>> found = GroupErrors(fine, ClassGroups("2", ("animal", "animal", "vehicle")))
        >>> [each.sentence for each in found.pairs("animal")]
        ['cat is taken for dog in 1 of 5 (2 of 10)', 'dog is taken for cat in 1 of 5 (1 of 5)']
        """
        mine = np.array(self.groups.members(group), dtype=np.intp)
        wrong = self._wrong[np.ix_(mine, mine)].ravel()
        order = np.argsort(-wrong, kind="stable")[:limit]
        rows, columns = mine[order // len(mine)], mine[order % len(mine)]
        classes, support = self.confusion.classes, self.confusion.support
        return tuple(
            ConfusedPair(classes[i], classes[j], float(self._wrong[i, j]), float(support[i]))
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
            if self._wrong[i, j]
        )

    def inside(self, group: str) -> ClassConfusion:
        """Return the matrix of one group's classes alone: cases of it that were called it.

        Examples
        --------
        >>> fine = ClassConfusion(np.array([[8, 2, 0], [1, 3, 1], [0, 1, 9]]), ("cat", "dog", "car"), 25)
        >>> GroupErrors(fine, ClassGroups("2", ("animal", "animal", "vehicle"))).inside("animal").counts.tolist()
        [[8, 2], [1, 3]]
        """
        return picked(self.confusion, self.groups.members(group))
