"""The table of averages, totals and intervals to read: against scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from evalcore import numbers
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.classes.label_confusion import LabelConfusion, pairs_together
from evalcore.metrics.classes.ranking import areas_against_rest
from evalcore.metrics.summaries.class_report import (
    averages_table,
    class_table,
    totals_sentence,
    with_intervals,
)

rng = np.random.default_rng(5)
TRUTH, CALLED = rng.integers(0, 4, 300), rng.integers(0, 4, 300)
CALLED = np.where(rng.random(300) < 0.6, TRUTH, CALLED)
CLASSES = ("ant", "bee", "cow", "doe")
SCORES: dict[str, Any] = {
    "precision": metrics.precision_score,
    "recall": metrics.recall_score,
    "f1": metrics.f1_score,
    "threat_score": metrics.jaccard_score,
}


def test_averages_of_classes_are_scikit_learns() -> None:
    table = averages_table(ClassConfusion.from_labels(TRUTH, CALLED, classes=CLASSES))
    assert list(table.columns) == ["macro", "weighted", "micro"]
    for rate, score in SCORES.items():
        for how in table.columns:
            assert table.loc[rate, how] == pytest.approx(score(TRUTH, CALLED, average=how))
    # Specificity: the recall of "not the class".
    each = [metrics.recall_score(k != TRUTH, k != CALLED) for k in range(4)]
    assert table.loc["specificity", "macro"] == pytest.approx(np.mean(each))


def test_averages_of_labels_are_scikit_learns() -> None:
    truth, called = rng.random((200, 3)) < 0.3, rng.random((200, 3)) < 0.4
    found = LabelConfusion.from_flags(truth, called)
    table = averages_table(found)
    assert list(table.columns) == ["macro", "weighted", "micro", "samples"]
    for rate, score in SCORES.items():
        for how in table.columns:
            expected = score(truth, called, average=how, zero_division=0)
            assert table.loc[rate, how] == pytest.approx(expected)
    bare = [not (any(a) or any(b)) for a, b in zip(truth, called, strict=True)]
    assert found.bare_rows == sum(bare)


def test_totals_are_the_sums_of_scikit_learns_matrices() -> None:
    cells = metrics.multilabel_confusion_matrix(TRUTH, CALLED).sum(axis=0)
    found = ClassConfusion.from_labels(TRUTH, CALLED, classes=CLASSES)
    (tn, fp), (fn, tp) = cells.tolist()
    expected = (
        f"Each class against the rest, added up: {tp:,} true positives, {fp:,} false positives, "
        f"{fn:,} false negatives, {tn:,} true negatives."
    )
    assert totals_sentence(found.against_rest, word="class") == expected


def test_weighted_totals_keep_a_decimal() -> None:
    found = ClassConfusion.from_labels([0, 1], [0, 1], classes=("a", "b"), weight=[0.25, 1.0])
    assert "1.3 true positives" in totals_sentence(found.against_rest, word="label")


def test_the_table_of_classes_holds_limits_of_areas_too() -> None:
    scores = np.eye(4)[CALLED] + 0.1 * rng.random((300, 4))
    confusion = ClassConfusion.from_labels(TRUTH, CALLED, classes=CLASSES)
    table = class_table(confusion, areas_against_rest(TRUTH, scores))
    for name in ("precision", "recall", "f1", "specificity", "roc_auc", "average_precision"):
        assert (table[f"{name}_low"] <= table[name]).all()
        assert (table[name] <= table[f"{name}_high"]).all()
    for i in range(4):
        assert table.loc[i, "roc_auc"] == pytest.approx(metrics.roc_auc_score(i == TRUTH, scores[:, i]))
    shown = with_intervals(table)
    assert not [name for name in shown.columns if name.endswith(("_low", "_high"))]
    low, high = table.loc[2, ["recall_low", "recall_high"]]
    assert shown.loc[2, "recall_interval"] == numbers.share_range(low, high)


def test_an_interval_that_is_undefined_is_empty() -> None:
    table = pd.DataFrame({"recall": [np.nan], "recall_low": [np.nan], "recall_high": [np.nan]})
    assert with_intervals(table)["recall_interval"].tolist() == [""]


def test_labels_called_together_as_counted_one_by_one() -> None:
    truth, called = rng.random((150, 4)) < 0.5, rng.random((150, 4)) < 0.4
    found = pairs_together(LabelConfusion.from_flags(truth, called), CLASSES, limit=6)
    expected = {}
    for i, one in enumerate(CLASSES):
        for j in range(i + 1, 4):
            true, said = (int((flags[:, i] & flags[:, j]).sum()) for flags in (truth, called))
            if true != said:
                sentence = (
                    f"{one} and {CLASSES[j]} come together in {true} rows, and are called together in {said}"
                )
                expected[sentence] = abs(true - said)
    assert set(found) == set(expected)
    differences = [expected[each] for each in found]
    assert differences == sorted(differences, reverse=True)


def test_labels_called_together_as_they_come() -> None:
    flags = rng.random((20, 3)) < 0.5
    assert pairs_together(LabelConfusion.from_flags(flags, flags), ("a", "b", "c")) == ()
