"""Several files at once: which is the truth, and how their rows belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.columns.words import METRIC, PREDICTION, STRONG_TRUTH, WEAK_TRUTH
from evalcore.inputs.joining import messages
from evalcore.inputs.joining.class_map import (
    add_groups,
    apply_label_map,
    find_group_map,
    find_label_map,
    spoken_for,
)
from evalcore.inputs.joining.nameless import (
    begins_with_count,
    from_zero,
    is_nameless,
    numbered,
    without_count,
)
from evalcore.inputs.joining.row_keys import JoinKey, find_key, key_values, positions_of
from evalcore.inputs.joining.unmatched import unmatched_rows
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.roles.binary.positive import conventional_positive
from evalcore.wording import say

__all__ = ["join_tables"]

_TRUTH_FILES = STRONG_TRUTH | WEAK_TRUTH | {"solution", "solutions", "labels", "key", "annotations"}
_PREDICTION_FILES = PREDICTION | {
    "submissions",
    "output",
    "outputs",
    "results",
    "result",
    "logits",
    "scores",
    "probs",
}
_FOLD = re.compile(r"(?:fold|cv|split|part)[_\- ]?(\d+)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class _Part:
    """One table with what its file's name says."""

    table: pd.DataFrame
    stem: str

    @property
    def leaning(self) -> int:
        """Positive where the file's name says truth, negative where it says predictions."""
        words = set(words_of(self.stem))
        return bool(words & _TRUTH_FILES) - bool(words & _PREDICTION_FILES)


def _stems(tables: Sequence[ReadTable]) -> list[str]:
    for ending in (
        r"(\.[A-Za-z0-9]{1,8})+$",
        r"\.[A-Za-z0-9]{1,8}$",
    ):  # "x.truth.csv" and "x.scores.csv" are two
        stems = [re.sub(ending, "", Path(each.name).name) or f"file {i + 1}" for i, each in enumerate(tables)]
        if len(set(stems)) == len(stems):
            return stems
    return [f"{stem} {i + 1}" for i, stem in enumerate(stems)]


def join_tables(
    tables: Sequence[ReadTable], findings: Findings, *, complete: Callable[[pd.DataFrame], bool]
) -> pd.DataFrame:
    """Make one table of several.

    Parameters
    ----------
    tables : sequence of ReadTable
        At least one.
    findings : Findings
        Gets what was joined how, and how many rows did not match.
    complete : callable
        Tells whether a table alone can be evaluated.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Where tables do not belong together.
    """
    parts = [_Part(each.table, stem) for each, stem in zip(tables, _stems(tables), strict=True)]
    parts, groups = _take_group_map(parts)
    parts, names = _take_label_map(parts)
    parts = _without_cover_sheets(parts, [each.name for each in tables], findings, complete)
    table = parts[0].table if len(parts) == 1 else _join(parts, findings, complete)
    if groups is not None:
        table = add_groups(table, groups)
        findings.warn(say(messages.GROUP_MAP_USED, columns=list(groups.columns)))
    if names is not None:
        named = apply_label_map(table, names)
        if named is None:
            findings.warn(messages.LABEL_MAP_UNUSED)
        else:
            findings.warn(say(messages.LABEL_MAP_USED, labels=list(names.values())))
            if with_numbers := _contradicted(table, named, names):
                findings.warn(messages.LABEL_MAP_NUMBERS)
                named = apply_label_map(table, with_numbers)
            table = table if named is None else named
    return table


def _without_cover_sheets(
    parts: list[_Part], names: Sequence[str], findings: Findings, complete: Callable[[pd.DataFrame], bool]
) -> list[_Part]:
    """Of the sheets of one workbook take the one that can be evaluated, where no other belongs to its rows."""
    books = {name.rpartition(": ")[0] for name in names}
    if len(parts) < 2 or books == {""} or len(books) > 1:
        return parts
    ready = [each for each in parts if complete(each.table)]
    others = [each for each in parts if each not in ready]
    if len(ready) != 1 or any(
        len(each.table) >= len(ready[0].table) or find_key(ready[0].table, each.table) is not None
        for each in others
    ):
        return parts
    findings.warn(say(messages.SHEETS_LEFT, column=ready[0].stem, columns=[each.stem for each in others]))
    return ready


def _contradicted(table: pd.DataFrame, named: pd.DataFrame, names: dict[str, str]) -> dict[str, str]:
    """Keep the numbers beside the names where these alone would turn round which class a score speaks for."""
    pair = spoken_for(table, named, names)
    conventional = conventional_positive(*pair) if pair else None
    if pair is None or conventional is None or conventional.positive == pair[1]:
        return {}
    return {number: f"{name} ({number})" for number, name in names.items()}


def _take_group_map(parts: list[_Part]) -> tuple[list[_Part], pd.DataFrame | None]:
    """Take a map of classes to groups apart; what else it says of the classes (number and name) stays a label map."""
    for place, part in enumerate(parts):
        others = [each for each in parts if each is not part]
        groups = find_group_map(part.table, [each.table for each in others]) if others else None
        if groups is not None:
            rest = part.table.drop(columns=list(groups.columns))
            numbered = all(name.lstrip("-").isdigit() for name in groups.index)
            if not numbered or find_label_map(rest, [each.table for each in others]) is None:
                return others, groups
            return [*parts[:place], _Part(rest, part.stem), *parts[place + 1 :]], groups
    return parts, None


def _take_label_map(parts: list[_Part]) -> tuple[list[_Part], dict[str, str] | None]:
    for part in parts:
        others = [each for each in parts if each is not part]
        names = find_label_map(part.table, [each.table for each in others])
        if names is not None:
            return others, names
    return parts, None


def _join(parts: list[_Part], findings: Findings, complete: Callable[[pd.DataFrame], bool]) -> pd.DataFrame:
    parts = _take_positions(_without_counts(parts, findings), findings)
    if len(parts) == 1:
        return parts[0].table
    parts = _called_after_files(_with_keys_in_place(parts))
    alike = all(list(each.table.columns) == list(parts[0].table.columns) for each in parts[1:])
    if alike and all(complete(each.table) for each in parts):
        return _models_or_folds(parts, findings)
    if alike:
        return _same_schema(parts, findings)
    parts = _told_apart(parts)
    joined = parts[0]
    for part in parts[1:]:
        joined = _merge(joined, part, findings)
    return joined.table


def _without_counts(parts: list[_Part], findings: Findings) -> list[_Part]:
    """Take a first row that counts the columns for a header where the file is then as long as the others."""
    counting = [each for each in parts if begins_with_count(each.table)]
    lengths = {len(each.table) for each in parts if each not in counting}
    headed = [each for each in counting if lengths == {len(each.table) - 1}]
    for each in headed:
        findings.warn(say(messages.HEADER_COUNTS, column=each.stem))
    if len(counting) == len(parts):
        findings.warn(say(messages.HEADER_MAY_COUNT, columns=[each.stem for each in parts]))
    return [_Part(without_count(each.table), each.stem) if each in headed else each for each in parts]


def _with_keys_in_place(parts: list[_Part]) -> list[_Part]:
    """Where columns have no names and the key stands in another place in each file, call it the same in all."""
    first = parts[0]
    if not all(is_nameless(name) for each in parts for name in each.table.columns):
        return parts
    placed = [first]
    for part in parts[1:]:
        key = find_key(first.table, part.table)
        if (
            key is not None
            and len(key.left) == 1
            and key.left != key.right
            and key.left[0] in part.table.columns
        ):
            swapped = {key.right[0]: key.left[0], key.left[0]: key.right[0]}
            table = part.table.rename(columns=swapped)
            part = _Part(
                table[
                    [name for name in first.table.columns if name in table]
                    + [name for name in table.columns if name not in first.table.columns]
                ],
                part.stem,
            )
        placed.append(part)
    return placed


def _called_after_files(parts: list[_Part]) -> list[_Part]:
    """Give columns that only the reader named their file's name, where the files do not hold the same kinds."""
    first = parts[0].table
    if not all(is_nameless(name) for each in parts for name in each.table.columns):
        return parts
    wide = [each for each in parts if each.table.shape[1] > 1]
    if len(parts) > len(wide) > 1 and all(find_key(first, each.table) is None for each in parts[1:]):
        return [
            _Part(
                each.table.set_axis([f"{each.stem} {i}" for i in range(each.table.shape[1])], axis=1),
                each.stem,
            )
            if each in wide
            else each
            for each in parts
        ]
    if first.shape[1] < 2:
        return parts
    kinds = {tuple(pd.api.types.is_numeric_dtype(kind) for kind in each.table.dtypes) for each in parts}
    keys = [find_key(first, each.table) for each in parts[1:]]
    if len(kinds) == 1 or any(key is None for key in keys):
        return parts
    joined = {name for key in keys if key is not None for name in (*key.left, *key.right)}
    return [
        _Part(
            part.table.rename(
                columns={name: f"{part.stem} {name}" for name in part.table.columns if name not in joined}
            ),
            part.stem,
        )
        for part in parts
    ]


def _told_apart(parts: list[_Part]) -> list[_Part]:
    """Rename what several files call the same: scores by their file, labels by what the file's name says it holds."""
    names = [name for part in parts for name in part.table.columns]
    leanings = [part.leaning for part in parts]
    if 0 in leanings and len(parts) == 2:  # what one file is, the other is not
        leanings = [leaning or -sum(leanings) for leaning in leanings]
    renamed = []
    for part, leaning in zip(parts, leanings, strict=True):
        new = {}
        for name, profile in profile_table(part.table).items():
            if names.count(name) > 1 and profile.reading.role in ("score", "prediction"):
                new[name] = f"{part.stem} {name}"
            elif names.count(name) > 1 and profile.reading.role == "truth" and leaning:
                new[name] = f"{name}_{'true' if leaning > 0 else 'pred'}"
        renamed.append(_Part(part.table.rename(columns=new), part.stem))
    return renamed


def _take_positions(parts: list[_Part], findings: Findings) -> list[_Part]:
    """Apply a list of row positions: the rows of a longer table that the predictions are about."""
    if len(parts) < 3:
        return parts
    for index in parts:
        for longer in parts:
            rows = positions_of(index.table, longer.table) if longer is not index else None
            rest = [each for each in parts if each is not index and each is not longer]
            if rows is not None and any(len(each.table) == rows.size for each in rest):
                findings.warn(say(messages.BY_POSITIONS, column=index.stem, other=longer.stem))
                chosen = longer.table.iloc[rows].reset_index(drop=True)
                return [_Part(chosen, longer.stem), *rest]
    return parts


def _truth_part(parts: list[_Part], findings: Findings, column: str) -> int:
    """Of files of the same columns, find the one that holds the truth."""
    values = [profile_table(each.table[[column]])[column] for each in parts]
    graded = [not each.labelled for each in values]
    if graded.count(False) == 1:
        return graded.index(False)
    leanings = [each.leaning for each in parts]
    if leanings.count(max(leanings)) == 1:
        return leanings.index(max(leanings))
    findings.ask(
        "truth",
        say(messages.ASK_TRUTH_FILE, column=parts[0].stem),
        [f"{column}_true", f"{column}_pred"],
    )
    return 0


def _are_courses(parts: list[_Part]) -> bool:
    """Whether tables hold the same figures of a training on several sets: `auc` and `logloss`, step by step."""
    figures = all(set(words_of(name)) & (METRIC | {"error", "losses"}) for name in parts[0].table.columns)
    return figures and len({len(each.table) for each in parts}) == 1


def _same_schema(parts: list[_Part], findings: Findings) -> pd.DataFrame:
    """The same columns in each file: a submission and its solution, or truth and predictions."""
    first = parts[0].table
    if _are_courses(parts):
        return pd.concat([each.table.add_prefix(f"{each.stem.split(': ')[-1]}.") for each in parts], axis=1)
    keys = [find_key(first, each.table) for each in parts[1:]]
    shared = keys[0].left if keys[0] is not None and all(each == keys[0] for each in keys) else ()
    values = [name for name in first.columns if name not in shared]
    if not values:
        raise InputError(say(messages.SAME_FILES, columns=[each.stem for each in parts]))
    if all(each.leaning < 0 for each in parts):
        findings.warn(say(messages.ALL_PREDICTIONS, columns=[each.stem for each in parts]))
        truth = -1
    else:
        truth = _truth_part(parts, findings, values[-1])
    single = len(parts) == 2 and truth >= 0
    renamed = []
    for place, part in enumerate(parts):
        mark = "true" if place == truth else "pred" if single else f"pred_{part.stem}"
        renamed.append(_Part(part.table.rename(columns=numbered(values, mark)), part.stem))
    first_place = max(truth, 0)
    joined = renamed[first_place]
    for place, part in enumerate(renamed):
        if place != first_place:
            key = JoinKey(shared, shared) if shared else None
            joined = _merge_by(joined, part, key, findings)
    return joined.table


def _merge(left: _Part, right: _Part, findings: Findings) -> _Part:
    key = find_key(left.table, right.table)
    return (
        _merge_by(_named(left), _named(right), key, findings)
        if key is None
        else _merge_by(left, right, key, findings)
    )


def _named(part: _Part) -> _Part:
    """Give a lone column without a name the role that its file's name says."""
    table = part.table
    if table.shape[1] != 1 or not is_nameless(table.columns[0]):
        return part
    words = {1: "truth", -1: "prediction"}
    return _Part(table.set_axis([words.get(part.leaning, part.stem)], axis=1), part.stem)


def _merge_by(left: _Part, right: _Part, key: JoinKey | None, findings: Findings) -> _Part:
    if key is None:
        if len(left.table) != len(right.table):
            raise InputError(
                say(
                    messages.NOT_JOINABLE,
                    column=left.stem,
                    other=right.stem,
                    one=len(left.table),
                    two=len(right.table),
                )
            )
        findings.warn(say(messages.BY_ORDER, column=left.stem, other=right.stem, count=len(left.table)))
        return _side_by_side(left, right)
    a, b = key_values(left.table, key.left), key_values(right.table, key.right)
    if _repeats(b) and not _repeats(a):
        left, right, a, b = right, left, b, a
        key = JoinKey(key.right, key.left)
    place = pd.Series(np.arange(len(b)), index=b.to_numpy())[b.notna().to_numpy()]
    found = place[~place.index.duplicated()].reindex(a.to_numpy()).to_numpy()
    findings.warn(say(messages.BY_KEY, columns=list(key.left), count=int((~np.isnan(found)).sum())))
    lost = np.isnan(found)
    used = np.isin(np.arange(len(b)), found[~lost])
    if lost.any() or not used.all():
        counts = {"lost": int(lost.sum()), "unused": int((~used).sum())}
        findings.warn(say(messages.NOT_MATCHED, column=left.stem, other=right.stem, **counts))
        names = left.stem, right.stem
        findings.unmatched += unmatched_rows(left.table, lost, (a, b), names=names, key=key.left)
        findings.unmatched += unmatched_rows(right.table, ~used, (b, a), names=names[::-1], key=key.right)
    taken = right.table.drop(columns=list(key.right)).reindex(found).reset_index(drop=True)
    if not lost.any():
        taken = right.table.drop(columns=list(key.right)).iloc[found.astype(np.intp)].reset_index(drop=True)
    return _side_by_side(_Part(left.table.reset_index(drop=True), left.stem), _Part(taken, right.stem))


def _repeats(keys: pd.Series) -> bool:
    return bool(keys.dropna().duplicated().any())


def _side_by_side(left: _Part, right: _Part) -> _Part:
    """Put two tables side by side; a column that both have is kept twice only where it differs."""
    one, two = left.table, right.table
    kept, renamed = {}, {}
    for name in two.columns:
        if name not in one.columns:
            kept[name] = two[name]
        elif not two[name].equals(one[name]):
            marks = _marks(left, right, name)
            if marks is None:
                kept[f"{name} ({right.stem})"] = two[name]
            else:
                renamed[name] = f"{from_zero(name)}_{marks[0]}"
                kept[f"{from_zero(name)}_{marks[1]}"] = two[name]
    one = one.rename(columns=renamed) if renamed else one
    return _Part(pd.concat([one, pd.DataFrame(kept, index=one.index)], axis=1) if kept else one, left.stem)


def _marks(left: _Part, right: _Part, name: str) -> tuple[str, str] | None:
    """Which of two columns of one name is the truth of a label, and which what was predicted for it."""
    flags, graded = zip(*(_flag_or_graded(each.table[name]) for each in (left, right)), strict=True)
    if flags == (True, True) and left.leaning != right.leaning:
        return ("true", "pred") if left.leaning > right.leaning else ("pred", "true")
    if any(flags) and any(graded):
        return ("true", "pred") if flags[0] else ("pred", "true")
    return None


def _flag_or_graded(column: pd.Series) -> tuple[bool, bool]:
    """Whether a column holds 0 and 1 alone, and whether it holds numbers between them."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        return False, False
    values = column.dropna().unique()
    flags = bool(np.isin(values, (-1, 0, 1)).all())
    unit = len(values) > 2 and bool(values.min() >= 0 and values.max() <= 1)
    return flags, unit and not flags


def _models_or_folds(parts: list[_Part], findings: Findings) -> pd.DataFrame:
    """Each file can be evaluated alone: models on the same rows go side by side, others below each other."""
    first = parts[0].table
    numbers = [_FOLD.search(each.stem) for each in parts]
    key = find_key(first, parts[1].table)
    names = None
    if len({len(each.table) for each in parts}) == 1 and not all(numbers):
        names = _models_side_by_side(parts, key)
    if names is not None:
        findings.warn(say(messages.FILES_ARE_MODELS, columns=[each.stem for each in parts]))
        return names
    by_fold = all(numbers)
    marks = [found.group(1) if found else each.stem for found, each in zip(numbers, parts, strict=True)]
    column = "fold" if by_fold else "file"
    while column in first.columns:
        column += "_of_file"
    findings.warn(say(messages.FILES_ARE_FOLDS if by_fold else messages.FILES_ARE_PARTS, column=column))
    tables = [part.table.assign(**{column: mark}) for part, mark in zip(parts, marks, strict=True)]
    return pd.concat(tables, ignore_index=True)


def _models_side_by_side(parts: list[_Part], key: JoinKey | None) -> pd.DataFrame | None:
    """Line the files up by key or order; None where their truths differ: the rows are not the same."""
    first = parts[0].table
    truths = [
        name for name, each in profile_table(first).items() if each.reading.role == "truth" and each.labelled
    ]
    joined = first.rename(columns={name: name for name in first.columns})
    differing: dict[str, list[pd.Series]] = {}
    for part in parts[1:]:
        table = part.table
        if key is not None:
            order = pd.Series(np.arange(len(table)), index=key_values(table, key.right).to_numpy())
            if order.index.duplicated().any():
                return None
            found = order.reindex(key_values(first, key.left).to_numpy()).to_numpy()
            if np.isnan(found).any():
                return None
            table = table.iloc[found.astype(np.intp)].reset_index(drop=True)
        for name in first.columns:
            if not table[name].equals(first[name]):
                if name in truths:
                    return None
                differing.setdefault(name, []).append(table[name])
    if not differing or any(len(columns) != len(parts) - 1 for columns in differing.values()):
        return None
    for name, columns in differing.items():
        joined = joined.rename(columns={name: f"{parts[0].stem} {name}"})
        joined = joined.assign(
            **{f"{part.stem} {name}": each for part, each in zip(parts[1:], columns, strict=True)}
        )
    return joined
