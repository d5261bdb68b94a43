"""Figures of several outputs against scikit-learn, and against the rows counted one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from evalcore.inputs.opening import open_predictions
from evalcore.metrics.summaries.output_summary import (
    MultiOutputFigures,
    multi_output_figures,
    multi_output_table,
)

rng = np.random.default_rng(5)
N, SIZES = 200, (3, 5, 2)
TRUTH = np.column_stack([rng.integers(0, size, N) for size in SIZES])
CALLED = np.where(rng.random((N, 3)) < 0.7, TRUTH, np.column_stack([rng.integers(0, s, N) for s in SIZES]))
WEIGHT = rng.random(N)


def figures(*, weighted: bool = False) -> MultiOutputFigures:
    columns = {f"{n}_true": TRUTH[:, i] for i, n in enumerate("abc")}
    columns |= {f"{n}_pred": CALLED[:, i] for i, n in enumerate("abc")}
    if weighted:
        columns["sample_weight"] = WEIGHT
    opened = open_predictions(pd.DataFrame(columns))
    assert opened.task == "multioutput"
    return multi_output_figures(opened.predictions, opened.models[0])


@pytest.mark.parametrize("weighted", [False, True])
def test_outputs_together(weighted: bool) -> None:
    found, weight = figures(weighted=weighted), WEIGHT if weighted else np.ones(N)
    exact = [list(a) == list(b) for a, b in zip(TRUTH, CALLED, strict=True)]
    assert found.joint_accuracy == pytest.approx(
        metrics.accuracy_score([True] * N, exact, sample_weight=weight)
    )
    wrong = [sum(x != y for x, y in zip(a, b, strict=True)) for a, b in zip(TRUTH, CALLED, strict=True)]
    assert found.mean_wrong == pytest.approx(
        sum(w * k for w, k in zip(weight, wrong, strict=True)) / weight.sum()
    )
    by = [sum(w for w, k in zip(weight, wrong, strict=True) if k == count) for count in range(4)]
    assert found.rows_by_wrong == pytest.approx(np.array(by))
    every = [metrics.accuracy_score(TRUTH[:, i], CALLED[:, i], sample_weight=weight) for i in range(3)]
    assert found.mean_accuracy == pytest.approx(np.mean(every))
    assert found.expected_joint_accuracy == pytest.approx(np.prod(every))


@pytest.mark.parametrize("weighted", [False, True])
def test_each_output(weighted: bool) -> None:
    table, weight = multi_output_table(figures(weighted=weighted)), WEIGHT if weighted else None
    assert table["output"].tolist() == ["a", "b", "c"]
    assert table["classes"].tolist() == list(SIZES)
    for i, row in table.iterrows():
        truth, called = TRUTH[:, i], CALLED[:, i]
        asked = {"sample_weight": weight}
        assert row["accuracy"] == pytest.approx(metrics.accuracy_score(truth, called, **asked))
        assert row["f1_macro"] == pytest.approx(metrics.f1_score(truth, called, average="macro", **asked))
        assert row["balanced_accuracy"] == pytest.approx(
            metrics.balanced_accuracy_score(truth, called, **asked)
        )
        assert row["matthews_corrcoef"] == pytest.approx(metrics.matthews_corrcoef(truth, called, **asked))
        assert row["accuracy_low"] < row["accuracy"] < row["accuracy_high"]


def test_the_summary_has_an_interval_for_the_joint_accuracy() -> None:
    first = figures().summary[0]
    assert first.low < first.value < first.high
    assert [each.name for each in figures().summary] == [
        "joint_accuracy",
        "mean_accuracy",
        "mean_wrong",
        "expected_joint_accuracy",
    ]
