"""Training histories: a row for each epoch or step, with loss, accuracy and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers
from evalcore.inputs.columns.spelling import spell
from evalcore.inputs.columns.words import EPOCH, METRIC, MODEL
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.ready_made import messages
from evalcore.inputs.ready_made.unnamed_figures import is_smooth, smooth_figures, without_doubles
from evalcore.inputs.ready_made.weighing import ready_reading
from evalcore.inputs.recognition.evidence import Rival
from evalcore.predictions.history import HistorySeries, TrainingHistory

__all__ = ["find_history", "measured"]

_VALIDATION = frozenset(["val", "valid", "validation", "eval", "evaluation", "dev", "development", "holdout"])
_TRAIN = frozenset(["train", "training", "tr"])
_LESS_IS_BETTER = frozenset(
    [
        "loss",
        "losses",
        "error",
        "err",
        "rmse",
        "mae",
        "mse",
        "perplexity",
        "ppl",
        "brier",
        "logloss",
        "fpr",
        "fnr",
        "crossentropy",
        "entropy",
        "wer",
        "cer",
    ]
)
_NO_GOAL = frozenset(
    [
        "lr",
        "rate",
        "norm",
        "runtime",
        "second",
        "seconds",
        "time",
        "flos",
        "samples",
        "epoch",
        "step",
        "grad",
        "gradient",
        "memory",
        "total",
    ]
)
_MORE_IS_BETTER = ("auc", "acc", "accuracy", "f1", "iou", "dice", "map", "bleu", "rouge")  # mauc, top5acc
_COMMON = {"acc": "accuracy", "losses": "loss"}
_FEWEST_ROUNDS = 10
"""Fewer rows with a log loss may be models that are compared."""


def measured(name: str) -> tuple[str, str, Literal["min", "max", ""]]:
    """Read a history's column name: the metric, the split and which way is better.

    Examples
    --------
    >>> measured("val_acc"), measured("training_losses"), measured("learning_rate")
    (('accuracy', 'validation', 'max'), ('loss', 'train', 'min'), ('learning rate', 'train', ''))
    """
    words = words_of(name)
    if "log" in words and "history" in words:
        words = tuple(word for word in words if word not in ("log", "history"))
    split = "train"
    if set(words) & _VALIDATION:
        split = "validation"
    elif "test" in words:
        split = "test"
    kept = [
        _COMMON.get(word, word)
        for word in words
        if word not in _VALIDATION | _TRAIN | {"test", "epoch", "step"}
    ]
    metric = " ".join(kept) or " ".join(words)
    have = set(words)
    if have & _NO_GOAL - {"epoch", "step"}:
        return metric, split, ""
    if have & _LESS_IS_BETTER or any(word.endswith("loss") for word in have):
        return metric, split, "min"
    more = have & METRIC or any(word.endswith(_MORE_IS_BETTER) for word in have)
    return metric, split, "max" if more else ""


def _is_figure(profile: ColumnProfile) -> bool:
    return profile.kind == "number" and bool(set(profile.reading.words) & (METRIC | {"losses"}))


def _step_column(profiles: dict[str, ColumnProfile], figures: Sequence[str]) -> str | None:
    """The column that counts: a step before an epoch that repeats, an unnamed counting index last."""
    counting = [
        each
        for each in profiles.values()
        if each.name not in figures and each.kind == "number" and each.size == len(each.sample)
        and (np.diff(each.numbers) >= 0).all()
    ]  # fmt: skip
    named = [each for each in counting if set(each.reading.words) & EPOCH]
    exact = sorted(
        named, key=lambda each: (len(each.reading.words), -each.distinct, "step" not in each.reading.words)
    )
    if exact:
        return exact[0].name
    index = [each for each in counting if each.position == 0 and each.integral and each.unique]
    return index[0].name if index else None


def _lasts(profile: ColumnProfile) -> bool:
    """Whether a figure moves smoothly over more rows than anyone compares models in."""
    return profile.size >= _FEWEST_ROUNDS and is_smooth(profile)


def find_history(
    table: pd.DataFrame, profiles: dict[str, ColumnProfile], findings: Findings
) -> Rival[TrainingHistory] | None:
    """Read a table as a training history.

    Parameters
    ----------
    table : DataFrame
    profiles : dict of str to ColumnProfile
    findings : Findings
        Gets what was found where this reading is taken up.

    Returns
    -------
    Rival or None
        None where the table is something else.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"epoch": [0, 1], "loss": [0.9, 0.5], "val_loss": [0.8, 0.7]})
    >>> history = find_history(table, profile_table(table), Findings()).settle()
    >>> [(series.metric, series.split, series.best_value) for series in history.series]
    [('loss', 'train', 0.5), ('loss', 'validation', 0.7)]
    """
    own = Findings()
    history = _history(table, profiles, own)
    if history is None:
        return None

    def settle() -> TrainingHistory:
        findings.extend(own)
        return history

    columns = [history.step, *_figures(profiles)]
    return Rival(ready_reading("history", profiles, columns), settle)


def _figures(profiles: dict[str, ColumnProfile]) -> list[str]:
    """Columns that are called after metrics, or move as figures do."""
    return [each.name for each in profiles.values() if _is_figure(each)] or smooth_figures(profiles)


def _history(
    table: pd.DataFrame, profiles: dict[str, ColumnProfile], findings: Findings
) -> TrainingHistory | None:
    long = _long(table, profiles)
    if long is not None:
        findings.decide("epoch", [long.step], messages.HISTORY_LONG, 0.8)
        return long
    figures = _figures(profiles)
    losses = [name for name in figures if {"loss", "losses", "nll"} & set(words_of(name))]
    losses += [
        name for name in figures if {"logloss", "rmse"} & set(words_of(name)) and _lasts(profiles[name])
    ]
    if not figures:
        return None
    if not losses and len(figures) == len(profiles) and all(_lasts(profiles[name]) for name in figures):
        losses = figures  # nothing but figures that move smoothly, over more rows than models are compared in
    step = _step_column(profiles, figures)
    texts = [each for each in profiles.values() if each.kind == "text"]
    named_rows = any(each.unique for each in texts)
    if step is None and (not losses or named_rows):
        return None
    if step is not None and not losses and not set(words_of(step)) & EPOCH:
        return None
    others = [
        each.name
        for each in profiles.values()
        if each.kind == "number" and each.name not in figures and each.name != step
    ]
    used = [
        name for name in profiles if name in figures or (name in others and not set(words_of(name)) <= EPOCH)
    ]
    run = next(
        (
            each
            for each in texts
            if set(each.reading.words) & (MODEL | {"experiment", "fold"}) and each.labelled
        ),
        None,
    )
    used = without_doubles(table, used)
    series = _wide(table, used, step, run)
    if not series:
        return None
    findings.decide(
        "epoch", [step] if step else [], messages.HISTORY_STEPS if step else messages.HISTORY_ROWS, 0.9
    )
    findings.decide("metric", [each.name for each in series if not each.run], messages.HISTORY_SERIES, 0.9)
    rows = int(table[used].notna().any(axis=1).sum())
    runs = tuple(dict.fromkeys(each.run for each in series))
    return TrainingHistory(tuple(series), step or "row", table, rows, runs)


def _series(
    name: str, steps: npt.NDArray[np.float64], values: npt.NDArray[np.float64], run: str
) -> HistorySeries | None:
    known = ~np.isnan(values) & ~np.isnan(steps)
    if not known.any():
        return None
    metric, split, goal = measured(name)
    order = np.argsort(steps[known], kind="stable")
    shown = f"{name} ({run})" if run else name
    return HistorySeries(shown, metric, split, steps[known][order], values[known][order], goal, run)


def _wide(
    table: pd.DataFrame, columns: Sequence[str], step: str | None, run: ColumnProfile | None
) -> list[HistorySeries]:
    steps = as_numbers(table[step]) if step else np.arange(1, len(table) + 1, dtype=np.float64)
    found = []
    runs = [("", np.ones(len(table), dtype=bool))]
    if run is not None:
        runs = [(label, run.codes.codes == i) for i, label in enumerate(run.codes.labels)]
    for label, mine in runs:
        for name in columns:
            series = _series(name, steps[mine], as_numbers(table[name])[mine], label)
            if series is not None:
                found.append(series)
    courses = [each for each in found if len(each.steps) > 1]  # a summary at the end is no course
    return courses or found


def _long(table: pd.DataFrame, profiles: dict[str, ColumnProfile]) -> TrainingHistory | None:
    """A row for each value: step, name of the metric, value."""
    values = [
        each.name
        for each in profiles.values()
        if each.kind == "number" and each.reading.words in (("value",), ("values",))
    ]
    steps = [
        each.name for each in profiles.values() if each.kind == "number" and set(each.reading.words) & EPOCH
    ]
    if len(values) != 1 or not steps:
        return None
    tags = [
        each
        for each in profiles.values()
        if each.kind == "text" and each.labelled
        and all(set(words_of(spell(label))) & (METRIC | {"lr", "losses"}) for label in each.codes.labels)
    ]  # fmt: skip
    counts, numbers = as_numbers(table[steps[0]]), as_numbers(table[values[0]])
    if not tags:
        series = [_series(values[0], counts, numbers, "")]
    else:
        codes = tags[0].codes
        series = [
            _series(label, counts[codes.codes == i], numbers[codes.codes == i], "")
            for i, label in enumerate(codes.labels)
        ]
    return TrainingHistory(tuple(each for each in series if each is not None), steps[0], table, len(table))
