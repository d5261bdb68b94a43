"""What people said once and find again on every page: their own words, the goal, the prevalence."""

from __future__ import annotations

from evalcore.describing.plain_words import DEFAULT_WORDS, PlainWords
from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, current, phrases, state
from pages.ui.state import needs
from pages.ui.state.visitor import visitor

_WORDS, _GOAL = "words", "goal"


def spoken_words() -> PlainWords:
    """Return the words of the open evaluation; the usual ones where nobody said any."""
    return own_words() or DEFAULT_WORDS


def own_words() -> PlainWords | None:
    """Return people's own words: the session's or the link's, else those kept with the evaluation, else None."""
    return PlainWords.read(needs.words_said()) or PlainWords.read(_last(_WORDS) or "")


def subject(opened: Evaluation) -> str:
    """Say how many cases there are and how many of them are positive, in people's own words where they said some."""
    words, predictions = own_words(), opened.predictions
    return predictions.subject if words is None else words.subject(predictions.cases, predictions.positives)


def counted(number: int) -> str:
    """A number of cases as Markdown, in people's own words where they said some."""
    digits, _, word = spoken_words().count(number).partition(" ")
    return f"**{digits}** {phrases.plain(word)}"


def cell_meaning(cell: str) -> str:
    """Say what the cases of a cell are, in people's own words; empty where they said none."""
    words = own_words()
    return "" if words is None else f"{phrases.with_capital(words.cases)} that {words.of_many(cell)}."


def keep_words(words: PlainWords) -> None:
    """Use words from now on, and keep them with the evaluation.

    Raises
    ------
    InputError
        Where they cannot be kept.
    """
    needs.say_words(words.written())
    _enter(_WORDS, words.written())


def elsewhere() -> float | None:
    """Return the prevalence for which all is shown; None where it is that of the data."""
    return compute.prevalence_of(needs.prevalence_said())


def settle_goal() -> None:
    """Start with the goal that was kept with the evaluation, where neither the session nor the link has one."""
    kept = _last(_GOAL)
    if kept:
        needs.propose_goal(kept)


def keep_goal() -> None:
    """Keep the present goal with the evaluation: only the goal of the one who saved it, and only what is a goal."""
    said = needs.goal_said()
    if said == (_last(_GOAL) or "") or not compute.from_store(
        lambda store: store.is_owner(_identifier(), owner=visitor()), False
    ):
        return
    try:
        if said:
            Goal.parse(said)
        _enter(_GOAL, said)
    except InputError:
        return


def _identifier() -> str:
    return state.evaluation_id(current.default_evaluation())


def _last(kind: str) -> str | None:
    """The last entry of the one who saved the evaluation, or of this visitor; on a sample this visitor's."""
    entries = compute.from_store(lambda store: store.entries(_identifier(), owner=visitor()), ())
    mine = [each.text for each in entries if each.kind == kind and (each.own or each.keeper)]
    return mine[-1] if mine else None


def _enter(kind: str, text: str) -> None:
    compute.store().enter(_identifier(), kind, text, owner=visitor())
