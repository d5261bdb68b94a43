"""Finding the tables in a JSON document: records, dictionaries of arrays, what pandas writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.values.headers import column_names, is_header, numbered_names

__all__ = ["JsonTable", "json_tables"]

_DEEPEST = 20
_LONGEST_LIST = 1024
_FOUR_COUNTS = frozenset({"tp", "fp", "fn", "tn"})
_LABEL_KEYS = ("label", "class", "class_name", "category", "name", "answer", "tag")
_SCORE_KEYS = ("score", "probability", "prob", "proba", "confidence", "p")
_SMALL = 0.01
"""A table with less than this share of the longest one's rows is a setting, not data."""


@dataclass(frozen=True)
class JsonTable:
    """A table within a document.

    Parameters
    ----------
    path : str
        Where it stands, dotted; empty for the whole document.
    columns : dict of name to list of values
        Equally long; None is missing.
    beside : tuple of str
        The keys beside its columns that are not part of it.
    """

    path: str
    columns: dict[str, list[Any]]
    beside: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(next(iter(self.columns.values()), ()))


def json_tables(document: Any, *, name: str, limits: Limits) -> list[JsonTable]:
    """Find the tables of a document, the longest first.

    Parameters
    ----------
    document : object
        As `json.loads` has it.
    name : str
        The file's name, for the messages.
    limits : Limits

    Raises
    ------
    InputError
        Where a table has more columns or cells than allowed.

    Examples
    --------
    >>> found = json_tables({"log": [{"step": 1, "eval": {"loss": 0.5}}]}, name="", limits=Limits())
    >>> found[0].path, found[0].columns
    ('log', {'step': [1], 'eval.loss': [0.5]})
    """
    found = sorted(
        _Finder(name, limits).tables(document), key=lambda table: (-table.rows, -len(table.columns))
    )
    if found and len(found[0].columns) > 1:
        found = [table for table in found if len(table.columns) > 1]
    return [table for table in found if table.rows >= _SMALL * found[0].rows][: limits.members]


class _Finder:
    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits

    def tables(self, node: Any, path: str = "", depth: int = 0) -> Iterator[JsonTable]:
        """Every table at or below a node."""
        if depth > _DEEPEST:
            return
        if isinstance(node, list):
            if columns := self._of_list(node):
                yield JsonTable(path, columns)
        elif isinstance(node, dict):
            if isinstance(node.get("columns"), list) and (columns := self._of_split(node)):
                yield JsonTable(path, columns)
            elif isinstance(node.get("schema"), dict) and isinstance(node.get("data"), list):
                yield from self.tables(node["data"], path, depth + 1)  # what pandas calls "table"
            elif isinstance(node.get("id2label"), dict):  # the configuration of a model
                yield from self.tables(
                    node["id2label"], f"{path}.id2label" if path else "id2label", depth + 1
                )
            elif columns := _of_map(node):
                yield JsonTable(path, columns)
            elif found := self._of_dicts(node):
                columns, beside = found
                yield JsonTable(path, columns, beside)
            else:
                yield from self._of_arrays(node, path, depth)

    def _of_arrays(self, node: dict[str, Any], path: str, depth: int) -> Iterator[JsonTable]:
        """Equally long arrays are columns; what else the dictionary holds is looked into."""
        by_length: dict[int, dict[str, list[Any]]] = {}
        for key, value in node.items():
            if (
                isinstance(value, list)
                and any(each not in (None, []) for each in value)
                and not _holds_dicts(value)
            ):
                by_length.setdefault(len(value), {})[key] = value
        length = max(by_length, key=lambda each: (len(by_length[each]) > 1, each), default=0)
        arrays = by_length.get(length, {})
        if arrays:
            yield JsonTable(path, self._expanded(arrays), tuple(key for key in node if key not in arrays))
        for key, value in node.items():
            if key not in arrays:
                yield from self.tables(value, f"{path}.{key}" if path else key, depth + 1)

    def _of_split(self, node: dict[str, Any]) -> dict[str, list[Any]]:
        """The layout that pandas calls "split"."""
        rows, width = node.get("data"), len(node["columns"])
        if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == width for row in rows):
            return {}
        names = column_names([str(name) for name in node["columns"]]).names
        return self._expanded(dict(zip(names, map(list, zip(*rows, strict=True)), strict=False)))

    def _of_dicts(self, node: dict[str, Any]) -> tuple[dict[str, list[Any]], tuple[str, ...]] | None:
        """A dictionary of like dictionaries: of records by their key, or of columns by their rows' keys."""
        inner = {key: value for key, value in node.items() if isinstance(value, dict) and value}
        others = [value for value in node.values() if not isinstance(value, dict)]
        if len(inner) < 2 or any(isinstance(value, list) for value in others):
            return None
        keys = next(iter(inner.values())).keys()
        if any(value.keys() != keys or not all(map(_is_scalar, value.values())) for value in inner.values()):
            return None
        counted = all(key == str(place) for place, key in enumerate(keys))
        index = list(keys if counted or len(keys) > len(inner) else inner)
        if index == list(keys):
            columns = {key: list(value.values()) for key, value in inner.items()}
        else:
            columns = {key: [value[key] for value in inner.values()] for key in keys}
        if [str(place) for place in range(len(index))] != index:
            columns = {"index" if "index" not in columns else "index_": index, **columns}
        self._check(len(columns), len(index))
        return columns, tuple(key for key in node if key not in inner)

    def _of_list(self, rows: list[Any]) -> dict[str, list[Any]]:
        present = [row for row in rows if row is not None]
        if not present:
            return {}
        if all(isinstance(row, dict) or _is_label_score(row) for row in present):
            return self._of_records(rows)
        if all(isinstance(row, list) for row in present):
            return self._of_rows(present)
        if any(isinstance(row, dict | list) for row in present):
            return {}
        return {"column_1": rows}

    def _of_records(self, records: Sequence[Any]) -> dict[str, list[Any]]:
        """Columns in the order in which their names first come; a record without one has None there."""
        columns: dict[str, list[Any]] = {}
        lone = _longest_answer(records) == 1
        single = _single_lists(records)
        for number, record in enumerate(records):
            waiting = [("", record, 0)]
            while waiting:
                path, value, depth = waiting.pop()
                parts = _parts(value, lone=lone)
                if parts is None and path in single and isinstance(value, list):
                    parts = value[0] if value else {}
                if parts is not None and depth < _DEEPEST:
                    paths = (f"{path}.{key}" if path else key for key in parts)
                    waiting += [
                        (name, part, depth + 1) for name, part in zip(paths, parts.values(), strict=True)
                    ][::-1]
                    continue
                column = columns.get(path)
                if column is None:
                    self._check(len(columns) + 1, len(records))
                    column = columns[path] = []
                if len(column) <= number:
                    column += [None] * (number - len(column))
                    column.append(value)
        columns.pop("", None)  # records that are null or empty
        for column in columns.values():
            column += [None] * (len(records) - len(column))
        return self._expanded(columns)

    def _of_rows(self, rows: list[list[Any]]) -> dict[str, list[Any]]:
        width = max(map(len, rows))
        self._check(width, len(rows))
        texts = [["" if cell is None else str(cell) for cell in row] for row in rows[:200]]
        names = numbered_names(width)
        if all(isinstance(cell, str) for cell in rows[0]) and is_header(texts[0], texts[1:]):
            names = column_names([*texts[0], *[""] * (width - len(texts[0]))]).names
            rows = rows[1:]
        full = [[*row, *[None] * (width - len(row))] for row in rows]
        return self._expanded(dict(zip(names, map(list, zip(*full, strict=True)), strict=False)))

    def _expanded(self, columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        """Equally long lists of numbers become columns of their own: probabilities.0, probabilities.1."""
        out: dict[str, list[Any]] = {}
        for name, values in columns.items():
            length = _list_length(values)
            if length:
                blank = [None] * length
                places = zip(*(blank if value is None else value for value in values), strict=True)
                out.update((f"{name}.{place}", list(each)) for place, each in enumerate(places))
            else:
                out[name] = values
            self._check(len(out), len(values))
        return out

    def _check(self, columns: int, rows: int) -> None:
        if columns > self.limits.columns:
            raise InputError(say.too_many_columns(self.name, columns, self.limits.columns))
        if columns * rows > self.limits.cells:
            raise InputError(say.too_many_cells(self.name, rows, columns, self.limits.cells))


def _of_map(node: dict[str, Any]) -> dict[str, list[Any]]:
    """A dictionary of the classes' names by number or the other way round, or of the four counts of a matrix."""
    if {key.casefold() for key in node} >= _FOUR_COUNTS and all(map(_is_scalar, node.values())):
        return {key: [value] for key, value in node.items()}
    if len(node) < 2:
        return {}
    keys, values = list(node), list(node.values())
    if all(key.isdecimal() for key in keys) and all(isinstance(each, str) for each in values):
        return {"class": [int(key) for key in keys], "name": values}
    whole = all(isinstance(each, int) and not isinstance(each, bool) for each in values)
    if whole and sorted(values) in (list(range(len(values))), list(range(1, len(values) + 1))):
        return {"class": values, "name": keys}
    return {}


def _holds_dicts(values: Sequence[Any]) -> bool:
    return any(isinstance(each, dict) or _is_label_score(each) for each in values)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _parts(value: Any, *, lone: bool = False) -> dict[str, Any] | None:
    """What a value of a record holds by name; a `lone` list of one answer is the answer itself."""
    if isinstance(value, dict):
        return value
    keys = _label_score(value)
    if keys is None:
        return None
    label, score = keys
    if lone:  # the answer of a pipeline that gives its best one only: a decision, and how sure it is
        names = {label: f"predicted_{label}", score: "confidence"}
        return {names.get(key, key): part for key, part in value[0].items()}
    return {str(each[label]): each[score] for each in value}


def _is_label_score(value: Any) -> bool:
    return _label_score(value) is not None


def _label_score(value: Any) -> tuple[str, str] | None:
    """The keys of label and score in what text-classification pipelines return for one example.

    A list of {label, score}; other keys that say something of each (a rank, an id) may stand beside.
    """
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return None
    first = value[0]
    label = next((key for key in _LABEL_KEYS if key in first), None)
    score = next((key for key in _SCORE_KEYS if key in first), None)
    if label is None or score is None or any(each.keys() != first.keys() for each in value):
        return None
    labels = {each[label] for each in value if isinstance(each[label], str | int)}
    numbers = all(each[score] is None or isinstance(each[score], int | float) for each in value)
    plain = all(_is_scalar(part) for each in value for part in each.values())
    return (label, score) if len(labels) == len(value) and numbers and plain else None


def _longest_answer(records: Sequence[Any], depth: int = 0) -> int:
    """The most answers that a list of {label, score} has among the records."""
    longest = 0
    for record in records:
        if _is_label_score(record):
            longest = max(longest, len(record))
        elif isinstance(record, dict) and depth < _DEEPEST:
            longest = max(longest, _longest_answer(list(record.values()), depth + 1))
    return longest


def _single_lists(records: Sequence[Any]) -> set[str]:
    """The paths at which every record has a list of one document at most: the document itself is meant."""
    single: set[str] = set()
    several: set[str] = set()
    waiting: list[tuple[str, Any, int]] = [("", record, 0) for record in records]
    while waiting:
        path, value, depth = waiting.pop()
        if isinstance(value, list) and path and not _is_label_score(value):
            if len(value) > 1 or any(not isinstance(each, dict) for each in value):
                several.add(path)
                continue
            single.add(path)
            value = value[0] if value else None
        if isinstance(value, dict) and depth < _DEEPEST:
            waiting += [(f"{path}.{key}" if path else key, part, depth + 1) for key, part in value.items()
                        if isinstance(part, dict | list)]  # fmt: skip
    return single - several


def _list_length(values: Sequence[Any]) -> int:
    """The length that all lists of numbers share, 0 where they do not."""
    length = 0
    for value in values:
        if value is None:
            continue
        if (
            not isinstance(value, list)
            or not 0 < len(value) <= _LONGEST_LIST
            or len(value) != (length or len(value))
        ):
            return 0
        if not all(isinstance(each, int | float) for each in value):
            return 0
        length = len(value)
    return length
