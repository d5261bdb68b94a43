"""Open predictions: from files, bytes, streams or tables to one `Evaluation`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.building.binary import build_binary, build_scores
from evalcore.inputs.building.classes import build_classes
from evalcore.inputs.building.labels import build_labels
from evalcore.inputs.building.outputs import build_outputs
from evalcore.inputs.columns.hidden import derive_columns
from evalcore.inputs.columns.list_scores import expand_lists
from evalcore.inputs.columns.lists import single_items
from evalcore.inputs.columns.profile import ColumnProfile, profile_table
from evalcore.inputs.fingerprint import start_fingerprint
from evalcore.inputs.images import messages as images_messages
from evalcore.inputs.images.hints import with_hint
from evalcore.inputs.images.packed import zip_content
from evalcore.inputs.images.roles import find_image_outputs
from evalcore.inputs.joining.files import join_tables
from evalcore.inputs.plan import messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import BinaryLayout, ClassLayout, LabelLayout, OutputLayout, ScoresLayout
from evalcore.inputs.plan.stated import Stated, roles_from
from evalcore.inputs.progress import Progress, stage, watched
from evalcore.inputs.reading.messages import taken_out
from evalcore.inputs.reading.reader import ReadTable, read_tables
from evalcore.inputs.reading.values.cells import as_unicode
from evalcore.inputs.ready_made.counts import find_counts
from evalcore.inputs.ready_made.histories import find_history
from evalcore.inputs.ready_made.run_files import runs_of_files
from evalcore.inputs.ready_made.weighing import ready_reading
from evalcore.inputs.recognition.evidence import Rival
from evalcore.inputs.recognition.refusals import not_predictions
from evalcore.inputs.roles.settling import Settled, read_roles, settle_roles
from evalcore.inputs.roles.several.labels import find_lists
from evalcore.predictions.evaluation import Evaluation, Predictions, Roles
from evalcore.wording import say

if TYPE_CHECKING:
    from evalcore.inputs.images.archives import ImageArchive

__all__ = ["Source", "open_predictions"]

_READ, _JOINED = 0.6, 0.7  # shares of the time at which these are done
Source = str | Path | BinaryIO | tuple[str, bytes] | pd.DataFrame
_ENDINGS = (".gz", ".bz2", ".xz", ".zst", ".zip", ".csv", ".tsv", ".txt", ".log", ".parquet", ".json",
".jsonl", ".feather",
            ".arrow", ".xlsx", ".npz", ".npy", ".tab", ".dat")  # fmt: skip


class Reader(Protocol):
    """Reads every table of a file's content."""

    def __call__(self, source: bytes, *, name: str) -> tuple[ReadTable, ...]:
        """Read as `read_tables` does."""
        ...


def _from_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table distinct names of type str, and its index as columns where it says something."""
    index = frame.index
    counting = (
        isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1 and index.name is None
    )
    table = frame if counting else frame.reset_index()
    names: list[str] = []
    seen: dict[str, int] = {}
    columns: list[Any] = list(table.columns)
    for given in columns:
        name = as_unicode(" ".join(map(str, given)) if isinstance(given, tuple) else str(given))
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}.{seen[name] - 1}")
    if list(table.columns) == names:
        return table
    renamed = table.copy(deep=False)
    renamed.columns = pd.Index(names)
    return renamed


def _read(source: Source, read: Reader) -> tuple[ReadTable, ...]:
    if isinstance(source, pd.DataFrame):
        return (ReadTable(_from_frame(source), "", "table"),)
    if isinstance(source, tuple):
        name, content = source
        tables = read(content, name=name)
    else:
        tables = read_tables(source)
    return tuple(ReadTable(_from_frame(each.table), each.name, each.format, each.notes) for each in tables)


def _images_apart(sources: Sequence[Source]) -> tuple[Sequence[Source], Sequence[ImageArchive]]:
    """Take archives of images from among the tables; only what is a zip archive is looked into."""
    packed = [zip_content(each) for each in sources]
    if not any(packed):
        return sources, ()
    from evalcore.inputs.images.archives import separate_images

    tables: list[Source] = []
    archives: list[ImageArchive] = []
    for source, content in zip(sources, packed, strict=True):
        inner, found = separate_images([content] if content else [])
        tables += inner if found else [source]
        archives += found
    if not tables:
        raise InputError(say(images_messages.IMAGES_ALONE, columns=[each.name for each in archives]))
    return tables, archives


def _read_all(sources: Sequence[Source], read: Reader) -> list[ReadTable]:
    sizes = np.array([_size(each) for each in sources], dtype=float)
    ends: list[float] = (np.cumsum(sizes) / sizes.sum()).tolist()
    tables: list[ReadTable] = []
    for source, start, end in zip(sources, [0.0, *ends[:-1]], ends, strict=True):
        with stage(start, end):
            tables += _read(source, read)
    return tables


def _size(source: Source) -> int:
    """Bytes of a source, as far as they are known: its share in how far the reading has come."""
    if isinstance(source, tuple):
        return max(len(source[1]), 1)
    try:
        return max(Path(source).stat().st_size, 1) if isinstance(source, str | Path) else 1
    except (OSError, ValueError):
        return 1  # reading it says what is wrong


def _title(names: Sequence[str]) -> str:
    for name in names:
        short = Path(name).name
        while short.lower().endswith(_ENDINGS):
            short = short[: short.rindex(".")]
        if short:
            return short.replace("_", " ")
    return ""


def open_predictions(
    *sources: Source,
    roles: Roles | None = None,
    title: str = "",
    progress: Progress | None = None,
    read: Reader = read_tables,
    **role_keywords: Any,
) -> Evaluation:
    """Open one evaluation from one or several sources.

    Parameters
    ----------
    *sources : path, (name, bytes), binary file object, or DataFrame
        Tables; and zip archives of images, each of which goes to the row that names it by path or file name.
    roles : Roles, optional
        What is known of the columns; the rest is found. An empty text says that no column has the role.
    title : str, optional
        A name for people; made from the first file's name where empty.
    progress : callable, optional
        Is told the share that is done, from 0 to 1, and what is being done, in words; perhaps from another thread.
    read : callable, optional
        Reads the tables of a source that is given as its name and bytes: `read_tables`, or `guarded_tables` for the
        files of strangers.
    **role_keywords
        Fields of `Roles`, such as ``truth="label", score="p", positive="spam"``.

    Returns
    -------
    Evaluation

    Raises
    ------
    InputError
        Where the sources cannot be evaluated, in one sentence that says why and what to do.

    Examples
    --------
    >>> evaluation = open_predictions(pd.DataFrame({"label": [0, 1, 1], "prob": [0.2, 0.9, 0.4]}))
    >>> evaluation.task, evaluation.roles.truth, evaluation.models
    ('binary', 'label', ('prob',))
    """
    if not sources:
        raise InputError(messages.NO_SOURCE)
    stated = roles_from(roles, role_keywords)
    findings = Findings()
    with watched(progress):
        files, archives = _images_apart(sources)
        with stage(0.0, _READ, messages.STEP_READING):
            tables = _read_all(files, read)
        for each in tables:
            for note in each.notes:
                findings.warn(note)
        with stage(_READ, _JOINED, messages.STEP_JOINING if len(tables) > 1 else messages.STEP_ROLES):
            runs = runs_of_files(tables, findings)
            table = _from_frame(join_tables(tables, findings, complete=_complete) if runs is None else runs)
        with stage(_JOINED, 1.0, messages.STEP_ROLES):
            opened = _open_table(table, stated, findings, title or _title([each.name for each in tables]))
        if not archives:
            return with_hint(opened)
        from evalcore.inputs.images.archives import attach_images

        with stage(1.0, 1.0, messages.STEP_IMAGES):
            return attach_images(opened, archives)


def _complete(table: pd.DataFrame) -> bool:
    """Whether a table alone holds a truth and what was predicted."""
    try:
        return not isinstance(settle_roles(table, Roles(), Findings()).layout, ScoresLayout)
    except InputError:
        return False


def _build(
    table: pd.DataFrame, profiles: dict[str, ColumnProfile], stated: Roles, findings: Findings
) -> tuple[Predictions, Roles]:
    """Take the best of all readings of the table, and build its predictions."""
    rivals = _ready(table, profiles, stated, findings)
    if not rivals or stated.task not in ("counts", "history"):
        rivals.append(read_roles(table, stated, findings, profiles=profiles))
    settled = max(rivals, key=lambda each: each.reading.score).settle()
    if not isinstance(settled, Settled):
        return settled
    layout = settled.layout
    with stage(0.5, 1.0, messages.STEP_CHECKING):
        if isinstance(layout, BinaryLayout):
            known = profiles[layout.truth].codes
            return build_binary(table, layout, findings, truth_codes=known), settled.roles
        if isinstance(layout, ClassLayout):
            return build_classes(table, layout, findings), settled.roles
        if isinstance(layout, OutputLayout):
            return build_outputs(table, layout, findings), settled.roles
        if isinstance(layout, LabelLayout):
            return build_labels(table, layout, findings), settled.roles
        return build_scores(table, layout), settled.roles


def _ready(
    table: pd.DataFrame, profiles: dict[str, ColumnProfile], stated: Roles, findings: Findings
) -> list[Rival[tuple[Predictions, Roles] | Settled]]:
    """Readings as a table that is a result already, or as no predictions at all."""
    found: list[Rival[tuple[Predictions, Roles] | Settled]] = []
    alone = stated.task in (None, "history") and not stated.truth and not stated.scores
    history = find_history(table, profiles, findings) if alone else None
    if history is not None:

        def settle() -> tuple[Predictions, Roles]:
            course = history.settle()
            return course, replace(stated, epoch=stated.epoch or course.step, task="history")

        found.append(Rival(history.reading, settle))
    counted = find_counts(table, profiles, stated, findings)
    if counted is not None:
        found.append(counted)
    refused = not_predictions(profiles) if not stated.truth else None
    if refused:

        def refuse() -> Settled:
            raise InputError(refused)

        found.append(Rival(ready_reading("scores", profiles, []), refuse))
    return found


def _lists_of_scores(profiles: dict[str, ColumnProfile], stated: Roles) -> list[str]:
    """Columns of lists that are no lists of labels: the scores of the classes."""
    lists = [name for name, each in profiles.items() if each.kind == "list"]
    return lists if lists and find_lists(profiles, Stated(stated, tuple(profiles))) is None else []


def _open_table(table: pd.DataFrame, stated: Roles, findings: Findings, title: str) -> Evaluation:
    if not len(table):
        raise InputError(messages.NO_ROWS)
    profiles = profile_table(table)
    singles = single_items(table, [name for name, each in profiles.items() if each.kind == "list"])
    if singles:
        for name in singles:
            findings.warn(taken_out(name, str(table[name].iloc[0])))
        table = table.assign(**singles)
        profiles = profile_table(table)
    images = find_image_outputs(table, profiles, stated, findings)
    lists = _lists_of_scores(profiles, stated) if images is None else []
    if lists:
        table = expand_lists(table, lists)
        profiles = profile_table(table)
    derived = table if images else derive_columns(table, profiles, findings)
    if derived is not table:
        table, profiles = derived, profile_table(derived)
    fingerprint = start_fingerprint(table)
    predictions, roles = images or _build(table, profiles, stated, findings)
    return Evaluation(
        task=roles.task or "binary",
        predictions=predictions,
        roles=roles,
        decisions=tuple(findings.decisions),
        fingerprint=fingerprint(roles),
        title=title,
        questions=tuple(findings.questions),
        warnings=tuple(findings.warnings),
        unmatched=tuple(findings.unmatched),
    )
