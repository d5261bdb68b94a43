"""The questions about a file: what each answer would give, three rows of it, and what was answered before."""

from __future__ import annotations

import time
from collections.abc import Mapping

import streamlit as st

from evalcore.describing.answers import AnswerOutcome, answer_words, roles_answered
from evalcore.errors import InputError
from evalcore.predictions.evaluation import Evaluation, Question, Roles
from pages.ui import compute, phrases, state
from pages.ui.state.visitor import visitor

#: Answers side by side, and those that are tried; more stand in a box to choose from.
A_ROW, TRIED = 3, 6
#: Seconds after which no further answer is tried in one run.
PATIENCE = 4.0
REMEMBERED = "Files with the same columns will be read the same way in this browser."


def questions_panel(opened: Evaluation) -> None:
    """Show each question with what its answers give; and what this visitor answered about files of these columns."""
    answers = compute.answers_to(opened, owner=visitor())
    end = time.monotonic() + PATIENCE
    for question in opened.questions:
        _question(opened, question, answers, end)
    _answered(opened, {role: said for role, said in answers.items() if hasattr(opened.roles, role)})


def _question(opened: Evaluation, question: Question, answers: Mapping[str, str], end: float) -> None:
    st.markdown(f"**{phrases.plain(question.text)}**")
    tried = question.options[:TRIED]
    for start in range(0, len(tried), A_ROW):
        row = tried[start : start + A_ROW]
        columns = st.columns(min(A_ROW, len(tried)))
        for column, option in zip(columns, row, strict=False):
            with column, st.container(border=True, height="stretch"):
                _option(opened, question, option, answers, end)
    if len(question.options) > TRIED:
        other = st.selectbox(
            "Or another",
            question.options[TRIED:],
            index=None,
            format_func=lambda option: answer_words(question, option, opened.predictions.positive),
            key=f"other_{question.role}_{opened.fingerprint}",
        )
        if other is not None:
            _take(opened, question, other, answers)


def _option(
    opened: Evaluation, question: Question, option: str, answers: Mapping[str, str], end: float
) -> None:
    chosen = option == question.chosen
    words = phrases.plain(answer_words(question, option, opened.predictions.positive))
    st.markdown(f"**{words}** :gray-badge[taken now]" if chosen else f"**{words}**")
    outcome = None
    if time.monotonic() < end:
        outcome = compute.outcome_of(opened, question, option, tuple(sorted(answers.items())))
    _outcome(outcome)
    if st.button(
        "Yes, that is right" if chosen else "Take this instead",
        key=f"answer_{question.role}_{question.options.index(option)}_{opened.fingerprint}",
        type="primary" if chosen else "secondary",
        disabled=outcome is not None and not outcome.possible,
        width="stretch",
    ):
        _take(opened, question, option, answers)


def _outcome(outcome: AnswerOutcome | None) -> None:
    if outcome is None:
        st.caption("Not tried: this file takes long to open.")
        return
    st.markdown(phrases.plain(phrases.sentence(outcome.told)))
    if len(outcome.rows):
        shown = outcome.rows.map(phrases.plain)
        st.table(shown.set_axis([phrases.plain(name) for name in shown.columns], axis="columns"))


def _take(opened: Evaluation, question: Question, answer: str, answers: Mapping[str, str]) -> None:
    """Read the file as answered, and remember the answer; what was there stays where that fails."""
    known = {role: said for role, said in answers.items() if hasattr(opened.roles, role)}
    roles = roles_answered(opened.roles, question.role, answer, known)
    _read(opened, roles, answered=question.role)
    compute.remember_answer(opened, question.role, answer, owner=visitor())
    state.leave_notice(f"Read as you answered. {REMEMBERED}")
    st.rerun()


def _read(opened: Evaluation, roles: Roles, *, answered: str | None = None) -> None:
    try:
        saved = compute.with_roles(state.evaluation_id(""), opened, roles, owner=visitor(), answered=answered)
    except InputError as error:
        st.error(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
        st.stop()
    state.choose_evaluation(saved.id)


def _answered(opened: Evaluation, answers: Mapping[str, str]) -> None:
    """Say what was answered, and offer to be asked again."""
    if not answers:
        return
    said = [
        answer_words(Question(role, "", (answer,), answer), answer, opened.predictions.positive)
        for role, answer in answers.items()
    ]
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.caption(phrases.plain(f"You answered for files with these columns: {'; '.join(said)}."))
    if right.button(
        "Ask me again",
        key=f"ask_again_{opened.fingerprint}",
        help="Forgets these answers, and all roles that were put right, and recognises the file anew.",
        width="stretch",
    ):
        _read(opened, Roles())
        compute.forget_answers(opened, owner=visitor())
        state.leave_notice("Your answers are forgotten, and the file was recognised anew.")
        st.rerun()
