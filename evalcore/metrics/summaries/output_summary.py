"""Several outputs a row, each of them a class: how good each is, and how often all are right together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore import numbers
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.rates.confusion import divide
from evalcore.metrics.rates.intervals import wilson
from evalcore.metrics.summaries.class_summary import SummaryFigure
from evalcore.predictions.outputs import OutputPredictions

__all__ = ["MultiOutputFigures", "multi_output_figures", "multi_output_table"]


@dataclass(frozen=True, eq=False)
class MultiOutputFigures:
    """The figures of one model of several outputs.

    Parameters
    ----------
    names : tuple of str
        The outputs, L of them.
    confusions : tuple of ClassConfusion
        One for each output.
    wrong : ndarray of bool, shape (n, L)
        Whether the model calls the output of the row another class than it is.
    weights : ndarray of float64, shape (n,), or None
    """

    names: tuple[str, ...]
    confusions: tuple[ClassConfusion, ...]
    wrong: npt.NDArray[np.bool_]
    weights: npt.NDArray[Any] | None = None

    @property
    def joint_accuracy(self) -> float:
        """Share of rows with every output right; scikit-learn's accuracy of exact matches."""
        return float(np.average(~self.wrong.any(axis=1), weights=self.weights))

    @property
    def mean_wrong(self) -> float:
        """Mean number of wrong outputs a row, from 0 to L."""
        return float(np.average(self.wrong.sum(axis=1), weights=self.weights))

    @property
    def mean_accuracy(self) -> float:
        """Mean accuracy of the outputs, each alike: 1 less the Hamming loss of the rows."""
        return 1 - self.mean_wrong / len(self.names)

    @property
    def expected_joint_accuracy(self) -> float:
        """Joint accuracy if the outputs went wrong independently of each other: the product of their accuracies."""
        return float(np.prod([each.accuracy for each in self.confusions]))

    @property
    def rows_by_wrong(self) -> npt.NDArray[np.float64]:
        """(Weighted) number of rows with 0, 1, ... L wrong outputs, shape (L + 1,)."""
        return np.bincount(
            self.wrong.sum(axis=1), weights=self.weights, minlength=len(self.names) + 1
        ).astype(np.float64)

    @property
    def sentence(self) -> str:
        """How often all outputs are right, which one is wrong most, and what the lazy rule would reach in it."""
        worst = min(range(len(self.names)), key=lambda place: self.confusions[place].accuracy)
        found = self.confusions[worst]
        lazy = numbers.share(float(divide(float(found.support.max()), found.total)))
        return (
            f"All {len(self.names)} outputs are right in {numbers.share(self.joint_accuracy)} of the rows; the hardest "
            f"is “{self.names[worst]}”, right in {numbers.share(found.accuracy)} (always calling “{found.largest}”, "
            f"the lazy rule: {lazy})."
        )

    @property
    def summary(self) -> tuple[SummaryFigure, ...]:
        """The figures of all outputs together, each with its meaning in plain words."""
        total = self.confusions[0].effective_size
        limits = wilson(min(self.joint_accuracy, 1.0) * total, total)
        return (
            SummaryFigure(
                "joint_accuracy",
                "Joint accuracy",
                "Share of rows with every output right.",
                self.joint_accuracy,
                float(limits.low),
                float(limits.high),
            ),
            SummaryFigure(
                "mean_accuracy",
                "Mean accuracy",
                "Mean accuracy of the outputs, each output alike.",
                self.mean_accuracy,
            ),
            SummaryFigure(
                "mean_wrong",
                "Wrong outputs a row",
                f"Mean number of wrong outputs, of {len(self.names)}.",
                self.mean_wrong,
            ),
            SummaryFigure(
                "expected_joint_accuracy",
                "Joint, if independent",
                "Joint accuracy if the outputs went wrong independently: the product of their accuracies. Where "
                "the joint accuracy is higher, the same rows tend to be wrong in several outputs.",
                self.expected_joint_accuracy,
            ),
        )


def multi_output_figures(predictions: OutputPredictions, model: str) -> MultiOutputFigures:
    """Compute the figures of one model of several outputs.

    Parameters
    ----------
    predictions : OutputPredictions
    model : str
        Its name.

    Returns
    -------
    MultiOutputFigures

    Examples
    --------
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"digit_true": [1, 2, 3, 1], "digit_pred": [1, 2, 1, 1],
    ...                       "ink_true": ["red", "red", "blue", "blue"], "ink_pred": ["red"] * 4})
    >>> found = multi_output_figures(ec.open_predictions(table).predictions, "predictions")
    >>> found.joint_accuracy, found.mean_wrong, found.rows_by_wrong.tolist()
    (0.5, 0.75, [2.0, 1.0, 1.0])
    """
    models = [each.model(model) for each in predictions.outputs]
    wrong = np.column_stack(
        [each.labels != output.truth for each, output in zip(models, predictions.outputs, strict=True)]
    )
    confusions = tuple(
        ClassConfusion.from_labels(
            output.truth, each.labels, classes=output.classes, weight=predictions.weights
        )
        for each, output in zip(models, predictions.outputs, strict=True)
    )
    return MultiOutputFigures(predictions.names, confusions, wrong, predictions.weights)


def multi_output_table(figures: MultiOutputFigures) -> pd.DataFrame:
    """List the outputs with their figures.

    Returns
    -------
    DataFrame
        One row an output: output, classes, accuracy with its 95 % interval (Wilson), balanced_accuracy,
        f1_macro, matthews_corrcoef, and baseline, the accuracy of always saying the most frequent class.
    """
    rows = []
    for name, each in zip(figures.names, figures.confusions, strict=True):
        size = each.effective_size
        limits = wilson(min(each.accuracy, 1.0) * size, size)
        rows.append(
            {
                "output": name,
                "classes": len(each),
                "accuracy": each.accuracy,
                "accuracy_low": float(limits.low),
                "accuracy_high": float(limits.high),
                "baseline": float(each.support.max() / each.total) if each.total else float("nan"),
                "balanced_accuracy": each.balanced_accuracy,
                "f1_macro": each.average("f1", "macro"),
                "matthews_corrcoef": each.matthews_corrcoef,
            }
        )
    return pd.DataFrame(rows)
