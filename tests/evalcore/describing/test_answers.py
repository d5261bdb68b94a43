"""What each answer to a question gives, and answers that are taken again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from evalcore import numbers
from evalcore.describing import answers
from evalcore.describing.answers import answer_outcome, answer_words, answered_before, roles_answered
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation, Question, Roles
from tests.evalcore.inputs import test_published_layouts  # noqa: F401  fills the list
from tests.evalcore.inputs.published.simulated import PUBLISHED

ASKING = (
    "compas_scores",
    "face_pairs_by_distance",
    "long_table_of_labels",
    "predicted_index_and_confidence",
    "sonar_two_letters",
    "train_test_split_column",
    "two_raters_only",
    "weighted_survey",
)


def opened(name: str) -> Evaluation:
    return open_predictions(*PUBLISHED[name]().sources)


def test_the_figures_are_those_of_the_answer() -> None:
    read = opened("compas_scores")
    question = read.questions[0]
    assert question.role == "truth"
    for option in question.options:
        truth = read.table[option].to_numpy()
        area = roc_auc_score(truth, read.table["decile_score"])
        told = answer_outcome(read, question, option).told
        assert told == (
            f"ROC AUC {numbers.coefficient(area)}; {numbers.share(truth.mean())} of {truth.size} cases are “1”"
        )


def test_the_rows_are_the_same_and_tell_the_columns_apart() -> None:
    read = opened("compas_scores")
    question = read.questions[0]
    one, other = (answer_outcome(read, question, option).rows for option in question.options)
    assert len(one) == 3
    assert one.index.tolist() == other.index.tolist()
    assert (one["Truth"] != other["Truth"]).any()
    assert one["two_year_recid"].tolist() == [
        str(read.table["two_year_recid"].iloc[row - 1]) for row in one.index
    ]


@pytest.mark.parametrize("name", ASKING)
def test_every_answer_can_be_tried_and_what_was_taken_gives_what_is_shown(name: str) -> None:
    read = opened(name)
    assert read.questions
    for question in read.questions:
        outcomes = {option: answer_outcome(read, question, option) for option in question.options}
        assert outcomes[question.chosen].possible
        assert all(outcome.told for outcome in outcomes.values())
        assert len({answer_words(question, option) for option in question.options}) == len(question.options)
        roles = roles_answered(read.roles, question.role, question.chosen)
        again = open_predictions(read.table, roles=roles)
        assert again.predictions.subject == read.predictions.subject


def test_an_answer_that_cannot_be_says_why() -> None:
    read = opened("predicted_index_and_confidence")
    question = read.questions[0]
    outcome = answer_outcome(read, question, question.options[-1])
    assert not outcome.possible
    assert outcome.told.startswith("The file cannot be read so: ")


def test_a_large_file_is_tried_on_rows_spread_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_ROWS", 100)
    read = opened("sonar_two_letters")
    outcome = answer_outcome(read, read.questions[0], "R")
    assert "of 100 cases are “R”, of 100 rows spread over the file" in outcome.told
    cells = outcome.rows["obs"]
    assert cells.tolist() == [read.table["obs"].iloc[row - 1] for row in cells.index]


def test_answers_are_taken_again_where_they_are_asked_for() -> None:
    read = opened("compas_scores")
    again, taken = answered_before(read, {"truth": "is_violent_recid", "weight": "age", "positive": "7"})
    assert taken == {"truth": "is_violent_recid"}
    assert again.roles.truth == "is_violent_recid"
    assert "truth" not in {each.role for each in again.questions}
    confirmed, taken = answered_before(read, {"truth": "two_year_recid"})
    assert taken
    assert confirmed.questions == ()
    assert answered_before(read, {"truth": "gone"}) == (read, {})


def test_another_truth_lets_go_of_what_was_found_for_the_first() -> None:
    found = Roles(truth="a", scores=("p",), positive="yes", predicted_label="d")
    assert roles_answered(found, "truth", "b", {"weight": "w"}) == Roles(truth="b", weight="w")
    assert roles_answered(found, "positive", "no").scores == ("p",)


def test_answers_are_said_in_words() -> None:
    question = Question("predicted_label", "?", ("-d", "+d"), "-d")
    assert answer_words(question, "+d") == "No, the other way round"
    assert answer_words(Question("weight", "?", ("w", "none"), "w"), "none") == "Every row counts the same"
    assert answer_words(Question("truth", "?", ("-a", "b"), "-a"), "-a") == "The truth is in “-a”"

    pairs = ("p=a,q=b", "p=b,q=a")
    assert answer_words(Question("scores", "?", pairs, pairs[0]), pairs[1]) == "p=b,q=a"
    assert np.unique([answer_words(question, each) for each in question.options]).size == 2


def test_no_answers_change_nothing() -> None:
    read = open_predictions(pd.DataFrame({"label": [0, 1] * 9, "prob": [0.1, 0.8] * 9}))
    assert answered_before(read, {"truth": "prob"}) == (read, {})
