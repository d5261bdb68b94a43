"""What a training's course says, in sentences: the verdict first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evalcore.numbers import count, score, share
from evalcore.predictions.history import HistorySeries, TrainingHistory
from evalcore.training.fitting import (
    WINDOW,
    EarlyStop,
    Gap,
    Verdict,
    early_stop,
    fewest_steps,
    gap_of,
    verdict_of,
)
from evalcore.training.runs import Course

__all__ = ["RULE", "JudgedCourse", "course_value", "history_sentences", "runs_sentence", "step_word", "tell"]

#: The rule for the onset of over-fitting, for people.
RULE = (
    f"Over-fitting begins where the mean of validation over {WINDOW} steps is best, if at least as many steps follow "
    "as the patience says and training goes on getting better until its end. It is called getting worse only where all "
    "later steps together are worse than that by more than four standard errors of the noise. Strips of five epochs "
    "are those of Prechelt (1998), “Early Stopping – But When?”. In simulated trainings "
    "of 12 to 100 epochs, 1,000 of each kind, an onset was found in 0 to 7 % of those whose validation went on falling "
    "and a rise in none; of those whose validation stayed flat at most 1 % were said to get worse; and where it "
    "turned at a known epoch, the onset lay within 1 to 7 epochs of it in nine of ten."
)
_SHARES = frozenset(["accuracy", "acc", "precision", "recall", "sensitivity", "specificity"])
_DIGITS = 4
_COUNTERS = ("epoch", "iteration", "round", "step")


class JudgedCourse(NamedTuple):
    """One run's figure, judged."""

    found: Course
    best: HistorySeries | None
    verdict: Verdict
    stop: EarlyStop | None
    gap: Gap | None


def course_value(metric: str, value: float) -> str:
    """Write a figure: shares as percent, all else with four digits that count.

    Examples
    --------
    >>> course_value("loss", 0.248123), course_value("accuracy", 0.9049), course_value("loss", 12345.6)
    ('0.2481', '90.5 %', '12,350')
    """
    if set(metric.lower().split()) & _SHARES and 0 <= value <= 1:
        return share(value)
    return score(float(f"{value:.{_DIGITS}g}"))


def step_word(history: TrainingHistory) -> str:
    """What the steps are called: epochs where no column counts them, rounds where it is boosting.

    Examples
    --------
    >>> step_word(TrainingHistory((), "Step", None, 0)), step_word(TrainingHistory((), "row", None, 0))
    ('step', 'epoch')
    """
    named = history.step.lower()
    if named != "row":
        return next(
            (word for word in _COUNTERS if word in named or (word == "iteration" and "iter" in named)), "step"
        )
    boosted = all("." in each.name for each in history.series if each.goal) and history.series
    return "round" if boosted else "epoch"


def tell(found: Course, *, patience: int) -> JudgedCourse:
    """Judge one run's figure."""
    judged = found.judged
    return JudgedCourse(
        found,
        judged,
        verdict_of(found, patience=patience),
        None if judged is None else early_stop(judged, patience),
        gap_of(found),
    )


def history_sentences(told: JudgedCourse, *, step: str, patience: int) -> list[str]:
    """Say what one run's figure shows: over-fitting or none, the best step, early stopping, the gap.

    Parameters
    ----------
    told : JudgedCourse
    step : str
        What a step is called.
    patience : int

    Returns
    -------
    list of str
        The verdict first.

    Examples
    --------
    >>> steps = np.arange(1.0, 31)
    >>> train = HistorySeries("t", "loss", "train", steps, 1 / steps, "min")
    >>> dip = HistorySeries("v", "loss", "validation", steps, 1 / steps + steps / 100, "min")
    >>> told = tell(Course("", "loss", "min", train, dip), patience=5)
    >>> history_sentences(told, step="epoch", patience=5)[0].partition(", while")[0]
    'It over-fits from epoch 10 on: validation loss rises from 0.2021 to 0.2645 on average'
    """
    found, best = told.found, told.best
    if best is None:
        return [_no_validation(found, step)]
    return [
        _verdict(told, step, patience),
        _best(best, found, step),
        *_stopped(told, step, patience),
        *_gap(told, step),
    ]


def runs_sentence(tolds: Sequence[JudgedCourse], *, step: str) -> str:
    """Say which of several runs is best, and how each of them ends; empty where nothing can be compared.

    Examples
    --------
    >>> steps = np.array([1.0, 2.0])
    >>> made = [("a", [0.5, 0.4]), ("b", [0.5, 0.3])]
    >>> loss = [HistorySeries("v", "loss", "validation", steps, np.array(each), "min", run) for run, each in made]
    >>> tolds = [tell(Course(each.run, "loss", "min", None, each), patience=5) for each in loss]
    >>> runs_sentence(tolds, step="epoch")
    'Best of 2 runs by validation loss: “b”, with 0.3 at epoch 2.'
    """
    judged = [each for each in tolds if each.best is not None and np.isfinite(each.best.best_value)]
    if len(judged) < 2:
        return ""
    sign = -1 if judged[0].found.goal == "max" else 1
    first = min(judged, key=lambda each: sign * each.best.best_value if each.best else 0.0)
    assert first.best is not None
    metric = first.found.metric
    return (
        f"Best of {count(len(judged))} runs by {first.best.split} {metric}: “{first.found.run}”, with "
        f"{course_value(metric, first.best.best_value)} at {step} {score(first.best.best_step)}."
    )


def _no_validation(found: Course, step: str) -> str:
    metric = found.metric
    if found.train is None or not found.train.values.size:
        return f"Nothing was measured of {metric}."
    first, last = found.train.values[0], found.train.values[-1]
    return (
        f"Training {metric} goes from {course_value(metric, float(first))} to {course_value(metric, float(last))} over "
        f"{count(len(found.train.values))} {step}s. Nothing was measured on validation data, so that neither the best "
        f"{step} nor over-fitting can be told: log {metric} on cases that are not trained on."
    )


def _verdict(told: JudgedCourse, step: str, patience: int) -> str:
    found, onset, best = told.found, told.verdict.onset, told.best
    assert best is not None
    metric = found.metric
    worse, better, better_still = (
        ("rises", "falls", "falling") if found.goal == "min" else ("falls", "rises", "rising")
    )
    if onset is not None:
        since = f"from {step} {score(onset.step)} on"
        train = f"{course_value(metric, onset.train)} to {course_value(metric, onset.train_end)}"
        if onset.rises:
            return (
                f"It over-fits {since}: validation {metric} {worse} from {course_value(metric, onset.validation)} to "
                f"{course_value(metric, onset.later)} on average, while training {metric} goes on {better_still} "
                f"from {train}."
            )
        return (
            f"F{since[1:]} validation {metric} no longer {better} ({course_value(metric, onset.validation)} there, "
            f"{course_value(metric, onset.later)} on average after it) while training {metric} goes on from {train}."
        )
    state = told.verdict.state
    if state == "one side":
        return f"Training {metric} was not measured, so that over-fitting cannot be told."
    if state == "too short":
        return (
            f"{count(int(np.isfinite(best.values).sum()))} {step}s are too few to tell where over-fitting begins: "
            f"at least {count(fewest_steps(patience))} are needed."
        )
    if state == "still better":
        return (
            f"No over-fitting is seen: {best.split} {metric}, as a mean over {WINDOW} {step}s, was best near the end, "
            "so that training longer may help."
        )
    return f"No over-fitting is seen: {best.split} {metric} gets no better, but training {metric} does not either."


def _best(best: HistorySeries, found: Course, step: str) -> str:
    if not np.isfinite(best.best_value):
        return f"{best.split.capitalize()} {found.metric} holds no number."
    beside = found.train
    train = ""
    if beside is not None:
        there = beside.values[beside.steps <= best.best_step]
        train = f" (training {course_value(found.metric, float(there[-1]))})" if there.size else ""
    value = course_value(found.metric, best.best_value)
    return (
        f"{best.split.capitalize()} {found.metric} is best at {step} {score(best.best_step)} of "
        f"{score(float(best.steps[-1]))}: {value}{train}."
    )


def _stopped(told: JudgedCourse, step: str, patience: int) -> list[str]:
    stop = told.stop
    if stop is None:
        return []
    kept = f"kept {step} {score(stop.kept)} ({course_value(told.found.metric, stop.value)})"
    with_patience = (
        f"Early stopping with a patience of {count(patience)} {step}{'' if patience == 1 else 's'} would have"
    )
    if stop.early:
        return [f"{with_patience} ended training after {step} {score(stop.stopped)} and {kept}."]
    return [f"{with_patience} let it run to the end and {kept}."]


def _gap(told: JudgedCourse, step: str) -> list[str]:
    gap, metric = told.gap, told.found.metric
    if gap is None:
        return []
    grown = gap.at_end - gap.start
    size = f"{_worse(gap.start, metric)} at the first {step} and {_worse(gap.at_end, metric)} at the last"
    word = "wider" if grown > 0 else "narrower"
    sentences = [f"Validation is {size}: the gap to training got {word} by {_amount(grown, metric)}."]
    if gap.at_end < 0:
        sentences.append(
            "Where validation is better than training, training is measured under class weights, dropout or "
            "augmentation: look at how the gap grows, not at its size."
        )
    return sentences


def _worse(gap: float, metric: str) -> str:
    return f"{_amount(gap, metric)} {'worse' if gap > 0 else 'better'}"


def _amount(gap: float, metric: str) -> str:
    text = course_value(metric, abs(gap))
    return f"{text.removesuffix(' %')} points" if text.endswith(" %") else text
