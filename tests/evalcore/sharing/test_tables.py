"""Any table survives being saved: content, types, names, index."""

from __future__ import annotations

import datetime
import decimal
import io
import subprocess
import sys
import uuid
import zoneinfo
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.sharing.parquet.cells import cell_from_json, cell_to_json, same_cell
from evalcore.sharing.parquet.tables import read_origin, read_saved_table, write_table


def round_trip(table: pd.DataFrame) -> pd.DataFrame:
    file = io.BytesIO()
    write_table(table, file)
    file.seek(0)
    return read_saved_table(file)


def kind_and_text(cell: Any) -> Any:
    """A slow, obvious picture of a cell that tells apart all that may differ."""
    if isinstance(cell, (list, tuple)):
        return type(cell), [kind_and_text(each) for each in cell]
    if isinstance(cell, dict):
        return type(cell), [(kind_and_text(key), kind_and_text(each)) for key, each in cell.items()]
    if isinstance(cell, (set, frozenset)):
        return type(cell), sorted(map(repr, cell))
    if isinstance(cell, np.ndarray):
        return type(cell), cell.dtype, cell.shape, [kind_and_text(each) for each in cell.ravel().tolist()]
    return type(cell), repr(cell)


def assert_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert one.shape == other.shape
    for axis in (0, 1):
        mine, yours = one.axes[axis], other.axes[axis]
        assert type(mine) is type(yours)
        assert mine.nlevels == yours.nlevels
        assert [kind_and_text(name) for name in mine.names] == [kind_and_text(name) for name in yours.names]
        for level in range(mine.nlevels):
            left, right = mine.get_level_values(level), yours.get_level_values(level)
            assert left.dtype == right.dtype
            assert [kind_and_text(each) for each in left] == [kind_and_text(each) for each in right]
    for position in range(one.shape[1]):
        left, right = one.iloc[:, position], other.iloc[:, position]
        assert left.dtype == right.dtype
        assert [kind_and_text(each) for each in left] == [kind_and_text(each) for each in right]


def objects(values: list[Any]) -> np.ndarray:
    return np.fromiter(values, dtype=object, count=len(values))


any_text = st.text(st.characters(), max_size=6)  # lone surrogates and NUL among them
numbers = st.one_of(st.integers(), st.floats(), st.booleans())
gaps = st.sampled_from([None, float("nan"), pd.NA, pd.NaT])
arrays = st.one_of(
    st.lists(st.floats(width=32), max_size=3).map(lambda values: np.array(values, dtype="float32")),
    st.lists(st.integers(-9, 9), max_size=3).map(lambda values: np.array(values, dtype="int64")),
    st.lists(any_text, max_size=2).map(objects),
)
times = st.one_of(
    st.datetimes(),
    st.datetimes(timezones=st.sampled_from([zoneinfo.ZoneInfo("Europe/Berlin"), datetime.UTC])),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
scalars = st.one_of(
    any_text,
    numbers,
    gaps,
    st.binary(max_size=4),
    times,
    st.decimals(allow_nan=False),
    st.uuids(),
    st.floats(width=32).map(np.float32),
    st.integers(0, 255).map(np.uint8),
    any_text.map(lambda text: np.str_(text.replace("\0", ""))),
)
keys = st.one_of(any_text, st.integers(0, 9), st.none())
cells = st.recursive(
    st.one_of(scalars, arrays),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(keys, inner, max_size=3),
        st.dictionaries(st.sampled_from(["bytes", "path"]), inner, min_size=2),
    ),
    max_leaves=4,
)
ROWS = 5


def column(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, min_size=ROWS, max_size=ROWS).map(objects)


def typed(values: st.SearchStrategy[Any], dtypes: list[Any]) -> st.SearchStrategy[Any]:
    listed = st.lists(values, min_size=ROWS, max_size=ROWS)
    return st.builds(lambda found, dtype: pd.array(found, dtype=dtype), listed, st.sampled_from(dtypes))


gapped_text = st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=3))
columns = st.one_of(
    column(st.one_of(any_text, st.floats())),
    column(st.one_of(any_text, st.none())),
    column(st.one_of(st.binary(max_size=3), st.just(float("nan")))),
    column(st.one_of(st.lists(st.floats(), max_size=3), st.none())),
    column(st.fixed_dictionaries({"bytes": st.binary(max_size=3), "path": gapped_text})),
    column(st.one_of(arrays, st.none())),
    column(cells),
    typed(st.floats(width=16), ["float16", "float32", "float64", ">f8", "complex128"]),
    typed(st.integers(0, 100), ["int8", "uint8", "int32", "uint64", ">i4", "timedelta64[s]", "bool"]),
    typed(st.one_of(st.none(), st.integers(0, 100)), ["Int8", "UInt64", "Float32"]),
    typed(st.one_of(st.none(), st.booleans()), ["boolean", "bool[pyarrow]", object]),
    typed(gapped_text, ["str", "string", pd.StringDtype("python"), "category", "string[pyarrow]", object]),
    typed(
        st.one_of(st.none(), st.datetimes(datetime.datetime(1970, 1, 1), datetime.datetime(2100, 1, 1))),
        ["datetime64[s]", "datetime64[ns]", "datetime64[us, UTC]", "datetime64[ms, Europe/Berlin]"],
    ),
)
labels = st.one_of(any_text, st.integers(-3, 3), st.floats(), st.none(), st.tuples(any_text, st.integers()))


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    found = draw(st.lists(columns, min_size=1, max_size=4))
    series = [pd.Series(values, dtype=values.dtype) for values in found]
    table = pd.DataFrame(dict(enumerate(series)))
    table.columns = pd.Index(
        objects(draw(st.lists(labels, min_size=len(found), max_size=len(found)))),
        dtype=object,
        tupleize_cols=False,
    )
    if draw(st.booleans()):
        table["one more"] = 0  # pandas' own kind of labels, which then lie in two pieces
        table.columns = table.columns.map(repr).insert(0, "first")[1:].astype("str")
    index = draw(st.one_of(st.none(), columns))
    if index is not None and str(index.dtype) != "float16":  # pandas has no such index
        table.index = pd.Index(index, dtype=index.dtype, tupleize_cols=False, name=draw(keys))
    return table


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_any_table_survives(table: pd.DataFrame) -> None:
    assert_same(round_trip(table), table)


@settings(max_examples=100, deadline=None)
@given(cells)
def test_any_cell_survives(cell: Any) -> None:
    text = cell_to_json(cell)
    assert text.isascii()
    assert kind_and_text(cell_from_json(text)) == kind_and_text(cell)


KINDS = {
    "mixed text and numbers": [0.5, "n/a", None],
    "mixed numbers": [1, 1.0, True],
    "numbers beyond 64 bits": [2**70, 1, 2],
    "None and NaN": [None, float("nan"), "a"],
    "nothing but None": [None, None, None],
    "bytes": [b"\x89PNG", b"", None],
    "images as Hugging Face writes them": [
        {"bytes": b"\xff\xd8", "path": "a.jpg"},
        {"bytes": None, "path": "b.jpg"},
        {"bytes": b"", "path": None},
    ],
    "keys in another order": [{"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 1}],
    "arrays": [np.array([0.1, 0.9]), np.array([]), np.array([np.nan, 1.0])],
    "arrays of two types": [np.array([0.1, 0.9]), np.array([1, 2]), None],
    "a table in a cell": [np.ones((2, 2), dtype="uint8"), None, None],
    "lists": [[0.1, 0.9], [float("nan")], None],
    "lists of mixed type": [[1, "a"], [1.0], []],
    "decimals": [[decimal.Decimal("1.0")], [decimal.Decimal("1.00")], []],
    "lone surrogates": ["\ud800", "a", "\0"],
    "ids": [uuid.UUID(int=7), {1, 2}, frozenset({3})],
    "times in arrays": [np.array(["2020-01-01"], dtype="M8[D]"), pd.Timestamp(0, unit="s"), pd.Timedelta(5)],
    "more": [bytearray(b"a"), 1j, np.complex64(2j)],
}


@pytest.mark.parametrize("values", KINDS.values(), ids=KINDS.keys())
def test_columns_of_objects(values: list[Any]) -> None:
    table = pd.DataFrame({"column": pd.Series(objects(values), dtype=object)})
    assert_same(round_trip(table), table)


def test_rare_types_survive() -> None:
    table = pd.DataFrame(
        {
            "period": pd.period_range("2020-01", periods=3, freq="M"),
            "interval": pd.interval_range(0, 3),
            "cut": pd.cut([1, 2, 3], 3),
            "arrow": pd.array([1, None, 3], dtype=pd.ArrowDtype(pa.int32())),
            "seconds": pd.array([1, None, 3], dtype=pd.ArrowDtype(pa.timestamp("s"))),
            "ordered": pd.Categorical(["b", None, "a"], categories=["b", "a", "c"], ordered=True),
        }
    )
    assert_same(round_trip(table), table)


def test_names_that_are_not_text_or_occur_twice() -> None:
    table = pd.DataFrame([[1, "a", 0.5, None]], columns=pd.Index(["x", "x", 0, None], dtype=object))
    assert_same(round_trip(table), table)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(3, 9, 2, name="row"),
        pd.Index([3, 1, 3], name=("a", 1)),
        pd.Index(["b", "c"]).insert(0, "a"),
        pd.Index(["a", None, 2.5], dtype=object),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["file", None]),
        pd.CategoricalIndex(["a", "b", "a"], name="c"),
        pd.DatetimeIndex(["2020-01-01", None, "2021-01-01"], name="day"),
    ],
)
def test_index_survives(index: pd.Index) -> None:
    table = pd.DataFrame({"a": [1, 2, 3]}, index=index)
    assert_same(round_trip(table), table)
    assert_same(round_trip(table.T), table.T)


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame(index=range(4)), pd.DataFrame({"a": []})])
def test_empty_tables_survive(table: pd.DataFrame) -> None:
    assert_same(round_trip(table), table)


def test_what_comes_back_may_be_written_to() -> None:
    table = round_trip(pd.DataFrame({"a": [1.0], "b": objects([np.array([1.0, 2.0])])}))
    table.loc[0, "a"] = 2.0
    table.loc[0, "b"][0] = 5.0
    assert table["a"].to_numpy(copy=True)[0] == 2.0


def test_object_that_no_file_can_hold_is_refused_with_its_column() -> None:
    table = pd.DataFrame({"fine": [1], "odd": objects([object()])})
    with pytest.raises(InputError, match=r"column 'odd' cannot be saved: .* got a object"):
        round_trip(table)


@pytest.mark.parametrize(
    "column",
    [
        pd.array([0.0, 1.0], dtype=pd.SparseDtype(float)),
        pd.array([(1, 2, 3), None], dtype=pd.ArrowDtype(pa.month_day_nano_interval())),
    ],
    ids=["sparse", "interval of months"],
)
def test_type_that_would_not_come_back_is_refused(column: Any) -> None:
    with pytest.raises(InputError, match="cannot be saved"):
        round_trip(pd.DataFrame({"column": column}))


def test_cells_of_one_value_and_two_types_are_told_apart() -> None:
    assert not same_cell([0.0], [-0.0])
    assert not same_cell([True], [1])
    assert not same_cell({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert not same_cell([decimal.Decimal("1.0")], [decimal.Decimal("1.00")])
    assert same_cell([float("nan"), b"a", None], [float("nan"), b"a", None])


def test_rare_types_are_read_in_a_fresh_process(tmp_path: Any) -> None:
    path = tmp_path / "t.parquet"
    with path.open("wb") as file:
        write_table(pd.DataFrame({"p": pd.period_range("2020-01", periods=2, freq="M")}), file)
    code = (
        "import os, sys; from evalcore.sharing.parquet.tables import read_saved_table\n"
        "with open(sys.argv[1], 'rb') as file: print(read_saved_table(file)['p'].dtype, flush=True)\n"
        "os._exit(0)"  # Arrow's threads, still starting, would abort a process that ends at once
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "period[M]"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not a table", b"PAR1" + b"\0" * 50 + b"PAR1"])
def test_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="the saved table cannot be read, its file is damaged"):
        read_saved_table(io.BytesIO(content))
    assert read_origin(io.BytesIO(content)) is None


def test_another_programs_parquet_is_refused() -> None:
    file = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_parquet(file)
    with pytest.raises(InputError, match="the saved table cannot be read"):
        read_saved_table(file)
    assert read_origin(file) is None


def test_newer_layout_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    monkeypatch.setattr("evalcore.sharing.parquet.tables._VERSION", 2)
    write_table(pd.DataFrame({"a": [1]}), file)
    monkeypatch.undo()
    with pytest.raises(InputError, match="must be of version 1, got version 2"):
        read_saved_table(file)


def test_origin_is_kept() -> None:
    file = io.BytesIO()
    write_table(pd.DataFrame({"a": [1]}), file, origin="store-7")
    assert read_origin(file) == "store-7"
