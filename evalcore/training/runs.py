"""The figures of a training side by side: training with validation, run beside run, or run behind run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from evalcore.predictions.history import HistorySeries, TrainingHistory

__all__ = [
    "Course",
    "Joined",
    "Seam",
    "continues",
    "course",
    "end_to_end",
    "metrics_of",
    "rates_of",
    "runs_kept",
]


@dataclass(frozen=True, eq=False)
class Course:
    """One figure of one run, on the parts of the data where it was measured.

    Parameters
    ----------
    run : str
        Empty where there is one run only.
    metric : str
    goal : str
        "min" where less is better, "max" where more is.
    train, validation, test : HistorySeries or None
    """

    run: str
    metric: str
    goal: Literal["min", "max", ""]
    train: HistorySeries | None
    validation: HistorySeries | None
    test: HistorySeries | None = None

    @property
    def judged(self) -> HistorySeries | None:
        """The figure by which an epoch is chosen: validation's, else the test's; never training's."""
        return self.validation or self.test


@dataclass(frozen=True)
class Seam:
    """Where one run ends and the next goes on.

    Parameters
    ----------
    at : float
        Half way between the last step before and the first behind.
    before, after : str
        The runs.
    """

    at: float
    before: str
    after: str


@dataclass(frozen=True, eq=False)
class Joined:
    """Runs laid end to end.

    Parameters
    ----------
    history : TrainingHistory
        Of one run.
    seams : tuple of Seam
    """

    history: TrainingHistory
    seams: tuple[Seam, ...]


def metrics_of(history: TrainingHistory) -> tuple[str, ...]:
    """List what was measured and can be better or worse: losses first, what validation measured before the rest.

    Examples
    --------
    >>> one = np.array([1.0, 2.0])
    >>> parts = [("accuracy", "max"), ("loss", "min"), ("learning rate", "")]
    >>> series = tuple(HistorySeries(name, name, "train", one, one, goal) for name, goal in parts)
    >>> metrics_of(TrainingHistory(series, "epoch", None, 2))
    ('loss', 'accuracy')
    """
    validated = {each.metric for each in history.series if each.split == "validation"}
    places: dict[str, tuple[bool, bool, int]] = {}
    for place, each in enumerate(history.series):
        if each.goal:
            loss = each.goal == "min"
            places.setdefault(each.metric, (each.metric not in validated, not loss, place))
    return tuple(sorted(places, key=places.__getitem__))


def rates_of(history: TrainingHistory) -> tuple[HistorySeries, ...]:
    """List the learning rates; of several that are the same at every step, one."""
    found: list[HistorySeries] = []
    for each in history.series:
        words = each.metric.lower().replace("-", " ").split()
        is_rate = not each.goal and ("lr" in words or each.metric.lower().startswith("learning rate"))
        if is_rate and not any(_same(each, known) for known in found):
            found.append(each)
    return tuple(found)


def course(history: TrainingHistory, metric: str, run: str = "") -> Course:
    """Lay a figure of one run on training beside the same on validation.

    Examples
    --------
    >>> steps = np.array([1.0, 2.0])
    >>> loss = HistorySeries("loss", "loss", "train", steps, steps, "min")
    >>> course(TrainingHistory((loss,), "epoch", None, 2), "loss").validation is None
    True
    """
    found = {split: history.find(metric, split, run) for split in ("train", "validation", "test")}
    known = [each for each in found.values() if each is not None]
    return Course(
        run, metric, known[0].goal if known else "", found["train"], found["validation"], found["test"]
    )


def runs_kept(history: TrainingHistory, runs: Sequence[str]) -> TrainingHistory:
    """Leave only some of the runs, in the order given."""
    series = tuple(each for run in runs for each in history.series if each.run == run)
    return replace(history, series=series, runs=tuple(runs))


def end_to_end(history: TrainingHistory, runs: Sequence[str]) -> Joined:
    """Lay runs behind each other: 10 and 20 epochs become 30.

    Parameters
    ----------
    history : TrainingHistory
    runs : sequence of str
        In the order in which they were trained. A run whose steps begin behind the last of the run before keeps
        its steps; any other goes on from there.

    Returns
    -------
    Joined

    Examples
    --------
    >>> steps = np.array([1.0, 2.0])
    >>> series = [HistorySeries("loss", "loss", "train", steps, steps, "min", run) for run in ("a", "b")]
    >>> joined = end_to_end(TrainingHistory(tuple(series), "epoch", None, 4, ("a", "b")), ["a", "b"])
    >>> joined.history.series[0].steps.tolist(), joined.seams
    ([1.0, 2.0, 3.0, 4.0], (Seam(at=2.5, before='a', after='b'),))
    """
    parts: dict[tuple[str, str], list[HistorySeries]] = {}
    seams: list[Seam] = []
    end = float("nan")
    before = ""
    for run in runs:
        own = [each for each in history.series if each.run == run]
        if not own:
            continue
        steps = np.unique(np.concatenate([each.steps for each in own]))
        spacing = float(np.median(np.diff(steps))) if len(steps) > 1 else 1.0
        shift = 0.0 if np.isnan(end) or steps[0] > end else end + spacing - float(steps[0])
        if not np.isnan(end):
            seams.append(Seam((end + float(steps[0]) + shift) / 2, before, run))
        for each in own:
            moved = replace(each, steps=each.steps + shift)
            parts.setdefault((each.metric, each.split), []).append(moved)
        end, before = float(steps[-1]) + shift, run
    series = tuple(_behind_each_other(pieces) for pieces in parts.values())
    return Joined(replace(history, series=series, runs=("",)), tuple(seams))


def continues(history: TrainingHistory, before: str, after: str) -> bool:
    """Whether a run seems to go on where another ended: its training loss begins nearer to that end than to the start.

    Examples
    --------
    >>> steps = np.array([1.0, 2.0])
    >>> made = [("a", [0.9, 0.5]), ("b", [0.52, 0.4]), ("c", [0.88, 0.5])]
    >>> series = [HistorySeries("loss", "loss", "train", steps, np.array(each), "min", run) for run, each in made]
    >>> history = TrainingHistory(tuple(series), "epoch", None, 6, ("a", "b", "c"))
    >>> continues(history, "a", "b"), continues(history, "a", "c")
    (True, False)
    """
    for metric in metrics_of(history):
        first, second = (history.find(metric, "train", run) for run in (before, after))
        if first is not None and second is not None and first.goal == "min":
            start = second.values[0]
            return bool(abs(start - first.values[-1]) < abs(start - first.values[0]))
    return False


def _behind_each_other(pieces: Sequence[HistorySeries]) -> HistorySeries:
    first = pieces[0]
    return replace(
        first,
        name=first.name.removesuffix(f" ({first.run})"),
        steps=np.concatenate([each.steps for each in pieces]),
        values=np.concatenate([each.values for each in pieces]),
        run="",
    )


def _same(one: HistorySeries, other: HistorySeries) -> bool:
    return (
        one.run == other.run
        and np.array_equal(one.steps, other.steps)
        and np.array_equal(one.values, other.values)
    )
