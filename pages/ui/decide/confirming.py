"""Choose on one part, lock the choice, and confirm it on another part that had no say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.locking import LOCKED, OPENED, LockedChoice, LockState, lock_state
from evalcore.metrics.goals.validation import Confirmation, confirm, objective_of
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.rates.intervals import INTERVAL_METRICS
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.numbers import UNDEFINED, points, share, share_within, signed
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.store.ledger import Entry
from pages.ui import compute, current, phrases, remembered, state
from pages.ui.state.visitor import visitor

_FIGURES = ("recall", "precision", "false_positive_rate", "accuracy")
_CHOOSING = ("validation", "valid", "val", "dev", "train", "training")
_TESTING = ("test", "holdout", "eval")


def confirming_panel(opened: Evaluation, model: str, column: str, goal: Goal) -> tuple[str, str] | None:
    """Show the choice, its lock and what it keeps; return the names of the part that chooses and of the test part."""
    st.subheader("Choose on one part, confirm on another", anchor=False)
    parts = compute.parts_of(opened, model, column)
    if len(parts) < 2:
        st.caption("There is only one part in these rows.")
        return None
    left, right = st.columns(2)
    names = list(parts)
    usual = _named(names, _TESTING) or names[-1]
    testing = right.selectbox("Confirm on", names, index=names.index(usual), key="testing_part")
    history = _history()
    subject = (opened.fingerprint, model, column, testing)
    lock = lock_state(_choices(history), subject)
    rest = [name for name in names if name != testing]
    held = lock.choice is not None and lock.choice.choosing in rest
    first = lock.choice.choosing if held and lock.choice else _named(rest, _CHOOSING) or rest[0]
    choosing = left.selectbox(
        "Choose on", rest, index=rest.index(first), disabled=held, key=f"choosing_part_{testing}_{held}"
    )
    if held and lock.choice is not None:
        _locked(parts, lock.choice, lock, goal)
    else:
        _open(parts, LockedChoice(*subject[:3], choosing, testing, str(goal), 0.0), lock)
    _record(history, subject)
    return choosing, testing


def _named(names: Sequence[str], words: tuple[str, ...]) -> str | None:
    """The part whose name is one of some words, or begins or ends with it (as a file's does)."""
    said = {name: name.strip().casefold().rsplit(".", 1)[0].replace("-", "_") for name in names}
    for word in words:
        for name, text in said.items():
            if text == word or text.startswith(f"{word}_") or text.endswith(f"_{word}"):
                return name
    return None


def _history() -> tuple[Entry, ...]:
    identifier = state.evaluation_id(current.default_evaluation())
    return compute.from_store(lambda store: store.entries(identifier, owner=visitor()), ())


def _choices(history: Sequence[Entry]) -> list[tuple[str, LockedChoice]]:
    found = []
    for each in history:
        choice = LockedChoice.read(each.text) if each.kind in (LOCKED, OPENED) else None
        if choice is not None:
            found.append((each.kind, choice))
    return found


def _enter(kind: str, choice: LockedChoice) -> None:
    identifier = state.evaluation_id(current.default_evaluation())
    try:
        compute.store().enter(identifier, kind, choice.written(), owner=visitor())
    except InputError as error:
        st.toast(phrases.plain(phrases.sentence(str(error))))


def _open(
    parts: Mapping[str, ThresholdSweep],
    asked: LockedChoice,
    lock: LockState,
) -> None:
    """Show what the goal would choose; of the test part nothing."""
    goal = Goal.parse(asked.goal)
    try:
        found = confirm(parts[asked.choosing], parts[asked.testing], goal)
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/block:")
        return
    choice = replace(asked, threshold=found.threshold)
    st.markdown(
        phrases.plain(
            f"On “{asked.choosing}” the goal chooses {found.threshold:.6g}: {_told(found.promised)} (optimistic: "
            f"chosen on these rows). What it does on “{asked.testing}” is shown once the choice is locked, so that the "
            "test part does not choose."
        )
    )
    if lock.opened:
        st.warning(
            phrases.plain(
                f"“{asked.testing}” has been looked at before ({_times(lock.opened)}): what it shows next is no longer "
                "an independent confirmation."
            ),
            icon=":material/visibility:",
        )
    st.button(
        "Lock the choice and look",
        icon=":material/lock:",
        on_click=_enter,
        args=(LOCKED, choice),
        key="lock",
        type="primary",
        help="It is written down with the evaluation: everyone who has the link sees that, and when, it was locked.",
    )


def _told(point: Confusion) -> str:
    return ", ".join(f"{METRICS[name].label.lower()} {share(float(point.value(name)))}" for name in _FIGURES)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _locked(parts: Mapping[str, ThresholdSweep], choice: LockedChoice, lock: LockState, wanted: Goal) -> None:
    """Show what was promised and what is kept, at the locked threshold alone."""
    goal = Goal.parse(choice.goal)
    chose, other = parts[choice.choosing], parts[choice.testing]
    kept = other.at(choice.threshold)
    found = Confirmation(goal, choice.threshold, chose.at(choice.threshold), kept, other.squares(kept))
    said = f"Locked at {choice.threshold:.6g} for “{choice.goal}”. "
    if found.broken:
        st.error(
            phrases.plain(f"{said}“{choice.testing}” does not keep {' and '.join(found.broken)}."),
            icon=":material/lock:",
        )
    else:
        verdict = (
            f"“{choice.testing}” keeps the goal."
            if goal.constraints
            else f"{phrases.sentence(objective_of(goal).label)[:-1]} was made best on “{choice.choosing}”."
        )
        st.success(phrases.plain(said + verdict), icon=":material/lock:")
    st.dataframe(
        [
            {
                "": METRICS[name].label,
                f"promised on {choice.choosing}": _sure(chose, found.promised, name),
                f"kept on {choice.testing}": _sure(other, found.kept, name),
                "lost": signed(found.optimism(name), points),
                "95 % interval of the loss": _lost(found, name, chose, other),
            }
            for name in _shown(goal)
        ],
        hide_index=True,
        key="confirmed",
        placeholder=UNDEFINED,
    )
    words = remembered.spoken_words()
    told = " ".join(words.in_a_thousand(kept).values())
    st.markdown(phrases.plain(f"Of 1,000 {words.cases} like those of “{choice.testing}”: {told}"))
    st.caption(
        "In brackets: 95 % intervals. Those of the part that chose are optimistic: chosen on these rows. In "
        "simulations of 100 to 1,000 cases, of the figure that was made best 89 to 94 in 100 held the true value in "
        "place of 95. "
        "A loss whose interval holds 0 may be chance alone."
    )
    if str(wanted) != choice.goal:
        st.info(
            phrases.plain(
                f"The box above asks for “{wanted}”; the lock holds “{choice.goal}”. Open the lock to choose anew."
            )
        )
    if lock.opened:
        st.caption(
            phrases.plain(
                f"“{choice.testing}” had been looked at before this lock ({_times(lock.opened)}): these figures are no "
                "independent confirmation."
            )
        )
    with st.popover("Open the lock", icon=":material/lock_open:"):
        st.markdown(
            "A threshold that is chosen after a look at the test part is no longer confirmed by it. That the lock was "
            "opened, and when, stays with the evaluation for everyone to see."
        )
        st.button("Open it", on_click=_enter, args=(OPENED, choice), key="unlock")


def _shown(goal: Goal) -> tuple[str, ...]:
    """The usual figures, and what the goal speaks of."""
    spoken = [goal.wanted()[1], *(each.term for each in goal.constraints)]
    more = [each.measure.name for each in spoken if each.measure.name in INTERVAL_METRICS]
    return tuple(dict.fromkeys([*more, *_FIGURES]))


def _sure(sweep: ThresholdSweep, point: Confusion, name: str) -> str:
    found = sweep.interval(point, name)
    return share_within(float(point.value(name)), float(found.low), float(found.high))


def _lost(found: Confirmation, name: str, chose: ThresholdSweep, other: ThresholdSweep) -> str:
    limits = found.optimism_interval(name, chose, other)
    low, high = (signed(float(each), points) for each in (limits.low, limits.high))
    return f"{low} to {high}"


def _record(history: Sequence[Entry], subject: tuple[str, str, str, str]) -> None:
    lines = []
    for each in history:
        choice = LockedChoice.read(each.text) if each.kind in (LOCKED, OPENED) else None
        if choice is not None and choice.subject == subject:
            who = (
                "you"
                if each.own
                else "whoever saved the evaluation"
                if each.keeper
                else f"visitor {each.mark}"
            )
            done = "locked" if each.kind == LOCKED else "opened"
            lines.append(
                f"{each.when:%Y-%m-%d %H:%M:%S} UTC: {done} by {who}: {choice.threshold:.6g}, chosen on "
                f"“{choice.choosing}” by “{choice.goal}”"
            )
    if lines:
        with st.expander(f"Record of this lock ({len(lines)})", icon=":material/history:"):
            for line in lines:
                st.caption(phrases.plain(line))
