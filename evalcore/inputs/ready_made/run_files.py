"""Several files that are histories of trainings: runs to lay over each other, or parts of one run's figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.columns.words import EPOCH, METRIC
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.ready_made import messages
from evalcore.inputs.ready_made.figure_names import SET_NAME, run_and_figure
from evalcore.inputs.ready_made.histories import find_history
from evalcore.predictions.history import TrainingHistory
from evalcore.wording import say

__all__ = ["runs_of_files"]

_MOST_ROWS = 200_000
_SURE = 0.8
_FIGURES = METRIC | {"losses", "error", "score", "scores", "logloss"}
_EVENTS = re.compile(r"events\.out\.tfevents.*")


@dataclass(frozen=True, eq=False)
class _Part:
    """One file's history with what its name says: the run, and the part of the data if it is of one alone."""

    table: pd.DataFrame
    run: str
    of: str
    step: str


def runs_of_files(tables: Sequence[ReadTable], findings: Findings) -> pd.DataFrame | None:
    """Make one table of several histories; None where any of the tables is something else.

    Parameters
    ----------
    tables : sequence of ReadTable
    findings : Findings
        Gets which runs there are.

    Returns
    -------
    DataFrame or None
        A column `run` where there are several; figures of one part of the data are called after it
        ("validation.loss").

    Examples
    --------
    >>> tables = [ReadTable(pd.DataFrame({"epoch": [1, 2], "loss": [0.5, 0.25]}), name, "") for name in "ab"]
    >>> runs_of_files(tables, Findings())["run"].tolist()
    ['a', 'a', 'b', 'b']
    """
    if len(tables) < 2 or not all(map(_may_be_history, tables)):
        return None
    parts = []
    for each in tables:
        profiles = profile_table(each.table)
        if any(
            column.reading.role == "truth" and column.reading.strength >= _SURE
            for column in profiles.values()
        ):
            return None
        reading = find_history(each.table, profiles, Findings())
        history = None if reading is None else reading.settle()
        if (
            not isinstance(history, TrainingHistory)
            or any(each.run for each in history.series)
            or "run" in each.table.columns
        ):
            return None
        run, of = _run_and_set(each.name)
        parts.append(_Part(each.table, run, of, history.step))
    runs = list(dict.fromkeys(each.run for each in parts))
    if len(runs) > 1:
        findings.warn(say(messages.RUNS_OF_FILES, columns=runs))
    counted = "round" if any(each.of for each in parts) else "epoch"  # sets of their own are boosting's
    step = next((each.step for each in parts if each.step in each.table.columns), counted)
    laid = [_one_run([each for each in parts if each.run == run], step) for run in runs]
    if len(laid) == 1:
        return laid[0]
    named = [table.assign(run=run) for table, run in zip(laid, runs, strict=True)]
    whole = pd.concat(named, ignore_index=True)
    return whole[["run", *(name for name in whole.columns if name != "run")]]


def _may_be_history(read: ReadTable) -> bool:
    """By the names alone: a table of cases is not looked at twice."""
    names = [words_of(run_and_figure(name)[1]) for name in read.table.columns]
    return len(read.table) <= _MOST_ROWS and any(
        set(words) & _FIGURES or any(word.endswith("loss") for word in words) for words in names
    )


def _run_and_set(name: str) -> tuple[str, str]:
    """Part the name of a file, with its folders or its place in a document, into run and part of the data."""
    pieces = [piece for piece in re.split(r"[/\\]|: ", name) if piece and not _EVENTS.fullmatch(piece)]
    bare = [re.sub(r"(\.[A-Za-z][A-Za-z0-9]{0,7})+$", "", piece) for piece in pieces]
    of = next((piece for piece in reversed(bare) if SET_NAME.fullmatch(piece)), "")
    others = [piece for piece in bare if piece != of]
    if not of and others and (ending := re.fullmatch(rf"(.+?)[_\-. ]({SET_NAME.pattern})", others[-1], re.I)):
        others[-1], of = ending[1], ending[2]
    return (others[-1] if others else ""), of


def _one_run(parts: Sequence[_Part], step: str) -> pd.DataFrame:
    """Lay the parts of one run side by side, by their step."""
    whole: pd.DataFrame | None = None
    for each in parts:
        table = each.table
        if each.step not in table.columns:
            table = table.assign(**{each.step: range(1, len(table) + 1)})
        table = table.rename(columns={each.step: step})
        if each.of and len(parts) > 1:
            prefix = {name: f"{each.of}.{name}" for name in table.columns if not _counts(name, step)}
            table = table.rename(columns=prefix)
        if whole is not None:
            table = table.drop(
                columns=[name for name in table.columns if name in whole.columns and name != step]
            )
        whole = table if whole is None else whole.merge(table, on=step, how="outer", sort=True)
    assert whole is not None
    return whole[[step, *(name for name in whole.columns if name != step)]]


def _counts(name: str, step: str) -> bool:
    return name == step or set(words_of(name)) <= EPOCH
