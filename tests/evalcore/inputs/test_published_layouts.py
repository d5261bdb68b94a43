"""Layouts in which predictions are really published: each is understood without a word of help."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation
from tests.evalcore.inputs.published import (
    classes,
    companies,
    corners,
    decoys,
    fields,
    labels,
    platforms,
    refused,
    services,
    tools,
    wordings,
)
from tests.evalcore.inputs.published.simulated import PUBLISHED, Array, Layout


def two_classes(opened: Evaluation, layout: Layout) -> None:
    predictions = opened.predictions
    assert opened.roles.positive == layout.positive
    assert layout.actual is not None
    known = ~np.isnan(layout.actual.astype(float))
    assert predictions.positives == layout.actual[known].sum()
    wanted = [roc_auc_score(layout.actual[known], finite(each[known])) for each in layout.scores]
    named = by_name(opened, layout, len(wanted))
    found = [roc_auc_score(predictions.truth, finite(each.values)) for each in named]
    np.testing.assert_allclose(found, wanted, atol=1e-4)
    if len({round(each, 3) for each in wanted}) < len(
        wanted
    ):  # one model calibrated: told apart by its scores
        for model, scores in zip(named, layout.scores, strict=True):
            np.testing.assert_allclose(np.sort(model.values), np.sort(scores[known]), atol=1e-6)


def by_name(opened: Evaluation, layout: Layout, count: int) -> list[Any]:
    """The models in the layout's order, found by their names: models that were swapped are seen."""
    models = {each.name: each for each in opened.predictions.models}
    assert len(models) == len(opened.predictions.models) == count, opened.models
    if count == 1:
        return list(models.values())
    assert set(models) == set(layout.models), "a layout of several models says their names"
    return [models[name] for name in layout.models]


def finite(scores: Array) -> Array:
    return np.clip(scores, -1e9, 1e9)


def macro_auc(truth: Array, values: Array) -> float:
    return float(np.mean([roc_auc_score(truth == i, values[:, i]) for i in np.unique(truth)]))


def several_classes(opened: Evaluation, layout: Layout) -> None:
    predictions = opened.predictions
    assert layout.actual is not None
    assert set(layout.classes) <= set(predictions.classes)
    truth = np.array(predictions.classes, dtype=object)[predictions.truth]
    wanted = [float((each == layout.actual).mean()) for each in layout.decided]
    named = by_name(opened, layout, len(wanted))
    right = [float((each.labels == predictions.truth).mean()) for each in named]
    assert sorted(truth.tolist()) == sorted(layout.actual.tolist())
    np.testing.assert_allclose(right, wanted, atol=1e-9)
    given = [each.probabilities for each in named if each.probabilities is not None]
    codes = np.array([layout.classes.index(each) for each in layout.actual])
    np.testing.assert_allclose(
        [macro_auc(predictions.truth, each) for each in given],
        [macro_auc(codes, each) for each in layout.matrices],
        atol=1e-4,
    )


def several_labels(opened: Evaluation, layout: Layout) -> None:
    for label, (truth, score) in layout.labels.items():
        known = ~np.isnan(truth.astype(float)) & ~np.isnan(score)
        one = opened.predictions.label(label)
        assert one.cases == known.sum(), label
        assert roc_auc_score(one.truth, one.models[0].values) == pytest.approx(
            roc_auc_score(truth[known], score[known]), abs=1e-4
        )
    assert set(opened.predictions.labels) == set(layout.labels)


MODULES = (classes, companies, corners, decoys, fields, labels, platforms, refused, services, tools, wordings)
CHECKS = {"binary": two_classes, "multiclass": several_classes, "multilabel": several_labels}


def test_each_module_fills_the_list() -> None:
    made = {make.__module__ for make in PUBLISHED.values()}
    assert made == {module.__name__ for module in MODULES}


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published(name: str) -> None:
    layout = PUBLISHED[name]()
    if layout.refused:
        with pytest.raises(InputError, match=layout.refused):
            open_predictions(*layout.sources)
        return
    opened = open_predictions(*layout.sources)
    assert opened.task == layout.task
    if layout.truth is not None:
        assert opened.roles.truth == layout.truth
    CHECKS[layout.task](opened, layout)
    saved = open_predictions(opened.table, roles=opened.roles)
    assert saved.task == layout.task
    CHECKS[layout.task](saved, layout)
    asked = {question.role for question in opened.questions}
    assert asked >= layout.asked
    assert asked <= layout.asked | layout.may_ask, opened.questions
