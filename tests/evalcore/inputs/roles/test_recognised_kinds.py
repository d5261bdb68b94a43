"""Kinds of layouts that real files taught, each as a few lines: right, or asked, or refused; never wrong in silence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation

CASES = 60


def asked(opened: Evaluation) -> set[str]:
    return {each.role for each in opened.questions}


def words(classes: tuple[str, ...] = ("billing", "other", "refund"), seed: int = 1) -> tuple[list[str], ...]:
    """A truth and three answers that are right in about 80, 70 and 60 of 100 cases."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(classes, CASES)
    answers = [
        np.where(rng.random(CASES) < right, truth, rng.choice(classes, CASES)) for right in (0.8, 0.7, 0.6)
    ]
    return (truth.tolist(), *(each.tolist() for each in answers))


def binary(seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, CASES)
    return truth, np.clip(0.3 * truth + 0.7 * rng.random(CASES), 0, 1).round(4)


def shares(truth: list[str], classes: tuple[str, ...], seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    raw = rng.random((CASES, len(classes))) + 0.8 * (np.array(truth)[:, None] == np.array(classes))
    return pd.DataFrame((raw / raw.sum(axis=1, keepdims=True)).round(6), columns=list(classes))


@pytest.mark.parametrize(
    ("truth", "answer"),
    [
        ("reference", "response"),
        ("expected", "response"),
        ("ground_truth", "answer"),
        ("ground_truth", "outputs"),
        ("human_label", "llm_label"),
        ("expert_rating", "judge_verdict"),
        ("expected_output", "actual_output"),
        ("actual_decision", "predicted_decision"),
        ("gold", "verdict.label"),
        ("etykieta_rzeczywista", "etykieta_przewidziana"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_words_of_answers_and_judges(truth: str, answer: str, turned: bool) -> None:
    actual, said, *_ = words()
    table = pd.DataFrame({truth: actual, answer: said})
    opened = open_predictions(table[[answer, truth]] if turned else table)
    assert (opened.roles.truth, opened.models) == (truth, (answer,))


def test_whether_they_agree_is_never_the_truth() -> None:
    actual, said, *_ = words()
    right = [one == other for one, other in zip(actual, said, strict=True)]
    opened = open_predictions(
        pd.DataFrame({"is_correct": right, "actual_decision": actual, "predicted_decision": said})
    )
    assert opened.roles.truth == "actual_decision"
    assert opened.models == ("predicted_decision",)


def test_several_models_in_columns_of_their_own() -> None:
    actual, *said = words()
    sex = np.random.default_rng(4).choice(["f", "m"], CASES)
    table = pd.DataFrame(
        {"gold": actual, "sex": sex, **dict(zip(("gpt4", "llama3", "mistral"), said, strict=True))}
    )
    assert open_predictions(table).models == ("gpt4", "llama3", "mistral")
    readers = words(("AF", "no AF"))
    table = pd.DataFrame(
        dict(zip(("gold_standard", "cardiologist", "gp", "algorithm_v3"), readers, strict=True))
    )
    assert open_predictions(table).models == ("cardiologist", "gp", "algorithm_v3")


def test_the_first_of_several_ranks_is_the_decision() -> None:
    actual, first, second, _ = words()
    chances = np.linspace(0.5, 0.9, CASES).round(3)
    opened = open_predictions(
        pd.DataFrame({"gt": actual, "rank1_label": first, "rank1_score": chances, "rank2_label": second,
                      "rank2_score": 1 - chances})
    )  # fmt: skip
    assert opened.models == ("rank1_label",)


@pytest.mark.parametrize("framed", ["{}", "prob_{}"])
def test_a_class_that_the_truth_lacks(framed: str) -> None:
    actual = words(("cat", "dog"))[0]
    table = shares(actual, ("cat", "dog", "giraffe")).rename(columns=framed.format)
    opened = open_predictions(table.assign(target=actual))
    assert opened.task == "multiclass"
    assert set(opened.predictions.classes) == {"cat", "dog", "giraffe"}
    wanted = (table.to_numpy().argmax(axis=1) == [("cat", "dog").index(each) for each in actual]).mean()
    model = opened.predictions.models[0]
    assert (model.labels == opened.predictions.truth).mean() == pytest.approx(wanted)


def test_a_truth_of_one_class_beside_columns_of_classes() -> None:
    table = shares(["dog"] * CASES, ("cat", "dog", "giraffe"))
    opened = open_predictions(table.assign(target="dog"))
    model = opened.predictions.models[0]
    assert (model.labels == opened.predictions.truth).mean() == pytest.approx(
        (table.to_numpy().argmax(axis=1) == 1).mean()
    )


def test_a_class_without_a_column_is_told() -> None:
    actual = words(("ant", "bee", "cow", "dog"))[0]
    table = shares(actual, ("ant", "bee", "cow")).add_prefix("p_")
    opened = open_predictions(table.assign(truth=actual))
    assert opened.task == "multiclass"
    assert any('"dog"' in each for each in opened.warnings)


def test_a_column_of_zeros_is_a_class_that_is_never_called() -> None:
    actual = words(("c0", "c1", "c2"))[0]
    table = shares(actual, ("c0", "c1")).assign(c2=0.0).add_prefix("p_")
    opened = open_predictions(table.assign(truth=actual))
    assert opened.models == ("p_c",) or opened.models == ("p",)
    assert opened.predictions.models[0].probabilities is not None


def test_a_denial_within_a_name_turns_no_score_round() -> None:
    truth, score = binary()
    opened = open_predictions(pd.DataFrame({"no_show": truth, "no_show_probability": score}))
    assert np.array_equal(opened.predictions.models[0].values, score)
    assert opened.roles.positive == "1"
    spelt = np.where(truth == 1, "yes", "no")
    opened = open_predictions(pd.DataFrame({"truth": spelt, "no_show_probability": score}))
    assert np.array_equal(opened.predictions.models[0].values, score)


def test_pairs_of_a_bare_name_and_its_outcome() -> None:
    columns = {}
    for place in range(4):
        truth, score = binary(place)
        columns |= {f"rd{place}_win": score, f"rd{place}_win_outcome": truth}
    opened = open_predictions(pd.DataFrame(columns))
    assert opened.task == "multilabel"
    assert len(opened.predictions.labels) == 4


def test_pairs_of_measured_numbers_are_a_regression() -> None:
    rng = np.random.default_rng(5)
    pixels = rng.choice([0, 12, 57, 230], CASES)
    guess = np.where(rng.random(CASES) < 0.5, pixels, rng.choice([0, 44, 61], CASES))
    table = pd.DataFrame(
        {"gt_pixels": pixels, "pred_pixels": guess, "gt_area": pixels * 100, "pred_area": guess * 100}
    )
    with pytest.raises(InputError, match="regression"):
        open_predictions(table)


def test_predicted_classes_that_the_flag_never_is() -> None:
    rng = np.random.default_rng(6)
    table = pd.DataFrame(
        {"predicted_class": rng.integers(1, 10, CASES), "flag_serious": rng.integers(0, 2, CASES)}
    )
    with pytest.raises(InputError, match="no truth"):
        open_predictions(table)


def test_few_rows_with_each_label_once() -> None:
    table = pd.DataFrame(
        {"true_label": ["healthy", "mild", "severe"], "predicted_label": ["healthy", "severe", "severe"]}
    )
    opened = open_predictions(table)
    assert (opened.roles.truth, opened.models) == ("true_label", ("predicted_label",))


def test_a_score_without_bounds_before_a_random_column() -> None:
    truth, _ = binary()
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"key": np.where(truth == 1, "spoof", "bonafide"), "cm": 3 * truth + rng.normal(size=CASES),
                          "u": rng.random(CASES)})  # fmt: skip
    opened = open_predictions(table)
    assert opened.roles.scores == ("cm",)
    assert "scores" in asked(opened)


def test_what_does_not_look_like_predictions() -> None:
    rng = np.random.default_rng(8)
    sales = pd.DataFrame({"Quantity": rng.integers(1, 90, 200), "Discount": rng.random(200).round(2),
                          "Returned": rng.integers(0, 2, 200)})  # fmt: skip
    with pytest.raises(InputError, match="does not look like predictions"):
        open_predictions(sales)
    stated = open_predictions(sales, truth="Returned", score="Discount")
    assert stated.task == "binary"


def test_a_cut_of_the_score_is_no_truth() -> None:
    _, score = binary()
    opened = open_predictions(pd.DataFrame({"probability": score, "flag": (score > 0.5).astype(int)}))
    assert opened.task == "scores"
    assert any("flag" in each for each in opened.warnings)


def test_two_columns_that_could_be_the_truth_are_asked_about() -> None:
    truth, score = binary()
    other = np.where(np.arange(CASES) % 10 == 0, 1 - truth, truth)
    opened = open_predictions(
        pd.DataFrame({"biopsy_malignant": truth, "followup_malignant": other, "ai_probability": score})
    )
    assert "truth" in asked(opened)


def test_numbers_of_classes_by_the_truth_alone_are_asked_about() -> None:
    actual = words(("clay", "loam", "sand", "silt"))[0]
    table = shares(actual, ("silt", "loam", "sand", "clay"))
    table.columns = [f"p_{place}" for place in range(4)]
    assert "scores" in asked(open_predictions(table.assign(texture=actual)))


def test_labels_that_are_fractions_are_decisions() -> None:
    truth, _ = binary()
    predicted = np.where(np.arange(CASES) % 5 == 0, 1 - truth, truth)
    opened = open_predictions(pd.DataFrame({"actual": truth / 2 + 0.5, "predicted": predicted / 2 + 0.5}))
    assert (np.asarray(opened.predictions.models[0].values) == predicted).all()


def test_lists_that_are_all_the_same_are_no_truth() -> None:
    truth, score = binary()
    table = pd.DataFrame({"y": np.where(truth == 1, "yes", "no"),
                          "probabilities": [[float(1 - each), float(each)] for each in score],
                          "labels": [["no", "yes"]] * CASES})  # fmt: skip
    opened = open_predictions(table)
    assert (opened.task, opened.roles.truth) == ("binary", "y")


def test_no_two_questions_speak_of_one_role() -> None:
    truth, score = binary()
    rng = np.random.default_rng(9)
    table = pd.DataFrame(
        {"y_true": truth, "a_score": 1 - score, "b_score": 1 - score * rng.uniform(0.9, 1, CASES)}
    )
    opened = open_predictions(table)
    assert len(opened.questions) == len(asked(opened))


@pytest.mark.parametrize("added", ["random", "count", "text", "date", "id"])
def test_an_unrelated_column_changes_nothing_or_asks(added: str) -> None:
    truth, score = binary()
    rng = np.random.default_rng(10)
    column = {
        "random": rng.random(CASES).round(4),
        "count": rng.integers(0, 40, CASES),
        "text": rng.choice(["north", "south"], CASES),
        "date": pd.date_range("2024-01-01", periods=CASES).astype(str),
        "id": np.arange(CASES) + 1000,
    }[added]
    actual, said, *_ = words()
    for table in (
        pd.DataFrame({"y_true": truth, "y_score": score}),
        pd.DataFrame({"label": truth, "prob_1": score, "prob_0": 1 - score}),
        pd.DataFrame({"reference": actual, "response": said}),
        shares(actual, ("billing", "other", "refund")).assign(truth=actual),
    ):
        first = open_predictions(table)
        for place in (0, len(table.columns)):
            wider = table.copy()
            wider.insert(place, "zz", column)
            again = open_predictions(wider)
            same = (again.task, again.roles.truth, again.models) == (
                first.task,
                first.roles.truth,
                first.models,
            )
            assert same or asked(again) > asked(first)
        turned = open_predictions(
            table[table.columns[::-1]].sample(frac=1, random_state=1, ignore_index=True)
        )
        assert (turned.task, turned.roles.truth, set(turned.models)) == (
            first.task,
            first.roles.truth,
            set(first.models),
        )
