"""Reading the files in `data/wild_shapes` a second, plain way, and their figures as scikit-learn has them."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn import metrics

from evalcore.__main__ import main

DATA = Path(__file__).parents[1] / "data" / "wild_shapes"
Figures = dict[str, float]


def cells(name: str, *, delimiter: str = ",", header: bool = True) -> dict[str, list[str]]:
    """Each column as written; numbered from 0 where there is no header."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    names = rows.pop(0) if header else [str(place) for place in range(len(rows[0]))]
    return {each: [row[place] for row in rows] for place, each in enumerate(names)}


def numbers(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([float(text) for text in texts])


def described(files: Sequence[str], *options: str) -> tuple[int, dict[str, Any], str]:
    """`describe --json` without (or with) options: exit code, what was told, standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["describe", "--json", *(str(DATA / each) for each in files), *options])
    return code, json.loads(out.getvalue() or "{}"), err.getvalue().strip()


def ranked(truth: npt.ArrayLike, score: npt.ArrayLike, weight: npt.ArrayLike | None = None) -> Figures:
    """Areas under the curves."""
    return {
        "roc_auc": metrics.roc_auc_score(truth, score, sample_weight=weight),
        "average_precision": metrics.average_precision_score(truth, score, sample_weight=weight),
    }


def probable(truth: npt.ArrayLike, score: npt.ArrayLike, weight: npt.ArrayLike | None = None) -> Figures:
    """Areas and the scores of probabilities, which the logarithm sees as scikit-learn clips them."""
    inside = np.asarray(score, dtype=float)
    return {
        **ranked(truth, score, weight),
        "brier_score": metrics.brier_score_loss(truth, score, sample_weight=weight),
        "log_loss": metrics.log_loss(truth, inside, sample_weight=weight),
    }


def decided(truth: Any, called: Any, weight: Any = None, *, average: str = "binary") -> dict[str, Any]:
    """What follows from the decisions."""
    chosen: dict[str, Any] = {"sample_weight": weight, "average": average, "zero_division": np.nan}
    return {
        "accuracy": metrics.accuracy_score(truth, called, sample_weight=weight),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, called, sample_weight=weight),
        "matthews_corrcoef": metrics.matthews_corrcoef(truth, called, sample_weight=weight),
        "precision": metrics.precision_score(truth, called, **chosen),
        "recall": metrics.recall_score(truth, called, **chosen),
        "f1": metrics.f1_score(truth, called, **chosen),
        "confusion": metrics.confusion_matrix(truth, called, sample_weight=weight).tolist(),
    }


def of_classes(truth: Sequence[int], scores: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Figures of probabilities of several classes; classes are numbered in the columns' order."""
    labels = list(range(scores.shape[1]))
    pair = {"labels": labels, "multi_class": "ovo"}
    return {
        "roc_auc_ovr_macro": metrics.roc_auc_score(truth, scores, labels=labels, multi_class="ovr"),
        "roc_auc_ovr_weighted": metrics.roc_auc_score(
            truth, scores, labels=labels, multi_class="ovr", average="weighted"
        ),
        "roc_auc_ovo_macro": metrics.roc_auc_score(truth, scores, **pair),
        "log_loss": metrics.log_loss(truth, scores, labels=labels),
        **decided(truth, scores.argmax(axis=1), average="macro"),
    }


@dataclass
class Shape:
    """One input and what must come of it, without any option.

    `figures` are those of each model (of all, where no name is given); `asked` are the roles that a question
    is about; `refused` is a part of the sentence where the input cannot be evaluated.
    """

    files: tuple[str, ...]
    task: str = ""
    roles: dict[str, Any] = field(default_factory=dict)
    positive: str | None = None
    asked: tuple[str, ...] = ()
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: str = ""
    refused: str = ""

    def __str__(self) -> str:
        return " + ".join(self.files)
