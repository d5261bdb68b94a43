"""Values within what a program printed around them: `np.float32(0.5)`, `tensor(0.5)`, `[0.5]`, `'0.5`, `1:yes`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evalcore.inputs.reading.values.cells import MISSING, NUMBER

__all__ = ["unwrapped"]

_CALLS = (
    r"(?:np\.|numpy\.|torch\.|tf\.|jnp\.|decimal\.)?"
    r"(?:float\d*_?|u?int\d*_?|bool_?|str_|double|half|longdouble|tensor|Tensor|EagerTensor|array|Array|Decimal)"
)
_POINT = r"[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?"
_DECIMAL_ITEM = rf"\[{{1,2}}\s*({_POINT}|nan)\s*\]{{1,2}}"
# what stands around, and the group that holds the value
_WRAPS = (
    rf"{_CALLS}\(\s*\[?\s*['\"]?({NUMBER}|nan)['\"]?\s*\]?(?:,.*)?\)",
    rf"{_CALLS}\(\s*(True|False)\s*(?:,.*)?\)",
    r"np\.(True|False)_",
    r"(?:np\.)?str_\('([^']*)'\)",
    rf"'({NUMBER})",
    _DECIMAL_ITEM,
    rf"\(\s*({_POINT}|nan),?\s*\)",
    r"b'([^']*)'",
    r"b\"([^\"]*)\"",
)
_MARKS = frozenset("nNtTfjdDuibAhElsaA'[(")  # what a wrap begins with
_NOMINAL = r"(\d+):(.*)"
_MOST_NAMES = 1000


def unwrapped(column: Any) -> tuple[Any, str] | None:
    """Take the values of a column out of what was printed around them.

    Parameters
    ----------
    column : pyarrow.ChunkedArray of string

    Returns
    -------
    tuple of (pyarrow.ChunkedArray of string, str) or None
        The values, and a cell as it was; None where some cell is something else.

    Examples
    --------
    >>> import pyarrow as pa
    >>> unwrapped(pa.chunked_array([["np.float32(0.5)", "np.float32(0.25)"]]))[0].to_pylist()
    ['0.5', '0.25']
    >>> unwrapped(pa.chunked_array([["1:yes", "2:no", "1:?", "2:no", "1:yes"]]))[0].to_pylist()
    ['yes', 'no', '', 'no', 'yes']
    """
    values, first = _values(column)
    if first is None:
        return None
    if first[0] in _MARKS:
        for wrap in _WRAPS:
            if re.fullmatch(wrap, first) and _all(values, wrap):
                return _inner(column, wrap, r"\1"), first
    return _nominal(column, values, first)


def _values(column: Any) -> tuple[Any, str | None]:
    """The cells that hold something, without padding, and the first of them."""
    head = next(
        (cell.strip() for cell in column.slice(0, 100).to_pylist() if cell and cell.strip() not in _MISSING),
        None,
    )
    if head is None or (head[0] not in _MARKS and not re.match(r"\d+:", head)):
        return column, None
    trimmed = pc.utf8_trim_whitespace(column)
    return trimmed.filter(pc.invert(pc.is_in(trimmed, value_set=pa.array([*_MISSING, None])))), head


_MISSING = frozenset(MISSING["numbers"])


def _all(cells: Any, pattern: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(cells, f"^(?:{pattern})$")).as_py())


def _inner(column: Any, pattern: str, group: str) -> Any:
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.replace_substring_regex(trimmed, f"^(?:{pattern})$", group)


def _nominal(column: Any, values: Any, first: str) -> tuple[Any, str] | None:
    """Weka's classes: the number of the class and its name, `?` where it is not known."""
    if not re.fullmatch(_NOMINAL, first) or not _all(values, _NOMINAL):
        return None
    spelt: Sequence[str] = pc.unique(values).to_pylist()
    pairs = [tuple(cell.split(":", 1)) for cell in spelt[: 2 * _MOST_NAMES] if not cell.endswith(":?")]
    if len(pairs) > min(_MOST_NAMES, max(2, len(values) // 2)):
        return None
    numbers, names = {number for number, _ in pairs}, {name for _, name in pairs}
    clock = all(len(name) == 2 and name.isdigit() for name in names)
    if not pairs or len(numbers) < len(pairs) or len(names) < len(pairs) or "0" in numbers or clock:
        return None
    return pc.if_else(pc.equal(bare := _inner(column, _NOMINAL, r"\2"), "?"), "", bare), first
