"""Training histories: a row for each epoch or step, with loss, accuracy and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import ColumnProfile, as_numbers, profile_table
from evalcore.inputs.columns.spelling import spell
from evalcore.inputs.columns.words import EPOCH, METRIC, MODEL
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.ready_made import messages
from evalcore.inputs.ready_made.figure_names import measured, run_and_figure
from evalcore.inputs.ready_made.unnamed_figures import is_smooth, smooth_figures, without_doubles
from evalcore.inputs.ready_made.weighing import ready_reading
from evalcore.inputs.recognition.evidence import Rival
from evalcore.predictions.history import HistorySeries, TrainingHistory

__all__ = ["find_history"]

_FEWEST_ROUNDS = 10
"""Fewer rows with a log loss may be models that are compared."""


def _is_figure(profile: ColumnProfile) -> bool:
    return profile.kind == "number" and bool(set(profile.reading.words) & (METRIC | {"losses"}))


def _step_column(
    profiles: dict[str, ColumnProfile], figures: Sequence[str], run: ColumnProfile | None
) -> str | None:
    """The column that counts: a step before an epoch that repeats, an unnamed counting index last."""
    counting = [
        each
        for each in profiles.values()
        if each.name not in figures and each.kind == "number" and each.size == len(each.sample)
        and _counts_up(each, run)
    ]  # fmt: skip
    named = [each for each in counting if set(each.reading.words) & EPOCH]
    exact = sorted(
        named, key=lambda each: (len(each.reading.words), -each.distinct, "step" not in each.reading.words)
    )
    if exact:
        return exact[0].name
    index = [each for each in counting if each.position == 0 and each.integral and each.unique]
    return index[0].name if index else None


def _counts_up(profile: ColumnProfile, run: ColumnProfile | None) -> bool:
    """Whether a column goes up from row to row, in every run."""
    if run is None:
        return bool((np.diff(profile.numbers) >= 0).all())
    numbers, codes = as_numbers(profile.column), run.codes.codes
    return all(bool((np.diff(numbers[codes == place]) >= 0).all()) for place in range(len(run.codes.labels)))


def _restarted(profiles: dict[str, ColumnProfile]) -> pd.Series | None:
    """Number the runs of a log to which each training was appended: its count begins again where one begins."""
    for each in profiles.values():
        if each.kind != "number" or len(each.reading.words) != 1 or each.reading.words[0] not in EPOCH:
            continue
        steps = as_numbers(each.column)
        starts = np.flatnonzero(np.diff(steps) < 0) + 1
        if each.missing or not starts.size or starts.size > len(steps) / 3:
            continue
        if (steps[starts] == steps[0]).all() and (steps >= steps[0]).all():
            numbers = np.searchsorted(starts, np.arange(len(steps)), side="right") + 1
            return pd.Series([f"run {number}" for number in numbers], dtype="str", name="run")
    return None


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
    texts = [each for each in profiles.values() if each.kind == "text"]
    run = next(
        (
            each
            for each in texts
            if set(each.reading.words) & (MODEL | {"experiment", "fold"}) and each.labelled
        ),
        None,
    )
    if run is None and (restarted := _restarted(profiles)) is not None:
        run = profile_table(restarted.to_frame())["run"]
    step = _step_column(profiles, figures, run)
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
    used = without_doubles(table, used)
    series = _told_apart(_of_validation(_numbered_sets(_wide(table, used, step, run), findings)))
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
    own, figure = run_and_figure(name)
    metric, split, goal = measured(figure)
    order = np.argsort(steps[known], kind="stable")
    shown = f"{name} ({run})" if run else name
    run = " ".join(filter(None, (run, own)))
    return HistorySeries(shown, metric, split, steps[known][order], values[known][order], goal, run)


def _wide(
    table: pd.DataFrame, columns: Sequence[str], step: str | None, run: ColumnProfile | None
) -> list[HistorySeries]:
    steps = as_numbers(table[step]) if step else np.arange(1, len(table) + 1, dtype=np.float64)
    found = []
    runs = [("", np.ones(len(table), dtype=bool))]
    if run is not None:
        codes = run.codes.codes
        order = dict.fromkeys(codes[codes >= 0].tolist())  # as they come in the file
        runs = [(run.codes.labels[i], codes == i) for i in order]
    for label, mine in runs:
        for name in columns:
            series = _series(name, steps[mine], as_numbers(table[name])[mine], label)
            if series is not None:
                found.append(series)
    # A summary at the end is no course; a run of one epoch beside longer ones is.
    courses = {(each.metric, each.split) for each in found if len(each.steps) > 1}
    beside = [
        each for each in found if len(each.steps) > 1 or (each.run and (each.metric, each.split) in courses)
    ]
    return beside if courses else found


def _numbered_sets(series: list[HistorySeries], findings: Findings) -> list[HistorySeries]:
    """Take the first of several sets that XGBoost numbered for the training rows, as people give them; and say so."""
    names = [each.name for each in series]
    if not all(any(name.startswith(f"validation_{place}") for name in names) for place in (0, 1)):
        return series
    if any(each.split == "train" and each.goal for each in series):
        return series
    findings.warn(messages.FIRST_SET_IS_TRAINING)
    return [replace(each, split="train") if each.name.startswith("validation_0") else each for each in series]


def _of_validation(series: list[HistorySeries]) -> list[HistorySeries]:
    """Take figures without a split for validation's where the losses are called train_loss and valid_loss (fastai)."""
    columns = {each.name.removesuffix(f" ({each.run})") for each in series}
    if not {"train_loss", "valid_loss"} <= columns:
        return series
    return [
        replace(each, split="validation") if each.goal and each.name.split(" (")[0] != "train_loss" else each
        for each in series
    ]


def _told_apart(series: list[HistorySeries]) -> list[HistorySeries]:
    """Name what is measured so that no two figures of one run and split are called the same."""
    alike: dict[tuple[str, str, str], list[HistorySeries]] = {}
    for each in series:
        alike.setdefault((each.metric, each.split, each.run), []).append(each)
    renamed: dict[str, str] = {}
    for group in alike.values():
        # Lightning tells a figure by the batch and by the epoch: the epoch's is what the others are laid beside.
        group = sorted(group, key=lambda each: "step" in words_of(each.name))
        for each in group[1:]:
            by_step = "step" in words_of(each.name)
            renamed[each.name] = (
                f"{each.metric}, each step" if by_step and len(group) == 2 else f"{each.metric} ({each.name})"
            )
    return [replace(each, metric=renamed.get(each.name, each.metric)) for each in series]


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
