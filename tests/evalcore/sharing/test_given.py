"""Names that are kept with an evaluation, and answers that are kept for a visitor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evalcore.describing.naming import NO_NAMES, Names
from evalcore.errors import InputError
from evalcore.predictions.evaluation import Evaluation, Question, Roles
from evalcore.sharing.store.store import EvaluationStore

NAMES = Names((("spam", "Unwanted <b>mail</b>"),), (("prob", "Random forest"),))
COLUMNS = ("label", "prob")


def test_names_are_kept_with_the_evaluation_and_go_with_it(
    make_store: Callable[..., EvaluationStore], evaluation: Evaluation
) -> None:
    store = make_store()
    saved = store.save(evaluation, owner="ann")
    assert store.names(saved.id) == NO_NAMES
    store.give_names(saved.id, NAMES, owner="ann")
    again = make_store()
    assert again.names(saved.id) == NAMES
    assert again.open(saved.id).predictions.positive == "spam"
    assert again.save(evaluation, owner="ann").id == saved.id
    assert again.names(saved.id) == NAMES
    again.give_names(saved.id, NO_NAMES, owner="ann")
    assert again.names(saved.id) == NO_NAMES
    again.give_names(saved.id, NAMES, owner="ann")
    again.delete(saved.id, owner="ann")
    assert again.names(saved.id) == NO_NAMES


def test_only_the_owner_names_what_is_in_an_evaluation(
    store: EvaluationStore, evaluation: Evaluation
) -> None:
    saved = store.save(evaluation, owner="ann")
    for identifier, owner in ((saved.id, "bob"), ("A" * 22, "ann")):
        with pytest.raises(InputError):
            store.give_names(identifier, NAMES, owner=owner)
    assert store.names(saved.id) == NO_NAMES
    assert store.names("../../etc") == NO_NAMES


def test_answers_are_one_visitors_and_of_the_same_columns(make_store: Callable[..., EvaluationStore]) -> None:
    store = make_store()
    store.remember_answers(COLUMNS, {"truth": "label"}, owner="ann")
    again = make_store()
    assert again.answers(reversed(COLUMNS), owner="ann") == {"truth": "label"}
    assert again.answers(COLUMNS, owner="bob") == {}
    assert again.answers((*COLUMNS, "more"), owner="ann") == {}
    again.remember_answers(COLUMNS, {}, owner="bob")
    assert again.answers(COLUMNS, owner="ann") == {"truth": "label"}
    again.remember_answers(COLUMNS, {}, owner="ann")
    assert again.answers(COLUMNS, owner="ann") == {}


def test_answers_that_were_not_given_anew_for_long_go(store: EvaluationStore, clock: object) -> None:
    store.remember_answers(COLUMNS, {"truth": "label"}, owner="ann")
    clock.forward(days=20)
    store.sweep_expired()
    assert store.answers(COLUMNS, owner="ann")
    clock.forward(days=11)
    store.sweep_expired()
    assert store.answers(COLUMNS, owner="ann") == {}


def test_a_question_that_was_answered_is_not_asked_again(
    store: EvaluationStore, evaluation: Evaluation
) -> None:
    asked = (
        Question("truth", "Which?", ("label", "group"), "label"),
        Question("weight", "Which?", ("a", "b"), "a"),
    )
    saved = store.save(replace(evaluation, questions=asked), owner="ann")
    store.update_roles(saved.id, evaluation.roles, owner="ann", answered="truth")
    assert [each.role for each in store.open(saved.id).questions] == ["weight"]
    store.update_roles(saved.id, replace(evaluation.roles, weight=None), owner="ann")
    assert [each.role for each in store.open(saved.id).questions] == ["weight"]
    assert store.save(replace(evaluation, questions=asked), owner="ann").id == saved.id
    assert len(store.open(saved.id).questions) == 2
    store.update_roles(saved.id, Roles(truth="label"), owner="ann")
    assert store.open(saved.id).roles.truth == "label"
