"""Two classes: which column is what, in tables in the shape of real ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation, Roles

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
    ("truth", "score"),
    [
        ("y_true", "y_score"), ("label", "prob"), ("target", "y_pred_proba"), ("true_label", "score"),
        ("actual", "probability"),
        ("y_test", "pred_proba"), ("ground_truth", "confidence"), ("outcome", "p"), ("class",
        "model_output"), ("obs", "yes_prob"),
        ("GroundTruth", "predProb"), ("gold_label", "sigmoid"), ("y", "pred"), ("Churn",
        "churn_probability"), ("clf_target", "P(1)"),
    ],
)  # fmt: skip
def test_usual_names(truth: str, score: str) -> None:
    opened = open_predictions(pd.DataFrame({"id": range(N), truth: Y, score: P}))
    assert opened.task == "binary"
    assert (opened.roles.truth, opened.roles.scores, opened.roles.positive) == (truth, (score,), "1")
    assert opened.roles.id == "id"
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    np.testing.assert_array_equal(opened.predictions.models[0].values, P)
    assert not opened.questions


def test_columns_in_any_order_and_among_features() -> None:
    rng = noise()
    table = pd.DataFrame({f"V{i}": rng.normal(size=N) for i in range(20)})
    table.insert(5, "y_prob", P)
    table.insert(11, "Class", Y)
    table["scaled"] = rng.random(N)
    table["flag"] = rng.integers(0, 2, N)
    opened = open_predictions(table)
    assert (opened.roles.truth, opened.roles.scores) == ("Class", ("y_prob",))
    assert opened.roles.groups == ("flag",)


def test_no_header_names() -> None:
    opened = open_predictions(pd.DataFrame({"column_1": Y, "column_2": P}))
    assert (opened.roles.truth, opened.roles.scores) == ("column_1", ("column_2",))


def test_unnamed_score_is_asked_about() -> None:
    rng = noise()
    opened = open_predictions(pd.DataFrame({"cancer": Y, "a": P, "b": rng.random(N), "c": rng.random(N)}))
    assert opened.roles.scores == ("a",)
    assert "scores" not in asked(opened) or opened.questions[0].options[0] == "a"


def test_a_domain_truth_is_found_by_how_it_goes_with_the_score() -> None:
    rng = noise()
    opened = open_predictions(
        pd.DataFrame(
            {"smoker": rng.integers(0, 2, N), "recidivated": Y, "prob": P, "age": rng.integers(18, 80, N)}
        )
    )
    assert opened.roles.truth == "recidivated"
    assert "smoker" in opened.roles.groups


def test_several_possible_truths_are_asked_about() -> None:
    near = Y.copy()
    near[:8] = 1 - near[:8]
    opened = open_predictions(
        pd.DataFrame({"is_recid": Y, "two_year_recid": near, "decile_score": np.ceil(P * 10).astype(int)})
    )
    assert opened.roles.truth in ("is_recid", "two_year_recid")
    question = next(each for each in opened.questions if each.role == "truth")
    assert set(question.options) == {"is_recid", "two_year_recid"}
    assert opened.predictions.models[0].kind == "ordinal"
    assert opened.predictions.models[0].default_threshold == 5.5


@pytest.mark.parametrize(
    ("negative", "positive"),
    [
        ("no", "yes"), ("ham", "spam"), ("benign", "malignant"), ("norm", "abnorm"), ("negative",
        "positive"), ("False", "True"),
        ("not hotdog", "hotdog"), ("good", "bad"), ("0", "1"), ("-1", "1"), ("control", "case"), ("neg",
        "pos"),
    ],
)  # fmt: skip
def test_labels_that_say_which_is_the_event(negative: str, positive: str) -> None:
    labels = np.where(Y == 1, positive, negative)
    opened = open_predictions(pd.DataFrame({"label": labels, "prob": P}))
    assert (opened.predictions.positive, opened.predictions.negative) == (positive, negative)
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    assert "positive" not in asked(opened)


def test_neutral_labels_are_asked_about_and_either_can_be_positive() -> None:
    labels = np.where(Y == 1, "dog", "cat")
    opened = open_predictions(pd.DataFrame({"label": labels, "score": P}))
    assert opened.predictions.positive == "dog"
    assert "positive" in asked(opened)
    other = open_predictions(pd.DataFrame({"label": labels, "score": P}), positive="cat")
    np.testing.assert_array_equal(other.predictions.truth, 1 - Y)
    np.testing.assert_allclose(other.predictions.models[0].values, 1 - P)
    assert "dog" in other.predictions.models[0].note


def test_the_positive_class_can_be_label_0() -> None:
    opened = open_predictions(pd.DataFrame({"label": Y, "prob": P}), positive="0")
    np.testing.assert_array_equal(opened.predictions.truth, 1 - Y)
    np.testing.assert_allclose(opened.predictions.models[0].values, 1 - P)


def test_a_score_for_label_0_is_not_turned_when_0_is_positive() -> None:
    opened = open_predictions(pd.DataFrame({"label": Y, "prob": 1 - P}), positive=0)
    np.testing.assert_allclose(opened.predictions.models[0].values, 1 - P)


def test_a_column_for_each_class() -> None:
    labels = np.where(Y == 1, "Class2", "Class1")
    table = pd.DataFrame(
        {"truth": labels, "Class1": 1 - P, "Class2": P, "predicted": np.where(P >= 0.5, "Class2", "Class1")}
    )
    opened = open_predictions(table)
    assert opened.models == ("Class1",)
    assert opened.roles.scores == ("Class1", "Class2")
    assert "positive" in asked(opened)
    other = open_predictions(
        table, roles=opened.roles.__class__(**{**vars(opened.roles), "positive": "Class2"})
    )
    assert other.models == ("Class2",)
    np.testing.assert_array_equal(other.predictions.models[0].values, P)


@pytest.mark.parametrize(
    ("zero", "one"), [("prob_0", "prob_1"), ("proba_neg", "proba_pos"), ("0", "1"), ("p(no)", "p(yes)")]
)
def test_two_probability_columns_are_one_model(zero: str, one: str) -> None:
    labels = np.where(Y == 1, "yes", "no") if "yes" in one else Y
    opened = open_predictions(pd.DataFrame({"label": labels, zero: 1 - P, one: P}))
    assert opened.models == (one,)
    assert opened.roles.positive in ("1", "yes")


def test_two_logit_columns_get_a_softmax() -> None:
    opened = open_predictions(pd.DataFrame({"label": Y, "logit_0": -4 * P, "logit_1": 4 * P - 4}))
    model = opened.predictions.models[0]
    np.testing.assert_allclose(model.values, 1 / (1 + np.exp(-(8 * P - 4))))
    assert (model.kind, model.note) == ("probability", "softmax of the columns")


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        (Y.astype(float), HARD), (Y, HARD.astype(bool)), (np.where(Y == 1, "Yes", "No"),
        np.where(HARD == 1, " yes", "no ")),
        (np.where(Y == 1, 1, -1), HARD), (np.where(Y == 1, "True", "False"), HARD),
        (np.where(Y == 1, "pos", "neg"), HARD), (Y, np.where(HARD == 1, "1.0", "0.0")),
    ],
)  # fmt: skip
def test_truth_and_prediction_coded_differently(truth: Any, said: Any) -> None:
    opened = open_predictions(pd.DataFrame({"y_true": truth, "y_pred": said}))
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    np.testing.assert_array_equal(opened.predictions.models[0].values, HARD)


def test_class_numbers_against_names() -> None:
    good = np.where(noise(5).random(N) < 0.9, Y, 1 - Y)
    opened = open_predictions(pd.DataFrame({"label": np.where(Y == 1, "dog", "cat"), "pred": good}))
    np.testing.assert_array_equal(
        opened.predictions.models[0].values, good if opened.roles.positive == "dog" else 1 - good
    )
    assert "predicted_label" in asked(opened)


def test_third_values_are_left_out_and_said() -> None:
    truth = Y.astype(float)
    truth[[4, 9]] = 0.5
    opened = open_predictions(pd.DataFrame({"prob1_outcome": truth, "prob1": P}))
    assert opened.predictions.truth.size == N - 2
    assert (opened.predictions.omitted[0].count, opened.predictions.omitted[0].rows) == (2, (5, 10))
    assert "0.5" in opened.predictions.omitted[0].reason


def test_two_sides_of_one_event() -> None:
    opened = open_predictions(
        pd.DataFrame({"prob1": P, "prob1_outcome": Y, "prob2": 1 - P, "prob2_outcome": 1 - Y})
    )
    assert opened.task == "binary"
    assert (opened.roles.truth, opened.models) == ("prob1_outcome", ("prob1",))


def test_neither_name_says_which_is_the_truth() -> None:
    names = np.array(["norm", "abnorm"])
    opened = open_predictions(
        pd.DataFrame({"rownames": range(N), "tissue": names[Y], "imaging": names[HARD]})
    )
    assert (opened.roles.truth, opened.roles.predicted_label) == ("tissue", "imaging")
    question = next(each for each in opened.questions if each.role == "truth")
    assert question.options == ("tissue", "imaging")
    answered = open_predictions(opened.table, roles=Roles(**{**vars(opened.roles), "truth": "imaging"}))
    assert answered.roles.predicted_label == "tissue"


def test_models_side_by_side() -> None:
    rng = noise()
    table = pd.DataFrame(
        {
            "y_true": Y,
            "lr_proba": P,
            "rf_proba": np.clip(P + 0.1 * rng.normal(size=N), 0, 1),
            "never_proba": 0.0,
        }
    )
    opened = open_predictions(table.assign(best_prediction=HARD, test_weight=rng.random(N) * 1000))
    assert opened.models == ("lr_proba", "rf_proba", "never_proba")
    assert opened.roles.weight == "test_weight"
    assert opened.predictions.weights is not None
    assert next(each for each in opened.questions if each.role == "weight").options == ("test_weight", "none")
    assert open_predictions(opened.table, weight="none").predictions.weights is None


def test_a_body_weight_is_not_a_case_weight() -> None:
    rng = noise()
    table = pd.DataFrame(
        {
            "height": rng.normal(170, 9, N),
            "weight": rng.normal(70, 9, N),
            "glucose": rng.normal(size=N),
            "outcome": Y,
            "prob": P,
        }
    )
    opened = open_predictions(table)
    assert opened.roles.weight is None
    assert "weight" in asked(opened)
    assert open_predictions(table.rename(columns={"weight": "birth_weight"})).questions == ()


def test_fold_split_and_group_columns() -> None:
    rng = noise()
    table = pd.DataFrame({
        "label": Y, "prob": P, "cv_fold": rng.integers(0, 5, N), "subset": rng.choice(["val", "test"], N),
        "site": rng.choice(["A", "B", "C"], N), "image_path": [f"img/{i}.png" for i in range(N)],
    })  # fmt: skip
    roles = open_predictions(table).roles
    assert (roles.fold, roles.split, roles.groups, roles.image) == (
        "cv_fold",
        "subset",
        ("site",),
        "image_path",
    )


def test_training_rows_are_warned_of() -> None:
    split = noise().choice(["train", "test"], N)
    opened = open_predictions(pd.DataFrame({"label": Y, "prob": P, "split": split}))
    assert any("flatter" in warning for warning in opened.warnings)
    only = open_predictions(opened.table, split="split=test")
    assert only.predictions.truth.size == (split == "test").sum()


def test_one_class_only() -> None:
    opened = open_predictions(pd.DataFrame({"label": np.zeros(10, dtype=int), "prob": P[:10]}))
    assert (opened.predictions.positive, opened.predictions.negative) == ("1", "0")
    assert any("undefined" in warning for warning in opened.warnings)


def test_regression_is_refused() -> None:
    rng = noise()
    with pytest.raises(InputError, match="regression"):
        open_predictions(pd.DataFrame({"y_true": rng.normal(size=N), "y_pred": rng.normal(size=N)}))
    with pytest.raises(InputError, match="regression"):
        open_predictions(
            pd.DataFrame({"smiles": [f"C{i}" for i in range(N)], "logSolubility": rng.normal(size=N) - 3})
        )


def test_finished_metrics_are_refused() -> None:
    table = pd.DataFrame(
        {
            "model": ["a", "b", "c"],
            "Accuracy": [0.9, 0.8, 0.7],
            "AUC": [0.9, 0.8, 0.7],
            "F1-score": [0.9, 0.8, 0.7],
        }
    )
    with pytest.raises(InputError, match="finished metrics"):
        open_predictions(table)


def test_a_grid_search_is_refused() -> None:
    table = pd.DataFrame(
        {
            "param_C": [1, 2, 3],
            "mean_test_score": [0.9, 0.8, 0.7],
            "std_test_score": [0.1, 0.1, 0.2],
            "rank_test_score": [1, 2, 3],
        }
    )
    with pytest.raises(InputError, match="finished metrics"):
        open_predictions(table)


def test_free_text_is_refused() -> None:
    lines = [f"2024-01-0{i % 9 + 1} worker {i} finished its job after {i * 3} seconds" for i in range(50)]
    with pytest.raises(InputError, match="free text"):
        open_predictions(pd.DataFrame({"line": lines}))


def test_labels_alone_are_refused() -> None:
    with pytest.raises(InputError, match="nothing to compare it with"):
        open_predictions(
            pd.DataFrame(
                {"pairID": [f"ex{i}" for i in range(N)], "gold_label": np.where(Y == 1, "yes", "no")}
            )
        )


def test_scores_alone_can_still_be_looked_at() -> None:
    opened = open_predictions(pd.DataFrame({"id": range(N), "prob": P}))
    assert (opened.task, opened.models) == ("scores", ("prob",))
    assert any("no truth" in warning for warning in opened.warnings)
    assert open_predictions(pd.DataFrame({"column_1": 1 - P, "column_2": P})).models == ("column_2",)


def test_stated_columns_that_do_not_exist_are_told_with_their_neighbours() -> None:
    with pytest.raises(InputError, match='"prob"'):
        open_predictions(pd.DataFrame({"label": Y, "prob": P}), score="probb")
    with pytest.raises(InputError, match="no role"):
        open_predictions(pd.DataFrame({"label": Y, "prob": P}), scroe="prob")
    with pytest.raises(InputError, match="positive class"):
        open_predictions(pd.DataFrame({"label": Y, "prob": P}), positive="2")


def test_several_columns_of_decisions_are_several_models() -> None:
    other = np.where(noise(8).random(N) < 0.8, Y, 1 - Y)
    opened = open_predictions(pd.DataFrame({"label": Y, "rf_pred": HARD, "lr_pred": other}))
    assert opened.models == ("rf_pred", "lr_pred")
    assert open_predictions(opened.table, roles=opened.roles).models == opened.models
    assert open_predictions(opened.table, scores=("lr_pred",), predicted_label="").models == ("lr_pred",)


def test_labels_that_no_class_answers_to_are_refused() -> None:
    with pytest.raises(InputError, match="nothing to be compared with"):
        open_predictions(
            pd.DataFrame({"label": Y, "pred": np.array(list("wxyz"))[noise().integers(0, 4, N)]}),
            task="binary",
        )


def test_predicted_labels_with_a_word_before_the_number() -> None:
    sure = np.maximum(P, 1 - P)
    table = pd.DataFrame({"label": Y, "pred_label": np.where(HARD == 1, "LABEL_1", "LABEL_0"), "score": sure})
    opened = open_predictions(table)
    np.testing.assert_allclose(opened.predictions.models[0].values, np.where(HARD == 1, sure, 1 - sure))
    assert not opened.questions


def test_scores_that_are_called_after_their_learner() -> None:
    rng = noise(9)
    opened = open_predictions(
        pd.DataFrame({"label": Y, "ResNet50": P, "ViT": rng.random(N), "xgb_v2": rng.random(N)})
    )
    assert opened.models == ("ResNet50", "ViT", "xgb_v2")


def test_two_readers_of_every_case() -> None:
    other = np.where(noise(8).random(N) < 0.8, Y, 1 - Y)
    opened = open_predictions(
        pd.DataFrame({"case": range(N), "ground_truth": Y, "reader1": HARD, "reader2": other})
    )
    assert opened.models == ("reader1", "reader2")


def test_a_table_of_features_is_refused() -> None:
    rng = noise(2)
    table = pd.DataFrame({f"f{i}": rng.normal(size=N) for i in range(6)}).assign(target=Y)
    with pytest.raises(InputError, match="too many could be"):
        open_predictions(table)


def test_a_feature_that_has_nothing_to_do_with_the_score_is_no_truth() -> None:
    table = pd.DataFrame(
        {
            "prob": noise(2).random(N),
            "smoker": noise(3).integers(0, 2, N),
            "age": noise(4).integers(20, 70, N),
        }
    )
    assert open_predictions(table).task == "scores"
