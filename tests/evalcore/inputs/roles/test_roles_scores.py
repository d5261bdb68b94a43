"""Scores of two classes: their unit, which way they point, and the file's own rule."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation

N = 400


def drawn(seed: int = 0, n: int = N) -> tuple[np.ndarray, np.ndarray]:
    """A truth and a probability that goes with it."""
    rng = np.random.default_rng(seed)
    truth = (rng.random(n) < 0.4).astype(int)
    return truth, np.clip(0.5 + 0.3 * (truth - 0.5) + 0.25 * rng.normal(size=n), 0.001, 0.999).round(4)


def noise(seed: int = 1, n: int = N) -> np.random.Generator:
    return np.random.default_rng(seed)


def asked(evaluation: Evaluation) -> set[str]:
    return {question.role for question in evaluation.questions}


Y, P = drawn()
HARD = (P >= 0.5).astype(int)


@pytest.mark.parametrize(
    ("name", "values", "kind", "threshold"),
    [
        ("probability", P, "probability", 0.5),
        ("prob_percent", P * 100, "percent", 50.0),
        ("probability", P * 100, "percent", 50.0),
        ("logit", np.log(P / (1 - P)), "logit", 0.0),
        ("log_prob", np.log(P), "log_probability", math.log(0.5)),
        ("decision_function", (P - 0.5) * 9000, "decision", 0.0),
        ("decile_score", np.ceil(P * 10), "ordinal", 5.5),
    ],
)
def test_kinds_of_score(name: str, values: np.ndarray, kind: str, threshold: float) -> None:
    model = open_predictions(pd.DataFrame({"label": Y, name: values})).predictions.models[0]
    assert model.kind == kind
    assert model.default_threshold == pytest.approx(threshold)
    np.testing.assert_array_equal(model.values, values)


def test_a_score_of_one_sign_flags_as_many_as_are_positive() -> None:
    model = open_predictions(
        pd.DataFrame({"label": Y, "score": 100 + 50 * P + noise().random(N)})
    ).predictions.models[0]
    assert model.kind == "decision"
    assert (model.values >= model.default_threshold).sum() == Y.sum()


def test_hard_labels_that_are_called_score() -> None:
    opened = open_predictions(pd.DataFrame({"id": range(N), "score": HARD.astype(float), "label_value": Y}))
    model = opened.predictions.models[0]
    assert (opened.roles.truth, opened.roles.predicted_label, model.kind) == (
        "label_value",
        "score",
        "hard_label",
    )


@pytest.mark.parametrize("threshold", [0.5, 0.8, 0.25])
def test_the_file_s_own_rule(threshold: float) -> None:
    rounded = P.round(2)
    opened = open_predictions(
        pd.DataFrame({"label": Y, "y_pred_proba": rounded, "y_pred": (rounded >= threshold).astype(int)})
    )
    assert opened.models == ("y_pred_proba",)
    model = opened.predictions.models[0]
    assert model.default_threshold == threshold
    assert "y_pred" in model.default_reason


def test_the_file_s_own_rule_on_log_probabilities() -> None:
    table = pd.DataFrame({"label": Y, "log_prob": np.log(P), "prediction": (P >= 0.5).astype(int)})
    assert open_predictions(table).predictions.models[0].default_threshold == pytest.approx(math.log(0.5))


def test_predictions_that_follow_no_threshold_are_a_model_of_their_own() -> None:
    said = HARD.copy()
    said[:30] = 1 - said[:30]
    opened = open_predictions(pd.DataFrame({"label": Y, "prob": P, "pred": said}))
    assert opened.models == ("prob", "pred")
    assert any("30 rows" in warning for warning in opened.warnings)


def test_an_anomaly_score_is_turned_and_said() -> None:
    low_is_fraud = 0.3 - P
    table = pd.DataFrame(
        {"Class": Y, "AnomalyScore": low_is_fraud, "AnomalyPrediction": np.where(P >= 0.5, -1, 1)}
    )
    opened = open_predictions(table)
    model = opened.predictions.models[0]
    np.testing.assert_allclose(model.values, -low_is_fraud)
    assert "turned" in model.note
    np.testing.assert_array_equal(model.values >= model.default_threshold, P >= 0.5)
    assert {question.options for question in opened.questions} == {
        ("-AnomalyScore", "+AnomalyScore"), ("-AnomalyPrediction", "+AnomalyPrediction"),
    }  # fmt: skip
    raw = open_predictions(table, score="+AnomalyScore", predicted_label="+AnomalyPrediction")
    np.testing.assert_array_equal(raw.predictions.models[0].values, low_is_fraud)
    assert not raw.questions


def test_a_probability_the_wrong_way_round_is_asked_about_not_turned() -> None:
    opened = open_predictions(pd.DataFrame({"label": Y, "prob": 1 - P}))
    np.testing.assert_allclose(opened.predictions.models[0].values, 1 - P)
    assert [question.options for question in opened.questions] == [("+prob", "-prob")]


def test_a_poor_model_is_not_turned() -> None:
    score = noise(3).normal(size=N)
    opened = open_predictions(pd.DataFrame({"label": Y, "score": score - 0.2 * Y}))
    np.testing.assert_array_equal(opened.predictions.models[0].values, score - 0.2 * Y)


def test_confidence_of_the_predicted_class() -> None:
    sure = np.maximum(P, 1 - P)
    names = np.array(["cat", "dog"])
    opened = open_predictions(
        pd.DataFrame({"label": names[Y], "pred": names[HARD], "confidence": sure}), positive="dog"
    )
    np.testing.assert_allclose(opened.predictions.models[0].values, np.where(HARD == 1, sure, 1 - sure))
    assert opened.predictions.models[0].kind == "probability"


def test_every_model_with_its_own_decisions() -> None:
    other = noise(8).random(N).round(3)
    table = pd.DataFrame({
        "label": Y, "rf_prob": P, "rf_pred": (P >= 0.7).astype(int), "lr_prob": other,
        "lr_pred": (other >= 0.3).astype(int),
    })  # fmt: skip
    models = open_predictions(table).predictions.models
    assert [(each.name, each.default_threshold) for each in models] == [("rf_prob", 0.7), ("lr_prob", 0.3)]


def test_percentages_written_with_their_sign() -> None:
    opened = open_predictions(pd.DataFrame({"label": Y, "prob": [f"{value * 100:.2f} %" for value in P]}))
    model = opened.predictions.models[0]
    assert (model.kind, model.default_threshold) == ("percent", 50.0)
    np.testing.assert_allclose(model.values, P * 100)
