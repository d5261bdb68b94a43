"""Questions about a file: what each answer gives, and what this visitor answered before."""

from __future__ import annotations

from evalcore.describing.answers import AnswerOutcome, answer_outcome, answered_before
from evalcore.predictions.evaluation import Evaluation, Question
from evalcore.sharing.store.store import EvaluationStore
from pages.ui.compute.evaluations import store
from pages.ui.compute.kept import kept


@kept(most=64, mebibytes=64)
def outcome_of(
    opened: Evaluation, question: Question, option: str, answers: tuple[tuple[str, str], ...]
) -> AnswerOutcome:
    """Open the table with one answer, on at most 20,000 rows, and tell what comes of it."""
    return answer_outcome(opened, question, option, dict(answers))


def answers_to(opened: Evaluation, *, owner: str) -> dict[str, str]:
    """Return what this visitor answered about files of these columns, by role."""
    return store().answers(_columns(opened), owner=owner)


def as_answered(place: EvaluationStore, opened: Evaluation, *, owner: str) -> Evaluation:
    """Read a file that was just opened as this visitor answered before.

    The store is handed over: in a thread of its own, as files are opened, nothing may speak to Streamlit.
    """
    if not opened.questions:
        return opened
    return answered_before(opened, place.answers(_columns(opened), owner=owner))[0]


def remember_answer(opened: Evaluation, role: str, answer: str, *, owner: str) -> None:
    """Keep an answer for files of these columns, for this visitor only."""
    known = answers_to(opened, owner=owner)
    store().remember_answers(_columns(opened), {**known, role: answer}, owner=owner)


def forget_answers(opened: Evaluation, *, owner: str) -> None:
    """Forget what this visitor answered about files of these columns."""
    store().remember_answers(_columns(opened), {}, owner=owner)


def _columns(opened: Evaluation) -> list[str]:
    return [str(name) for name in opened.table.columns]
