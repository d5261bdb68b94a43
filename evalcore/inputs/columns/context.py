"""Names whose meaning depends on the columns beside them.

`response` is a truth in one table and a model's answer in the next; `actual_output` is the model's where
`expected_output` stands beside it, and `actual_decision` the truth beside `predicted_decision`. Each rule reads
one name in the light of all the others, so that the order of the columns does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from evalcore.inputs.columns.names import NameReading, NameRole
from evalcore.inputs.columns.words import (
    ANSWERS,
    COMPARISON,
    GENERATED,
    JUDGES,
    MACHINES,
    NO_TWINS,
    PEOPLE,
    PREDICTION,
    REFERENCE,
    SCORE,
    STRONG_TRUTH,
    VERDICTS,
    WEAK_TRUTH,
)

__all__ = ["read_together"]

_FIRM = 0.9
_TWIN = 0.6
_RANKS = frozenset({"top", "rank"})
_NUMBERS = SCORE - {"output", "outputs"}


def read_together(readings: Mapping[str, NameReading]) -> dict[str, NameReading]:
    """Read names in the light of each other.

    Parameters
    ----------
    readings : mapping of str to NameReading
        What each name says alone.

    Returns
    -------
    dict of str to NameReading
        Only those that say something else together.

    Examples
    --------
    >>> from evalcore.inputs.columns.names import read_name
    >>> names = ["reference", "response", "expected_output", "actual_output"]
    >>> {name: each.role for name, each in read_together({name: read_name(name) for name in names}).items()}
    {'expected_output': 'truth', 'actual_output': 'prediction', 'response': 'prediction'}
    >>> read_together({name: read_name(name) for name in ["response", "score"]})
    {}
    """
    changed: dict[str, NameReading] = {}
    known = dict(readings)

    def say(name: str, role: NameRole, strength: float = _FIRM) -> None:
        changed[name] = known[name] = replace(known[name], role=role, strength=strength)

    words = {name: frozenset(each.words) for name, each in readings.items()}
    ordered = {each.words for each in readings.values()}
    for name, each in readings.items():
        if _of(each.words, PEOPLE):
            say(name, "truth", 1.0)
        elif _of(each.words, MACHINES | JUDGES):
            say(name, "prediction")
    for human, machine in _graded_by_both(readings):
        say(human, "truth", 1.0)
        say(machine, "prediction")
    for name, have in words.items():
        if (
            "expected" in have
            and not have & _NUMBERS
            and have - {"expected"} <= ANSWERS | WEAK_TRUTH | VERDICTS
        ):
            partners = [other for other in words if other != name and words[other] & (ANSWERS | PREDICTION)]
            if partners:
                say(name, "truth", 1.0)
    for name, have in words.items():
        if "actual" not in have:
            continue
        rest = tuple(word for word in readings[name].words if word != "actual")
        if ("expected", *rest) in ordered:
            say(name, "prediction")
        elif ("predicted", *rest) in ordered and readings[name].role != "truth":
            say(name, "truth", 1.0)
    truths = [name for name, each in known.items() if each.role == "truth" and each.strength >= _FIRM]
    targets = [name for name, each in known.items() if each.words in (("target",), ("targets",))]
    if truths or targets:
        for name, each in readings.items():
            unsure = known[name].role == "" or each.strength < _FIRM or each.words[-1:] == ("output",)
            given = ANSWERS | JUDGES if truths else GENERATED
            ends = each.words[-1:] and each.words[-1] in given
            if (
                name not in (*truths, *targets)
                and name not in changed
                and ends
                and (unsure or each.words[-1] == "outputs")
            ):
                say(name, "prediction")
    for name, truth in _twins(readings, known, say).items():
        say(name, "prediction", _TWIN)
        changed[name] = replace(changed[name], subject=readings[truth].subject)
    _rank(readings, say)
    told = [name for name, each in known.items() if each.role in ("truth", "prediction")]
    for name, have in words.items():
        if have & COMPARISON and have <= COMPARISON | {"is", "was", "it"} and len(set(told) - {name}) >= 2:
            say(name, "aside")
    return changed


def _of(words: tuple[str, ...], whose: frozenset[str]) -> bool:
    """`human_label`, `llm_verdict`, `verdict.label`: whose label it is."""
    have = set(words)
    if len(words) > 1 and have <= whose:  # `AI_Judge`
        return True
    return (
        len(words) > 1 and bool(have & whose) and words[-1] in VERDICTS and not have & (_NUMBERS | PREDICTION)
    )


def _graded_by_both(readings: Mapping[str, NameReading]) -> list[tuple[str, str]]:
    """`human_score` beside `llm_score`: the same but for who gave it, person first."""
    given = {each.words: name for name, each in readings.items() if len(each.words) == 2}
    return [
        (name, given[machine, what])
        for (who, what), name in given.items()
        if who in PEOPLE and what in _NUMBERS
        for machine in sorted(MACHINES | JUDGES)
        if (machine, what) in given
    ]


def _twins(
    readings: Mapping[str, NameReading], known: Mapping[str, NameReading], say: Callable[..., None]
) -> dict[str, str]:
    """Names that are a truth's but for the word that says so (`age_dt` beside `age_gt`), and that truth."""
    found: dict[str, str] = {}
    by_rest: dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]] = {}
    for name, each in readings.items():
        for place in {0, len(each.words) - 1} if len(each.words) > 1 else ():
            rest = (*each.words[:place], *each.words[place + 1 :])
            by_rest.setdefault((place, rest), []).append((each.words[place], name))
    for alike in by_rest.values():
        truths = [name for word, name in alike if word in STRONG_TRUTH | REFERENCE]
        others = [
            name
            for word, name in alike
            if word not in STRONG_TRUTH | REFERENCE | NO_TWINS and not word.isdigit()
        ]
        silent = [
            name for name in others if known[name].role in ("", "truth") and known[name].strength < _FIRM
        ]
        if len(truths) == 1 and silent and len(silent) == len(others):
            if known[truths[0]].strength < _FIRM:
                say(truths[0], "truth")
            found |= dict.fromkeys(silent, truths[0])
    return found


def _rank(readings: Mapping[str, NameReading], say: Callable[..., None]) -> None:
    """`top1_class` is the decision where there is a `top2_class`; the lower ones are set aside."""
    ranks: dict[str, int] = {}
    for name, each in readings.items():
        if len(each.words) > 2 and each.words[0] in _RANKS and each.words[1].isdigit():
            ranks[name] = int(each.words[1])
    if len(set(ranks.values())) < 2 or 1 not in ranks.values():
        return
    for name, rank in ranks.items():
        if rank > 1:
            say(name, "aside")
        elif not set(readings[name].words) & _NUMBERS:
            say(name, "prediction")
        else:
            say(name, "score")
