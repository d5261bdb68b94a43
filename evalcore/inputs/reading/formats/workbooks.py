"""Excel workbooks (.xlsx): each sheet is read as the text that it would be exported to."""

from __future__ import annotations

import csv
import datetime
import io
import warnings
import zipfile
from dataclasses import replace
from typing import Any

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.text.delimited import read_delimited

__all__ = ["read_workbook"]

_LAST_ROW = 1_048_576
_PIECE = 1 << 20
_TAGS_OF_A_CELL = 4
_SLOW_CELLS = 20_000_000
"""XLSX cells are Python objects: more of them would take minutes and gigabytes."""


def read_workbook(raw: bytes, *, name: str, limits: Limits) -> tuple[ReadTable, ...]:
    """Read each sheet that holds a table; formulas by their stored results.

    Raises
    ------
    InputError
        Where the workbook is damaged, too large, or none of its sheets holds a table.
    """
    try:
        import openpyxl  # type: ignore[import-untyped]
    except ImportError:
        raise InputError(say.missing_library(name, "an Excel workbook", "openpyxl")) from None
    _check_parts(raw, name=name, limits=limits)
    tables = []
    reasons = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and features that do not matter to the cells
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheets = book.worksheets
        except MemoryError:
            raise
        except (
            Exception
        ):  # openpyxl does not wrap the errors of what it calls: a damaged file raises anything
            raise InputError(say.broken(name, "an Excel workbook")) from None
        if len(sheets) > limits.members:
            raise InputError(say.too_many_members(name, len(sheets), limits.members))
        for sheet in sheets:
            title = f"{name}: {sheet.title}" if len(sheets) > 1 else name
            try:
                text = _as_text(sheet, name=title, limits=limits)
                table = read_delimited(text, name=title, limits=limits)
            except InputError as error:
                reasons.append(str(error))
                continue
            except MemoryError:
                raise
            except Exception:
                reasons.append(say.broken(title, "an Excel sheet"))
                continue
            tables.append(replace(table, format="Excel workbook"))
    if not tables:
        raise InputError(
            reasons[0] if len(reasons) == 1 else say.archive_without_tables(name, (*reasons, "")[0])
        )
    return tuple(tables)


def _check_parts(raw: bytes, *, name: str, limits: Limits) -> None:
    """Count each part's tags as they are unpacked, before openpyxl makes objects of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for info in archive.infolist():
                tags = 0
                with archive.open(info) as part:
                    while piece := part.read(_PIECE):
                        tags += piece.count(b"<")
                        if tags > limits.tags:
                            raise InputError(say.too_many_tags(name, limits.tags // _TAGS_OF_A_CELL))
    except (InputError, MemoryError):
        raise
    except Exception:  # as in archives: damage raises nearly anything
        raise InputError(say.broken(name, "an Excel workbook")) from None


def _as_text(sheet: Any, *, name: str, limits: Limits) -> bytes:
    """Write the sheet as tab-separated text; blank rows and what is right of the last value are left out."""
    sheet.reset_dimensions()  # what a sheet states about its size may be wrong
    out = io.BytesIO()
    file = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells += len(row) + 1
        if number > _LAST_ROW:
            raise InputError(say.broken(name, "an Excel sheet"))
        if len(row) > limits.columns:
            raise InputError(say.too_many_columns(name, len(row), limits.columns))
        if cells > min(_SLOW_CELLS, limits.cells):
            raise InputError(say.too_many_cells(name, number, len(row), min(_SLOW_CELLS, limits.cells)))
        values = [_cell(value) for value in row]
        while values and not values[-1]:
            values.pop()
        if any(values):
            writer.writerow(values)
        if out.tell() > limits.size:  # one text may be named by every cell
            raise InputError(say.too_large(name, limits.size))
    file.flush()
    text = out.getvalue()
    return b"sep=\t\n" + text if text else b""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else value.isoformat()
    return str(value)
