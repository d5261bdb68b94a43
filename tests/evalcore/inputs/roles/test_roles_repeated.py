"""Models below each other, epochs, folds: the same case more than once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.opening import open_predictions

N = 120
RNG = np.random.default_rng(7)
Y = RNG.integers(0, 2, N)
CASES = [f"case-{i:03d}" for i in range(N)]


def block(seed: int, **columns: object) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {"subject": CASES, "label": Y, "prob": np.clip(0.3 * Y + 0.7 * rng.random(N), 0, 1), **columns}
    )


def test_models_below_each_other_are_lined_up_by_case() -> None:
    shuffled = block(2, model="rf").sample(frac=1, random_state=1)
    table = pd.concat([block(1, model="lr"), shuffled], ignore_index=True)
    opened = open_predictions(table)
    assert (opened.models, opened.roles.model) == (("lr", "rf"), "model")
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    np.testing.assert_array_equal(opened.predictions.models[1].values, block(2)["prob"])
    np.testing.assert_array_equal(opened.predictions.rows, np.arange(N))


def test_models_below_each_other_without_an_id_are_lined_up_by_order() -> None:
    table = pd.concat(
        [block(i, classifier=name) for i, name in enumerate(("svm", "knn", "mlp"))], ignore_index=True
    )
    opened = open_predictions(table.drop(columns="subject"))
    assert opened.models == ("svm", "knn", "mlp")


def test_models_alternating() -> None:
    table = (
        pd.concat([block(1, model_id="a"), block(2, model_id="b")])
        .sort_index(kind="stable")
        .reset_index(drop=True)
    )
    opened = open_predictions(table)
    assert opened.models == ("a", "b")
    np.testing.assert_array_equal(opened.predictions.models[1].values, block(2)["prob"])


def test_a_case_that_one_model_lacks_is_left_out_and_counted() -> None:
    table = pd.concat([block(1, model="a"), block(2, model="b").iloc[3:]], ignore_index=True)
    opened = open_predictions(table)
    assert opened.predictions.truth.size == N - 3
    assert opened.predictions.omitted[0].rows == (1, 2, 3)


def test_models_that_judged_different_cases_are_asked_about() -> None:
    other = block(2, model="b").assign(subject=[f"other-{i}" for i in range(N)], label=1 - Y)
    opened = open_predictions(pd.concat([block(1, model="a"), other.iloc[:50]], ignore_index=True))
    assert opened.predictions.truth.size == N
    assert opened.questions[0].options == ("model=a", "model=b")
    second = open_predictions(opened.table, model="model=b")
    assert second.predictions.truth.size == 50


@pytest.mark.parametrize(
    ("epochs", "chosen"), [((0, 1, 2), "2"), (("0", "1", "best_validation_epoch"), "best_validation_epoch")]
)
def test_of_several_epochs_the_last_or_best_is_taken_and_asked_about(
    epochs: tuple[object, ...], chosen: str
) -> None:
    table = pd.concat([block(i, epoch=epoch) for i, epoch in enumerate(epochs)], ignore_index=True)
    opened = open_predictions(table)
    assert opened.predictions.truth.size == N
    np.testing.assert_array_equal(opened.predictions.models[0].values, block(2)["prob"])
    assert opened.questions[0].options[0] == f"epoch={chosen}"
    first = open_predictions(table, epoch=f"epoch={epochs[0]}")
    np.testing.assert_array_equal(first.predictions.models[0].values, block(0)["prob"])
    assert not first.questions
    everything = open_predictions(table, epoch="epoch=all rows")
    assert everything.predictions.truth.size == 3 * N
    assert open_predictions(table, roles=opened.roles).roles == opened.roles


def test_epochs_without_an_id() -> None:
    table = pd.concat([block(i, epoch=i) for i in range(3)], ignore_index=True).drop(columns="subject")
    opened = open_predictions(table)
    assert opened.predictions.truth.size == N
    assert opened.questions[0].role == "epoch"


def test_folds_of_a_cross_validation_are_pooled() -> None:
    opened = open_predictions(block(1, fold=np.arange(N) % 5))
    assert (opened.predictions.truth.size, opened.models, opened.roles.fold) == (N, ("prob",), "fold")
    assert not opened.warnings


def test_folds_that_all_judged_the_same_cases_stand_side_by_side() -> None:
    table = pd.concat([block(1, cv_fold=0), block(2, cv_fold=1)], ignore_index=True)
    opened = open_predictions(table)
    assert opened.models == ("fold 0", "fold 1")
    assert opened.predictions.truth.size == N
    assert any("model of its own" in warning for warning in opened.warnings)
    one = open_predictions(table, fold="cv_fold=1")
    np.testing.assert_array_equal(one.predictions.models[0].values, block(2)["prob"])


def test_a_tuning_parameter_that_repeats_every_case() -> None:
    table = pd.concat([block(i, mtry=i) for i in (2, 4)], ignore_index=True)
    assert open_predictions(table).models == ("mtry 2", "mtry 4")


def test_a_person_with_several_cases_is_warned_of() -> None:
    table = block(1).assign(patient_id=[f"p{i // 2}" for i in range(N)]).drop(columns="subject")
    opened = open_predictions(table)
    assert opened.predictions.truth.size == N
    assert any("not independent" in warning for warning in opened.warnings)


def test_several_classes_below_each_other() -> None:
    names = np.array(["ant", "bee", "cow"])
    truth = RNG.integers(0, 3, N)
    said = [np.where(RNG.random(N) < share, truth, 0) for share in (0.9, 0.6)]
    table = pd.concat(
        [
            pd.DataFrame({"id": CASES, "truth": names[truth], "pred": names[each], "model": m})
            for m, each in zip("ab", said, strict=True)
        ],
        ignore_index=True,
    )
    opened = open_predictions(table)
    assert (opened.task, opened.predictions.truth.size) == ("multiclass", N)
    assert [
        (each.labels == opened.predictions.truth).mean() for each in opened.predictions.models
    ] == pytest.approx([(each == truth).mean() for each in said])
