"""The search over readings: what counts for and against a truth, and that no order of columns or rows matters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.describing.description import describe
from evalcore.errors import InputError
from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.recognition import weights
from evalcore.inputs.recognition.readings import search_readings
from evalcore.predictions.evaluation import Evaluation, Roles

CASES = 80
RNG = np.random.default_rng(11)
TRUTH = RNG.integers(0, 2, CASES)
SCORE = np.clip(0.35 * TRUTH + 0.65 * RNG.random(CASES), 0, 1).round(4)
CALLED = (SCORE >= 0.5).astype(int)
SHARES = RNG.dirichlet([0.4, 0.4, 0.4], CASES).round(4)
HIGHEST = np.array(["ant", "bee", "cow"])[SHARES.argmax(axis=1)]


def classes(**columns: object) -> pd.DataFrame:
    """The shares of three classes beside other columns."""
    return pd.DataFrame(columns).assign(p_ant=SHARES[:, 0], p_bee=SHARES[:, 1], p_cow=SHARES[:, 2])


def first(opened: Evaluation, role: str) -> tuple[str | None, list[str]]:
    """What was chosen in the question about a role, and its options."""
    found = [each for each in opened.questions if each.role == role]
    return (found[0].chosen, list(found[0].options)) if found else (None, [])


@pytest.mark.parametrize("name", ["y_true", "label", "Class", "flagged"])
def test_where_the_only_truth_is_a_cut_of_the_score_there_is_none(name: str) -> None:
    opened = open_predictions(pd.DataFrame({name: CALLED, "prob": SCORE}))
    assert opened.task == "scores"
    assert opened.roles.truth is None


def test_the_class_of_the_highest_share_is_no_truth_and_the_sentence_says_so() -> None:
    opened = open_predictions(classes(y_true=HIGHEST))
    assert opened.task == "scores"
    assert first(opened, "truth") == ("none", ["none", "y_true"])
    assert any("the class of the highest score" in each for each in opened.warnings)


def test_a_firm_truth_beside_a_called_prediction_stays_though_both_are_the_cut_and_is_asked_about() -> None:
    opened = open_predictions(pd.DataFrame({"y_true": CALLED, "y_pred": CALLED, "prob": SCORE}))
    assert (opened.roles.truth, opened.roles.predicted_label) == ("y_true", "y_pred")
    assert first(opened, "truth") == ("y_true", ["y_true", "none"])


def test_a_class_of_one_case_at_the_end_of_one_score_is_no_cut() -> None:
    truth = np.where(SHARES[:, 0] >= 0.5, "ant", "bee")
    truth[SHARES[:, 0].argmin()] = "cow"
    assert SHARES[SHARES[:, 0].argmin()].argmax() != 2
    opened = open_predictions(classes(truth=truth))
    assert (opened.task, opened.roles.truth) == ("multiclass", "truth")


@pytest.mark.parametrize("name", ["noise", "visits", "id"])
def test_a_number_that_says_nothing_is_no_score_of_lone_labels(name: str) -> None:
    rng = np.random.default_rng(3)
    number = {"noise": rng.random(CASES), "visits": rng.poisson(2.5, CASES), "id": np.arange(CASES)}[name]
    with pytest.raises(InputError, match="drop the file"):
        open_predictions(pd.DataFrame({"label": TRUTH, name: number}))


def test_the_best_of_many_numbers_ranks_by_chance() -> None:
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.normal(size=(CASES, 12)).round(3), columns=[f"V{i}" for i in range(12)])
    with pytest.raises(InputError):
        open_predictions(table.assign(Class=TRUTH, noise=rng.random(CASES).round(4)))


def test_beside_a_truth_that_stands_empty_no_count_is_taken_for_it() -> None:
    visits = np.random.default_rng(5).poisson(2.5, CASES)
    table = pd.DataFrame({"y_true": np.nan, "y_score": SCORE, "y_pred": CALLED, "visits": visits})
    opened = open_predictions(table)
    assert (opened.task, opened.roles.truth) == ("scores", None)


def test_the_shortest_name_of_two_decisions_tells_the_threshold_wherever_it_stands() -> None:
    columns = {"y_true": TRUTH, "prob": SCORE, "y_pred": CALLED, "y_pred_post": (SCORE >= 0.6).astype(int)}
    table = pd.DataFrame(columns)
    for each in (table, table.iloc[:, ::-1]):
        models = describe(open_predictions(each))["models"]
        assert models["prob"]["threshold"] == pytest.approx(0.5)


def test_a_constant_beside_a_prediction_is_none() -> None:
    table = pd.DataFrame(
        {
            "label": TRUTH,
            "probability.type": 1,
            "probability": SCORE,
            "rawPrediction.type": 1,
            "prediction": CALLED,
        }
    )
    opened = open_predictions(table)
    assert opened.roles.scores == ("probability",)
    assert opened.roles.predicted_label == "prediction"


def test_a_number_of_the_rows_does_not_hide_that_cases_come_with_each_seed() -> None:
    table = pd.DataFrame(
        {"seed": np.repeat([0, 1], CASES), "sample_id": np.tile(np.arange(CASES), 2), "label": np.tile(TRUTH, 2),
         "prob": np.concatenate([SCORE, SCORE[::-1]])}
    )  # fmt: skip
    named = table.assign(record_id=[f"r{i:04d}" for i in np.random.default_rng(6).permutation(len(table))])
    for each in (table, named):
        assert len(describe(open_predictions(each))["models"]) == 2


def test_the_best_reading_is_the_one_with_the_highest_sum() -> None:
    table = pd.DataFrame({"sex": ["f", "m"] * 40, "y": TRUTH, "prob": SCORE})
    search = search_readings(profile_table(table), Stated(Roles(), tuple(table)), frozenset())
    scores = [each.score for each in search.readings]
    assert scores == sorted(scores, reverse=True)
    assert search.readings[0].columns("truth") == ("y",)
    used = [name for each in search.readings[0].claims for name in each.columns]
    assert len(used) == len(set(used))


def test_what_was_stated_outweighs_everything() -> None:
    assert sum(abs(getattr(weights, name)) for name in weights.__all__ if name != "STATED") < weights.STATED


def _words(flags: np.ndarray) -> list[str]:
    return ["yes" if each else "no" for each in flags]


def _tables() -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(12)
    return {
        "truth, score, decision": pd.DataFrame(
            {"id": np.arange(CASES), "age": rng.integers(20, 90, CASES), "label": TRUTH, "prob": SCORE}
        ).assign(pred=CALLED),
        "no names": pd.DataFrame({"alpha": TRUTH, "beta": SCORE, "gamma": rng.normal(size=CASES).round(3)}),
        "classes": classes(kind=rng.choice(["ant", "bee", "cow"], CASES), site=rng.choice(["n", "s"], CASES)),
        "words": pd.DataFrame(
            {"gold": _words(TRUTH), "gpt": _words(CALLED), "text": [f"t {i}" for i in range(CASES)]}
        ),
        "two models": pd.DataFrame(
            {"target": TRUTH, "rf": SCORE, "xgb": (SCORE**2).round(4), "fold": np.arange(CASES) % 5}
        ),
    }


TABLES = _tables()


def told(table: pd.DataFrame) -> tuple[object, ...]:
    """What a table was read as: task, truth, scores and decisions without their order."""
    try:
        opened = open_predictions(table)
    except InputError as refused:
        return ("refused", str(refused)[:20])
    names = frozenset(name for each in opened.decisions if each.role == "score" for name in each.columns)
    asked = frozenset(each.role for each in opened.questions)
    return opened.task, opened.roles.truth, names, opened.roles.predicted_label, opened.roles.positive, asked


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_order_of_columns_or_rows_changes_the_reading(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    columns = data.draw(st.permutations(list(table)))
    rows = np.random.default_rng(data.draw(st.integers(0, 1000))).permutation(CASES)
    assert told(table[columns]) == told(table)
    assert told(table.iloc[rows].reset_index(drop=True)) == told(table)
