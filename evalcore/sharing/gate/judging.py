"""Requirements held against predictions: met, failed, or not to be judged, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from evalcore import numbers
from evalcore.errors import InputError
from evalcore.metrics.comparing.comparison import compare
from evalcore.metrics.deciding.deployed import sweep_at_prevalence
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.operating_point import OperatingPoint
from evalcore.metrics.goals.solving import InfeasibleGoalError, kept_constraints, solve_goal
from evalcore.metrics.goals.terms import Constraint, Costs
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.intervals import INTERVAL_METRICS
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.of_model import sweep_of
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.slices.groups import columns_to_slice, grouping
from evalcore.predictions.tasks import TASKS
from evalcore.sharing.decisions.decision import Decision
from evalcore.sharing.gate.baseline import differences_to
from evalcore.sharing.gate.requirement import AreaLimit, NoWorse, Requirement, spelt

__all__ = ["ALL", "Answer", "Gate", "Told", "hold"]

Status = Literal["met", "failed", "unknown"]
#: What the rows are called where no column parts them.
ALL = "all cases"


@dataclass(frozen=True)
class Told:
    """A figure that an answer rests on, with its 95 % interval; nan where there is none."""

    name: str
    value: float
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Answer:
    """What one requirement comes to for one model, on all cases or on those of a slice.

    Parameters
    ----------
    requirement, model, rows : str
        `rows` says which cases in words.
    cases : float
    status : {"met", "failed", "unknown"}
    reason : str
        One sentence without its full stop.
    threshold : float
        What it was judged at; nan where none is needed or there is none.
    figures : tuple of Told
    """

    requirement: str
    model: str
    rows: str
    cases: float
    status: Status
    reason: str
    threshold: float = math.nan
    figures: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Gate:
    """All answers. One that failed makes all fail; else one that is not known makes all unknown.

    Examples
    --------
    >>> Gate(()).status
    'met'
    """

    answers: tuple[Answer, ...]

    @property
    def status(self) -> Status:
        """The worst of them."""
        there = {each.status for each in self.answers}
        return next((each for each in ("failed", "unknown") if each in there), "met")


@dataclass(frozen=True, eq=False)
class _Subject:
    """One model on some of the cases."""

    model: str
    rows: str
    cases: float
    sweep: ThresholdSweep
    predictions: BinaryPredictions | None
    ranked: bool
    #: Where thresholds come from: the same model on all cases.
    whole: _Subject | None = field(default=None)

    def answer(
        self,
        requirement: object,
        status: Status,
        reason: str,
        *,
        threshold: float = math.nan,
        figures: tuple[Told, ...] = (),
    ) -> Answer:
        return Answer(str(requirement), self.model, self.rows, self.cases, status, reason, threshold, figures)


def hold(
    evaluation: Evaluation,
    requirements: Sequence[Requirement],
    *,
    decision: Decision | None = None,
    baseline: Evaluation | None = None,
    no_worse: Sequence[NoWorse] = (),
    within: Sequence[str] = (),
) -> Gate:
    """Hold every model of an evaluation to requirements.

    A goal's limits are kept where some threshold keeps them all; with a decision, where its threshold does, and the
    decision's own goal is held as well. In a slice the threshold is the one that all cases choose: in use there
    is only one.

    Parameters
    ----------
    evaluation : Evaluation
        Of two classes, by rows or by counts.
    requirements : sequence of Goal or AreaLimit
    decision : Decision, optional
        The threshold in use, of the model that it names.
    baseline : Evaluation, optional
        What `no_worse` compares with.
    no_worse : sequence of NoWorse
    within : sequence of str
        Columns: every requirement is held in each of their slices too.

    Raises
    ------
    InputError
        Where nothing of it can be judged: another task, a column or model that is not there.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> from evalcore.sharing.gate.requirement import read_requirement
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 0, 1, 1], "prob": [0.1, 0.4, 0.35, 0.8]}))
    >>> found = hold(opened, [read_requirement("recall >= 0.9"), read_requirement("auc >= 0.9")])
    >>> [(each.status, each.reason) for each in found.answers]
    [('met', 'at threshold 0.3: recall 100 % (34.2 to 100 %)'), ('failed', 'AUC is 0.750 (0.164 to 0.978)')]
    """
    wanted = list(requirements)
    if decision is not None and decision.goal:
        own = Goal.parse(decision.goal)
        if own.constraints and own not in wanted:
            wanted.insert(0, own)
    if not wanted and not no_worse:
        raise InputError("nothing is required: state --require, a decision with a goal, or --no-worse")
    answers = []
    for whole in _subjects(evaluation, decision):
        for subject in (whole, *_slices(evaluation, whole, within)):
            answers += [_held(subject, each, decision) for each in wanted]
        if no_worse:
            answers += _against(evaluation, whole, baseline, no_worse, decision)
    return Gate(tuple(answers))


def _subjects(evaluation: Evaluation, decision: Decision | None) -> Iterator[_Subject]:
    found = evaluation.predictions
    if not isinstance(found, BinaryPredictions | CountPredictions):
        raise InputError(
            f"a requirement needs two classes and one threshold between them, got "
            f"{TASKS[evaluation.task].recognised}"
        )
    names = list(evaluation.models)
    if decision is not None:
        if decision.positive and decision.positive not in (found.positive, found.negative):
            raise InputError(
                f'the decision calls cases "{decision.positive}", and the classes here are '
                f'"{found.positive}" and "{found.negative}"'
            )
        if decision.positive == found.negative != found.positive:
            raise InputError(
                f'the decision calls cases "{decision.positive}", and here the score speaks for '
                f'"{found.positive}": state --positive'
            )
        if decision.model in names:
            names = [decision.model]
        elif decision.model and len(names) > 1:
            raise InputError(
                f'the decision is about the model "{decision.model}", and here there are {", ".join(names)}'
            )
    for name in names:
        yield _subject(found, name)


def _subject(
    found: BinaryPredictions | CountPredictions, name: str, rows: str = ALL, whole: _Subject | None = None
) -> _Subject:
    sweep, ranked = sweep_of(found, name), found.model(name).kind != "hard_label"
    if isinstance(found, BinaryPredictions):
        return _Subject(name, rows, found.cases, sweep, found, ranked, whole)
    return _Subject(name, rows, float(sweep.positives + sweep.negatives), sweep, None, ranked)


def _slices(evaluation: Evaluation, whole: _Subject, columns: Sequence[str]) -> Iterator[_Subject]:
    found = whole.predictions
    for column in columns:
        if found is None:
            raise InputError(f"--within {column}: this file holds counts, and no rows that a column parts")
        if column not in found.table.columns:
            known = ", ".join(columns_to_slice(evaluation)[:8]) or "none"
            raise InputError(f'--within: there is no column "{column}"; columns that part the rows: {known}')
        if column not in columns_to_slice(evaluation):
            raise InputError(f'--within: the column "{column}" does not part the rows into slices')
        parted = grouping(found, column)
        for place, words in enumerate(parted.words):
            inside = np.flatnonzero(parted.places == place).astype(np.intp)
            yield _subject(found.taking(inside), whole.model, words, whole)


def _held(subject: _Subject, requirement: Requirement, decision: Decision | None) -> Answer:
    if isinstance(requirement, AreaLimit):
        return _area_held(subject, requirement)
    if decision is not None:
        return _held_at(subject, requirement, decision.threshold, decision)
    if subject.whole is not None:
        try:
            chosen = solve_goal(subject.whole.sweep, requirement)
        except InputError:
            return subject.answer(
                requirement, "unknown", "no threshold keeps it on all cases, so none is tried here"
            )
        return _held_at(subject, requirement, chosen.threshold, None)
    return _solved(subject, requirement)


def _solved(subject: _Subject, goal: Goal) -> Answer:
    try:
        point = solve_goal(subject.sweep, goal)
    except InfeasibleGoalError as error:
        nearest = error.nearest
        reason = f"{error} (nearest: threshold {numbers.score(nearest.threshold)})"
        return subject.answer(
            goal,
            "failed",
            reason,
            threshold=nearest.threshold,
            figures=_figures(subject.sweep, nearest, goal),
        )
    except InputError as error:
        return subject.answer(goal, "unknown", str(error))
    return _at(subject, goal, "met", point.threshold, _figures(subject.sweep, point, goal))


def _held_at(subject: _Subject, goal: Goal, threshold: float, decision: Decision | None) -> Answer:
    costs = (decision.costs if decision else None) or goal.costs or Costs()
    sweep = subject.sweep
    elsewhere = ""
    sure = any(each.confidence is not None for each in goal.constraints)
    if decision is not None and decision.prevalence is not None and subject.whole is None and not sure:
        try:
            sweep = sweep_at_prevalence(sweep, decision.prevalence)
        except InputError as error:
            return subject.answer(goal, "unknown", str(error), threshold=threshold)
        elsewhere = f" at prevalence {numbers.share(decision.prevalence)}"
    point = sweep.at(threshold)
    squares = sweep.squares(point)
    try:
        kept = kept_constraints(point, goal, costs, squares=squares)
    except InputError as error:
        return subject.answer(goal, "unknown", str(error), threshold=threshold)
    figures = _figures(sweep, point, goal, costs)
    undefined = [each for each, _ in kept if math.isnan(float(each.of(point, costs)))]
    if not kept:
        return subject.answer(
            goal, "unknown", "of one threshold “=” says nothing: state >= or <=", threshold=threshold
        )
    if undefined:
        return subject.answer(
            goal,
            "unknown",
            f"{undefined[0].term} is undefined at threshold {numbers.score(threshold)} among these cases",
            threshold=threshold,
            figures=figures,
        )
    broken = [str(each) for each, holds in kept if not holds]
    return _at(subject, goal, "failed" if broken else "met", threshold, figures, broken, elsewhere)


def _at(
    subject: _Subject,
    goal: Goal,
    status: Status,
    threshold: float,
    figures: tuple[Told, ...],
    broken: Sequence[str] = (),
    elsewhere: str = "",
) -> Answer:
    said = ", ".join(_said(each, told) for each, told in zip(goal.constraints, figures, strict=True))
    fault = f"; {' and '.join(broken)} is not kept" if broken else ""
    reason = f"at threshold {numbers.score(threshold)}{elsewhere}: {said}{fault}"
    return subject.answer(goal, status, reason, threshold=threshold, figures=figures)


def _figures(
    sweep: ThresholdSweep, point: OperatingPoint | Confusion, goal: Goal, costs: Costs | None = None
) -> tuple[Told, ...]:
    """The value of each limit's measure, with its 95 % interval where it has one."""
    at = point.confusion if isinstance(point, OperatingPoint) else point
    money = costs or goal.costs or Costs()
    found = []
    for each in goal.constraints:
        name = each.term.measure.name
        low = high = math.nan
        if name in INTERVAL_METRICS:
            interval = sweep.interval(at, name, confidence=each.confidence or 0.95)
            low, high = float(interval.low), float(interval.high)
        found.append(Told(name, float(each.of(at, money)), low, high))
    return tuple(found)


def _said(limit: Constraint, told: Told) -> str:
    if math.isnan(told.value):
        return f"{limit.term.label} –"
    value = limit.term.spell(told.value) if not limit.is_share else numbers.share(told.value)
    if math.isnan(told.low):
        return f"{limit.term.label} {value}"
    ends = f"{limit.term.spell(told.low)} to {limit.term.spell(told.high)}".replace(" % to ", " to ")
    return f"{limit.term.label} {value} ({ends})"


def _area_held(subject: _Subject, limit: AreaLimit) -> Answer:
    if not subject.ranked and limit.figure in ("roc_auc", "average_precision"):
        return subject.answer(
            limit, "unknown", "only decisions are known of this model, no score that ranks cases"
        )
    try:
        told = _area(subject, limit.figure, limit.confidence or 0.95)
    except InputError as error:
        return subject.answer(limit, "unknown", str(error))
    if told is None:
        return subject.answer(
            limit, "unknown", f"{limit.figure.replace('_', ' ')} is not known of these cases"
        )
    name = {"roc_auc": "AUC", "average_precision": "average precision"}.get(limit.figure)
    name = name or limit.figure.replace("_", " ")
    held = told.value if limit.confidence is None else (told.low if limit.sign[0] == ">" else told.high)
    if math.isnan(held):
        what = "it" if math.isnan(told.value) else "its interval"
        return subject.answer(
            limit, "unknown", f"{name}: {what} is not defined for these cases", figures=(told,)
        )
    value = spelt(limit.figure, told.value)
    ends = (
        ""
        if math.isnan(told.low)
        else f" ({spelt(limit.figure, told.low)} to {spelt(limit.figure, told.high)})"
    )
    kept = limit.kept_by(told.value, told.low, told.high)
    return subject.answer(limit, "met" if kept else "failed", f"{name} is {value}{ends}", figures=(told,))


def _area(subject: _Subject, figure: str, confidence: float) -> Told | None:
    found = subject.predictions
    if found is None:
        if figure == "roc_auc":
            area = delong(subject.sweep, confidence=confidence)
            return Told(figure, area.auc, area.low, area.high)
        return Told(figure, subject.sweep.average_precision) if figure == "average_precision" else None
    told = compare(_alone(found, subject.model), confidence=confidence).models[0].figures.get(figure)
    return None if told is None else Told(figure, told.value, told.low, told.high)


def _alone(found: BinaryPredictions, model: str) -> BinaryPredictions:
    return replace(found, models=(found.model(model),))


def _against(
    evaluation: Evaluation,
    subject: _Subject,
    baseline: Evaluation | None,
    wanted: Sequence[NoWorse],
    decision: Decision | None,
) -> Iterator[Answer]:
    if baseline is None:
        raise InputError("--no-worse needs a --baseline file to compare with")
    threshold = math.nan if decision is None else decision.threshold
    for each in wanted:
        try:
            told = differences_to(
                evaluation, baseline, subject.model, threshold, confidence=each.confidence or 0.95
            )
        except InputError as error:
            yield subject.answer(each, "unknown", str(error))
            continue
        found: Mapping[str, Told] = {
            name: Told(name, one.change, one.low, one.high) for name, one in told.changes.items()
        }
        change = found.get(each.figure)
        if change is None or math.isnan(change.value):
            reason = f"{each.figure.replace('_', ' ')} is not known of both"
            yield subject.answer(each, "unknown", reason)
            continue
        held = each.kept_by(change.value, change.low, change.high)
        mine, theirs = told.values[each.figure]
        ends = "" if math.isnan(change.low) else f", {_signed(change.low)} to {_signed(change.high)}"
        reason = (
            f"{spelt(each.figure, mine)} against {spelt(each.figure, theirs)} "
            f"({_signed(change.value)}{ends}; {told.how})"
        )
        yield subject.answer(each, "met" if held else "failed", reason, figures=(change,))


def _signed(value: float) -> str:
    return numbers.signed(value, numbers.coefficient)
