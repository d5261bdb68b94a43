"""Several classes and several labels: which column speaks for which, in tables in the shape of real ones."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.labels import LabelPredictions

N = 300


def drawn(classes: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A truth and probabilities that go with it."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, N)
    logits = rng.normal(size=(N, classes)) + 2.0 * np.eye(classes)[truth]
    values = np.exp(logits)
    return truth, values / values.sum(axis=1, keepdims=True)


T, Q = drawn(3)
NAMES = np.array(["CN", "LMCI", "AD"])


def opened_classes(table: pd.DataFrame, **roles: object) -> ClassPredictions:
    opened = open_predictions(table, **roles)
    assert opened.task == "multiclass"
    assert isinstance(opened.predictions, ClassPredictions)
    return opened.predictions


@pytest.mark.parametrize(
    "pattern", ["{}", "prob_{}", "{}_prob", "P({})", "Probability: {}", "y_pred_proba_{}", "score[{}]"]
)
@pytest.mark.parametrize("shuffled", [False, True])
def test_a_column_for_each_class_in_any_naming_and_order(pattern: str, *, shuffled: bool) -> None:
    order = [2, 0, 1] if shuffled else [0, 1, 2]
    table = pd.DataFrame({"id": range(N), "obs": NAMES[T]})
    for place in order:
        table[pattern.format(NAMES[place])] = Q[:, place]
    found = opened_classes(table)
    assert found.classes == tuple(NAMES[order])
    np.testing.assert_array_equal(np.array(found.classes)[found.truth], NAMES[T])
    np.testing.assert_array_equal(found.models[0].probabilities, Q[:, order])


def test_classes_that_are_numbers() -> None:
    found = opened_classes(pd.DataFrame({"label": T, **{f"prob_{i}": Q[:, i] for i in range(3)}}))
    assert found.classes == ("0", "1", "2")
    np.testing.assert_array_equal(found.models[0].labels, Q.argmax(axis=1))


def test_ten_classes_of_which_the_truth_has_nine() -> None:
    truth, values = drawn(10, seed=3)
    truth[truth == 7] = 3
    found = opened_classes(pd.DataFrame({"label": truth, **{f"p{i}": values[:, i] for i in range(10)}}))
    assert found.classes == tuple(map(str, range(10)))
    assert found.models[0].probabilities is not None
    assert found.models[0].probabilities.shape == (N, 10)


def test_numbered_columns_and_named_classes_are_matched_by_the_predicted_label() -> None:
    table = pd.DataFrame({f"prob_class_{i}": Q[:, i] for i in range(3)})
    said = Q.argmax(axis=1)
    said[:9] = (said[:9] + 1) % 3
    opened = open_predictions(
        table.assign(true_label=NAMES[T], predicted_label=NAMES[said], diagnosis=NAMES[T])
    )
    assert opened.predictions.classes == ("CN", "LMCI", "AD")
    assert opened.roles.truth == "true_label"
    assert opened.models == ("prob_class", "predicted_label")
    assert any("9 rows" in warning for warning in opened.warnings)


def test_numbered_columns_in_the_order_of_the_labels() -> None:
    names = np.array(["ant", "bee", "cow"])
    opened = open_predictions(pd.DataFrame({"y_true": names[T], **{f"out_{i}": Q[:, i] for i in range(3)}}))
    assert opened.predictions.classes == ("ant", "bee", "cow")
    assert not opened.questions


def test_a_headerless_table_of_probabilities() -> None:
    table = pd.DataFrame({"column_1": T, **{f"column_{i + 2}": Q[:, i] for i in range(3)}})
    found = opened_classes(table)
    np.testing.assert_array_equal(found.models[0].labels, Q.argmax(axis=1))


def test_the_arg_max_and_the_predicted_label_are_one_model() -> None:
    table = pd.DataFrame(
        {"obs": NAMES[T], "pred": NAMES[Q.argmax(axis=1)], **dict(zip(NAMES, Q.T, strict=True))}
    )
    assert open_predictions(table).models == ("probabilities",)


def test_hard_labels_coded_as_text_of_numbers() -> None:
    said = Q.argmax(axis=1)
    found = opened_classes(
        pd.DataFrame({"true": T.astype(float), "pred": said, "name": [f"/data/{i}.npy" for i in range(N)]})
    )
    assert found.classes == ("0", "1", "2")
    np.testing.assert_array_equal(found.models[0].labels, said)


def test_class_numbers_against_class_names() -> None:
    said = Q.argmax(axis=1)
    opened = open_predictions(pd.DataFrame({"label": NAMES[T], "prediction": said}))
    np.testing.assert_array_equal(
        np.array(opened.predictions.classes)[opened.predictions.models[0].labels], NAMES[said]
    )
    assert [question.role for question in opened.questions] == ["predicted_label"]


def test_a_class_that_only_predictions_have_stays() -> None:
    said = NAMES[Q.argmax(axis=1)].astype(object)
    said[:5] = "abstain"
    opened = open_predictions(pd.DataFrame({"y_true": NAMES[T], "y_pred": said}))
    assert opened.predictions.classes == ("AD", "CN", "LMCI", "abstain")
    assert any("abstain" in warning for warning in opened.warnings)


def test_two_classes_with_an_abstention() -> None:
    said = np.where(Q[:, 0] > 0.5, "yes", "no").astype(object)
    said[:5] = "unsure"
    found = opened_classes(pd.DataFrame({"label": np.where(T == 0, "yes", "no"), "prediction": said}))
    assert found.classes == ("no", "yes", "unsure")


def test_confidence_of_the_predicted_class() -> None:
    table = pd.DataFrame({"label": NAMES[T], "pred": NAMES[Q.argmax(axis=1)], "confidence": Q.max(axis=1)})
    model = opened_classes(table).models[0]
    np.testing.assert_array_equal(model.confidence, Q.max(axis=1))


@pytest.mark.parametrize(
    ("name", "values"), [("logit", np.log(Q) + 3.0), ("log_prob", np.log(Q)), ("percent", Q * 100)]
)
def test_units_of_class_scores(name: str, values: np.ndarray) -> None:
    table = pd.DataFrame(
        {
            "label": NAMES[T],
            **{f"{name}_{each}": column for each, column in zip(NAMES, values.T, strict=True)},
        }
    )
    model = opened_classes(table).models[0]
    np.testing.assert_allclose(model.probabilities, Q)
    assert model.kind == "probability"
    assert model.note


def test_several_models_with_a_column_for_each_class() -> None:
    other = drawn(3, seed=9)[1]
    table = pd.DataFrame({"label": NAMES[T]})
    for model, values in (("rf", Q), ("lr", other)):
        for place, name in enumerate(NAMES):
            table[f"{model}_prob_{name}"] = values[:, place]
    assert [each.name for each in opened_classes(table).models] == ["rf", "lr"]


def test_lists_of_scores_in_a_cell() -> None:
    cells = [json.dumps(row) for row in Q.round(6).tolist()]
    found = opened_classes(pd.DataFrame({"label": T, "probs": cells, "pred": Q.round(6).argmax(axis=1)}))
    np.testing.assert_allclose(found.models[0].probabilities, Q.round(6))


def test_one_hot_truth_in_interleaved_pairs() -> None:
    table = pd.DataFrame({"season": 2018, "team1": [f"t{i % 32}" for i in range(N)]})
    for place, side in enumerate(("1", "tie", "2")):
        table[f"prob{side}"] = Q[:, place]
        table[f"prob{side}_outcome"] = (place == T).astype(int)
    found = opened_classes(table)
    assert found.classes == ("1", "tie", "2")
    np.testing.assert_array_equal(found.truth, T)


def test_a_row_of_no_class_is_left_out() -> None:
    hot = np.eye(3, dtype=int)[T]
    hot[4] = 0
    table = pd.DataFrame(
        {
            f"{kind}_{name}": values[:, i]
            for i, name in enumerate("abc")
            for kind, values in (("p", Q), ("true", hot))
        }
    )
    found = opened_classes(table)
    assert found.truth.size == N - 1
    assert found.omitted[0].rows == (5,)


def test_a_class_against_the_rest() -> None:
    found = opened_classes(pd.DataFrame({"label": NAMES[T], **dict(zip(NAMES, Q.T, strict=True))}))
    binary = found.against_rest("AD")
    np.testing.assert_array_equal(binary.truth, T == 2)
    np.testing.assert_array_equal(binary.models[0].values, Q[:, 2])
    assert (binary.positive, binary.negative) == ("AD", "not AD")


def test_one_score_for_three_classes_is_refused() -> None:
    with pytest.raises(InputError, match="3 classes"):
        open_predictions(pd.DataFrame({"label": NAMES[T], "score": Q[:, 0]}))


def test_stated_classes() -> None:
    table = pd.DataFrame({"label": NAMES[T], **{f"x{i}": Q[:, i] for i in range(3)}})
    found = opened_classes(table, score=[f"x{i}={name}" for i, name in enumerate(NAMES)])
    assert found.classes == tuple(NAMES)
    np.testing.assert_array_equal(found.models[0].probabilities, Q)


def opened_labels(table: pd.DataFrame) -> LabelPredictions:
    opened = open_predictions(table)
    assert opened.task == "multilabel"
    assert isinstance(opened.predictions, LabelPredictions)
    return opened.predictions


RNG = np.random.default_rng(4)
TAGS = RNG.integers(0, 2, (N, 3))
TAG_SCORES = np.clip(0.5 * TAGS + RNG.random((N, 3)) * 0.5, 0, 1).round(3)


@pytest.mark.parametrize(
    ("truth", "score"),
    [
        ("{}_label", "{}_prob"),
        ("label_{}", "prob_{}"),
        ("{}", "pred_{}"),
        ("true_{}", "{}_score"),
        ("y_true_{}", "y_pred_{}"),
    ],
)
def test_labels_in_pairs(truth: str, score: str) -> None:
    table = pd.DataFrame({"id": range(N)})
    for place, name in enumerate(("large", "odd", "red")):
        table[truth.format(name)] = TAGS[:, place]
        table[score.format(name)] = TAG_SCORES[:, place]
    found = opened_labels(table)
    assert found.labels == ("large", "odd", "red")
    np.testing.assert_array_equal(found.truth, TAGS)
    np.testing.assert_array_equal(found.models[0].scores, TAG_SCORES)
    np.testing.assert_array_equal(found.label("odd").models[0].values, TAG_SCORES[:, 1])


def test_numbered_labels_with_their_decisions() -> None:
    table = pd.DataFrame({"uid": [f"1.2.{i}" for i in range(N)]})
    for place in range(3):
        table[f"loc_prob_{place}"] = TAG_SCORES[:, place]
        table[f"loc_label_{place}"] = TAGS[:, place]
        table[f"loc_pred_{place}"] = (TAG_SCORES[:, place] >= 0.6).astype(int)
    found = opened_labels(table)
    assert found.labels == ("loc 0", "loc 1", "loc 2")
    np.testing.assert_allclose(found.models[0].thresholds, 0.6, atol=0.02)


@pytest.mark.parametrize("write", [json.dumps, str, "|".join])
def test_labels_in_lists(write: object) -> None:
    names = np.array(["large", "odd", "red"])
    cells = [write([str(name) for name in names[row == 1]]) for row in TAGS]  # type: ignore[operator]
    said = [write([str(name) for name in names[row >= 0.5]]) for row in TAG_SCORES]  # type: ignore[operator]
    table = pd.DataFrame(
        {"text": [f"some words {i}" for i in range(N)], "labels": cells, "predictions": said}
    )
    if write == "|".join:
        table = table[(table["labels"] != "") & (table["predictions"] != "")].reset_index(drop=True)
    found = opened_labels(table)
    assert found.labels == ("large", "odd", "red")
    if write != "|".join:
        np.testing.assert_array_equal(found.truth, TAGS)


def test_a_label_without_truth_leaves_the_row_out_for_that_label_only() -> None:
    table = pd.DataFrame(
        {
            "a_label": [1.0, 0.0, np.nan, 1.0, np.nan],
            "a_prob": [0.9, 0.2, 0.4, 0.6, 0.1],
            "b_label": [0, 1, 1, 1, np.nan],
            "b_prob": [0.1, 0.8, 0.7, 0.6, 0.2],
        }
    )
    found = opened_labels(table)
    assert found.rows.tolist() == [0, 1, 2, 3]
    assert found.omitted[0].rows == (5,)
    first, second = found.label("a"), found.label("b")
    assert first.rows.tolist() == [0, 1, 3]
    assert first.truth.tolist() == [1, 0, 1]
    assert first.models[0].values.tolist() == [0.9, 0.2, 0.6]
    assert first.omitted[-1].rows == (3,)
    assert second.rows.tolist() == [0, 1, 2, 3]
    opened = open_predictions(table)
    assert any("1 rows the truth of some label is missing" in each for each in opened.warnings)


@settings(max_examples=20, deadline=None)
@given(st.integers(3, 6), st.integers(0, 10_000))
def test_column_order_does_not_change_what_is_found(classes: int, seed: int) -> None:
    truth, values = drawn(classes, seed=seed)
    names = [f"kind{chr(97 + i)}" for i in range(classes)]
    table = pd.DataFrame(
        {"label": [names[i] for i in truth], **{f"prob_{name}": values[:, i] for i, name in enumerate(names)}}
    )
    order = np.random.default_rng(seed).permutation(table.shape[1])
    found = opened_classes(table.iloc[:, order])
    assert sorted(found.classes) == names
    for place, name in enumerate(found.classes):
        np.testing.assert_array_equal(found.models[0].probabilities[:, place], values[:, names.index(name)])


def test_predicted_classes_that_no_name_calls_so() -> None:
    truth = RNG.integers(0, 40, 2000)
    top = np.where(RNG.random(2000) < 0.7, truth, RNG.integers(0, 40, 2000))
    opened = open_predictions(pd.DataFrame({"label": truth, "top1": top, "top1_prob": RNG.random(2000)}))
    assert (opened.task, opened.roles.predicted_label) == ("multiclass", "top1")


def test_classes_without_predictions_are_refused() -> None:
    table = pd.DataFrame({"length": RNG.random(N) * 5, "width": RNG.random(N) * 3, "species": NAMES[T]})
    with pytest.raises(InputError, match="3 classes"):
        open_predictions(table)
