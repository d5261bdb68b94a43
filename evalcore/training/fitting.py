"""When a model has learnt what it can: the best epoch, early stopping, and where over-fitting begins.

Over-fitting begins, after Prechelt (1998, "Early Stopping - But When?"), where validation loss has its lowest point
while training loss goes on falling. He looks at strips of five epochs, since single ones jump: so does this rule.

1. Means of validation loss over five epochs, each with its two neighbours on both sides; the onset is the lowest.
2. At least `patience` epochs follow it, and none of their means is lower (which makes it the lowest).
3. Training loss goes on: the mean of its last five epochs is below that at the onset by more than twice the
   standard error of the difference.

Beyond that validation loss *rises* where the mean of all later epochs is above the lowest mean by more than `RISE`
standard errors. That is a high bar on purpose: the lowest of many means is low by chance too. Noise is taken from
second differences, by their median, which neither a trend nor a steep start touches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evalcore.predictions.history import HistorySeries
from evalcore.training.runs import Course
from evalcore.training.smoothing import centred_means

__all__ = [
    "RISE",
    "WINDOW",
    "EarlyStop",
    "Gap",
    "Onset",
    "State",
    "Verdict",
    "early_stop",
    "fewest_steps",
    "gap_of",
    "verdict_of",
]

Numbers = npt.NDArray[np.float64]

#: Epochs of a strip.
WINDOW = 5
#: So many standard errors validation loss must lie above its lowest mean to be called rising.
RISE = 4.0
_FALLS = 2.0
_MEDIAN_OF_NORMAL = 0.6745
"""Half of all normal deviations are smaller; the steep start of a course hardly moves a median."""


@dataclass(frozen=True)
class Onset:
    """Where validation stops getting better while training goes on.

    Parameters
    ----------
    step : float
        The epoch in the middle of the best five.
    validation, later : float
        Mean of validation over those five, and over all that follow them.
    train, train_end : float
        Mean of training over those five, and over its last five.
    rises : bool
        Whether validation gets worse by more than its noise explains; otherwise it only gets no better.
    strength : float
        By how many standard errors the later mean is worse.
    """

    step: float
    validation: float
    later: float
    train: float
    train_end: float
    rises: bool
    strength: float


#: "one side": training or validation was not measured; "too short" to tell; "still better" near the end;
#: "both stopped": training gets no better either; "no better" and "gets worse": validation, while training goes on.
State = Literal["one side", "too short", "still better", "both stopped", "no better", "gets worse"]


@dataclass(frozen=True)
class Verdict:
    """Whether a course over-fits; the onset where it does."""

    state: State
    onset: Onset | None = None


@dataclass(frozen=True)
class EarlyStop:
    """What early stopping would have chosen.

    Parameters
    ----------
    stopped : float
        The step after which training would have ended; the last one where it would not have.
    early : bool
        Whether it would have ended before the last step.
    kept : float
        The step of the best value until then, whose weights are kept.
    value : float
        That value.
    """

    stopped: float
    early: bool
    kept: float
    value: float


@dataclass(frozen=True)
class Gap:
    """How much worse validation is than training: below 0 where it is better.

    Parameters
    ----------
    step : float
        The best step of validation.
    there, at_end : float
        The gap at that step and at the last.
    start : float
        The gap at the first.
    """

    step: float
    there: float
    at_end: float
    start: float


def early_stop(series: HistorySeries, patience: int, *, least: float = 0.0) -> EarlyStop | None:
    """Follow a figure as Keras's `EarlyStopping` does.

    Parameters
    ----------
    series : HistorySeries
        With a goal.
    patience : int
        Training ends once so many steps in a row are no better than the best before them.
    least : float, default 0
        What counts as better: by more than this.

    Returns
    -------
    EarlyStop or None
        None where nothing was measured or nothing is better.

    Examples
    --------
    >>> steps = np.arange(1.0, 7)
    >>> loss = HistorySeries("l", "loss", "validation", steps, np.array([0.5, 0.3, 0.4, 0.35, 0.2, 0.1]), "min")
    >>> early_stop(loss, 2)
    EarlyStop(stopped=4.0, early=True, kept=2.0, value=0.3)
    """
    sign = -1.0 if series.goal == "max" else 1.0
    best, kept, waited = float("inf"), -1, 0
    place = -1
    for place, value in enumerate((sign * series.values).tolist()):
        waited += 1
        if value < best - least:
            best, kept, waited = value, place, 0
        if waited >= patience and kept >= 0:
            break
    if kept < 0 or not series.goal:
        return None
    early = place < len(series.values) - 1
    return EarlyStop(float(series.steps[place]), early, float(series.steps[kept]), sign * best)


def verdict_of(found: Course, *, patience: int = 5) -> Verdict:
    """Judge whether a course over-fits, by the rule that this module states.

    Parameters
    ----------
    found : Course
    patience : int, default 5
        At least so many epochs must follow the onset.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> steps = np.arange(1.0, 31)
    >>> train = HistorySeries("t", "loss", "train", steps, 1 / steps, "min")
    >>> dip = HistorySeries("v", "loss", "validation", steps, 1 / steps + steps / 100, "min")
    >>> verdict_of(Course("", "loss", "min", train, dip)).onset.step
    10.0
    >>> verdict_of(Course("", "loss", "min", train, train)).state
    'still better'
    """
    if found.train is None or found.validation is None or not found.goal:
        return Verdict("one side")
    sign = -1.0 if found.goal == "max" else 1.0
    steps, judged = _known(found.validation)
    train = _beside(found.train, steps)
    told = np.isfinite(train)
    steps, judged, train = steps[told], sign * judged[told], sign * train[told]
    size = len(judged)
    if size < fewest_steps(patience):
        return Verdict("too short")
    means = centred_means(judged, WINDOW)
    lowest = int(np.nanargmin(means))
    if size - 1 - lowest < max(patience, WINDOW // 2 + 1):
        return Verdict("still better")
    later = judged[lowest + WINDOW // 2 + 1 :]
    train_there, train_end = float(centred_means(train, WINDOW)[lowest]), float(train[-WINDOW:].mean())
    error = _noise(train) * np.sqrt(2 / WINDOW)
    if not train_there - train_end > _FALLS * error or train_there <= train_end:
        return Verdict("both stopped")
    above = float(later.mean() - means[lowest])
    error = float(_noise(judged) * np.sqrt(1 / WINDOW + 1 / len(later)))
    strength = above / error if error > 0 else float(np.inf if above > 0 else 0)
    onset = Onset(
        step=float(steps[lowest]),
        validation=sign * float(means[lowest]),
        later=sign * float(later.mean()),
        train=sign * train_there,
        train_end=sign * train_end,
        rises=bool(strength > RISE),
        strength=strength,
    )
    return Verdict("gets worse" if onset.rises else "no better", onset)


def fewest_steps(patience: int) -> int:
    """Return how many epochs are needed to tell."""
    return max(2 * WINDOW, WINDOW + patience)


def gap_of(found: Course) -> Gap | None:
    """Measure how much worse validation is than training; None where either is missing.

    Examples
    --------
    >>> steps = np.array([1.0, 2.0, 3.0])
    >>> train = HistorySeries("t", "loss", "train", steps, np.array([0.75, 0.5, 0.25]), "min")
    >>> judged = HistorySeries("v", "loss", "validation", steps, np.array([0.75, 0.625, 0.75]), "min")
    >>> gap_of(Course("", "loss", "min", train, judged))
    Gap(step=2.0, there=0.125, at_end=0.5, start=0.0)
    """
    if found.train is None or found.validation is None or not found.goal:
        return None
    steps, judged = _known(found.validation)
    gaps = judged - _beside(found.train, steps)
    gaps = gaps if found.goal == "min" else -gaps
    told = np.flatnonzero(np.isfinite(gaps))
    if not told.size:
        return None
    best = int(told[np.argmin(np.abs(steps[told] - found.validation.best_step))])
    return Gap(float(steps[best]), float(gaps[best]), float(gaps[told[-1]]), float(gaps[told[0]]))


def _known(series: HistorySeries) -> tuple[Numbers, Numbers]:
    told = np.isfinite(series.values)
    return series.steps[told], series.values[told]


def _beside(train: HistorySeries, steps: Numbers) -> Numbers:
    """Training at the steps of validation: the mean of what was told since the one before; nan where nothing was."""
    own, values = _known(train)
    places = np.searchsorted(steps, own)
    inside = places < len(steps)
    sums = np.bincount(places[inside], values[inside], len(steps))
    counts = np.bincount(places[inside], minlength=len(steps))
    means: Numbers = np.divide(sums, counts, out=np.full(len(steps), np.nan), where=counts > 0)
    return means


def _noise(values: Numbers) -> float:
    """Standard deviation of the noise, from the median of how far each value lies from the line of its neighbours."""
    return float(np.median(np.abs(np.diff(values, n=2))) / (_MEDIAN_OF_NORMAL * np.sqrt(6)))
