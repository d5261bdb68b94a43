"""Delimited text in every layout: delimiters, encodings, line ends, quotes, ragged rows, spellings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.inputs.reading.reader import ReadTable, read_table

ROWS = [("a1", 1, 0.75), ("a2", 0, 0.5), ("b1", 1, 0.125)]


def read(text: str, encoding: str = "utf-8") -> ReadTable:
    return read_table(text.encode(encoding))


def delimited(mark: str, end: str = "\n") -> str:
    return end.join(mark.join(map(str, row)) for row in [("id", "truth", "score"), *ROWS]) + end


def assert_rows(table: pd.DataFrame) -> None:
    assert list(table.columns) == ["id", "truth", "score"]
    assert table["truth"].dtype == np.int64
    assert table["score"].dtype == np.float64
    assert list(table.itertuples(index=False, name=None)) == ROWS


@pytest.mark.parametrize(
    ("mark", "words"),
    [(",", "comma"), ("\t", "tab"), (";", "semicolon"), ("|", "pipe"), (" ", "space"), ("   ", "space")],
)
def test_delimiters(mark: str, words: str) -> None:
    got = read(delimited(mark))
    assert_rows(got.table)
    assert got.format == f"{words}-separated text"
    assert got.notes == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends(end: str, last: bool) -> None:
    text = delimited(",", end)
    assert_rows(read(text if last else text.removesuffix(end)).table)


def test_mixed_line_ends() -> None:
    assert_rows(read("id,truth,score\r\na1,1,0.75\na2,0,0.5\rb1,1,0.125\n").table)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ", UTF-16"),
        ("utf-16-le", ", UTF-16"),
        ("utf-16-be", ", UTF-16"),
        ("utf-32", ", UTF-32"),
        ("latin-1", ", CP1252"),
    ],
)
def test_encodings(encoding: str, words: str) -> None:
    got = read("label,score\ncafé,0.5\nthé,0.25\n", encoding)
    assert got.table["label"].tolist() == ["café", "thé"]
    assert got.format == "comma-separated text" + words
    assert bool(got.notes) == (encoding == "latin-1")


def test_marked_utf_16_big_endian() -> None:
    got = read_table(b"\xfe\xff" + delimited(",").encode("utf-16-be"))
    assert_rows(got.table)


def test_latin_1_where_windows_has_no_character() -> None:
    got = read_table("label,score\n\x81é,0.5\n".encode("latin-1"))
    assert got.table["label"][0] == "\x81é"


def test_decimal_comma() -> None:
    got = read("truth;score\n1;0,75\n0;1\n1;1,5e-3\n")
    assert got.table["score"].tolist() == [0.75, 1.0, 0.0015]
    assert 'Column "score": the comma was read as the decimal point.' in got.notes


def test_decimal_comma_in_one_column() -> None:
    assert read("score\n0,5\n0,25\n").table["score"].tolist() == [0.5, 0.25]
    assert read("0,5;0,5\n0,25;0,75\n").table["column_1"].tolist() == [0.5, 0.25]


def test_decimal_comma_in_quotes() -> None:
    assert read('truth,score\n1,"0,5"\n0,"0,25"\n').table["score"].tolist() == [0.5, 0.25]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (['"1,234"', '"12"', '"1,234,567.5"'], [1234.0, 12.0, 1234567.5]),
        (["50%", "7.5%", "NA"], [0.5, 0.075, np.nan]),
        (["+1.5", "-2", "3e2"], [1.5, -2.0, 300.0]),
        (["inf", "-inf", "Infinity"], [np.inf, -np.inf, np.inf]),
        ([" 0.5 ", "\t1", "2"], [0.5, 1.0, 2.0]),
        (['"0.5"', '"1"', '"2"'], [0.5, 1.0, 2.0]),
        (["0.1", "", "0.3"], [0.1, np.nan, 0.3]),
        (["1", "?", "3"], [1.0, np.nan, 3.0]),
        (["1", "None", "3"], [1.0, np.nan, 3.0]),
        (["1", "  ", "3"], [1.0, np.nan, 3.0]),
    ],
)
def test_spellings_of_numbers(cells: list[str], expected: list[float]) -> None:
    got = read("label,value\n" + "".join(f"x,{cell}\n" for cell in cells))
    np.testing.assert_array_equal(got.table["value"].to_numpy(), expected)


def test_thousands_with_points_and_decimal_comma() -> None:
    assert read("label;value\nx;1.234,5\ny;12,25\n").table["value"].tolist() == [1234.5, 12.25]


def test_floats_are_exact() -> None:
    values = np.random.default_rng(1).random(1000)
    got = read("score,x\n" + "".join(f"{value!r},1\n" for value in values.tolist()))
    np.testing.assert_array_equal(got.table["score"].to_numpy(), values)


def test_whole_numbers_stay_whole() -> None:
    table = read("truth,id\n0,9007199254740993\n1,2\n").table
    assert table["truth"].dtype == table["id"].dtype == np.int64
    assert table["id"][0] == 9007199254740993


def test_whole_numbers_with_missing_ones_beyond_float_stay_exact() -> None:
    table = read("truth,id\n0,9007199254740993\n1,\n").table
    assert table["id"][0] == "9007199254740993"
    assert table["id"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "cell", ["007", "12345678901234567890123", "9999999999999999999", "0x1F", "1_000", "1.2.826.0.1"]
)
def test_codes_stay_text(cell: str) -> None:
    table = read(f"id,score\n{cell},0.5\n{cell},0.25\n").table
    assert table["id"].tolist() == [cell, cell]


def test_a_type_that_changes_late() -> None:
    early = "".join(f"{row},0\n" for row in range(70_000))
    late = read("id,score\n" + early + "x,0.5\n").table
    assert len(late) == 70_001
    assert late["score"].dtype == np.float64
    assert late["id"].iloc[0] == "0"
    assert late["id"].iloc[-1] == "x"


def test_booleans() -> None:
    table = read("truth,flag\nTrue,TRUE\nFalse,\nTrue,FALSE\n").table
    assert table["truth"].dtype == np.bool_
    assert table["flag"].tolist()[::2] == ["True", "False"]
    assert table["flag"].isna().tolist() == [False, True, False]


def test_missing_among_words() -> None:
    got = read("label,score\nyes,0.5\n,0.25\nnan,0.1\nno,NA\n")
    assert got.table["label"].isna().tolist() == [False, True, True, False]
    assert got.table["score"].isna().tolist() == [False, False, False, True]
    assert got.notes == ('Column "label": "nan" in 1 row was read as missing.',)


@pytest.mark.parametrize("word", ["None", "NA", "n/a"])
def test_words_that_may_be_a_class_are_kept_and_said(word: str) -> None:
    got = read(f"grade,score\n{word},0.5\nmild,0.25\nsevere,0.1\n")
    assert got.table["grade"].tolist() == [word, "mild", "severe"]
    assert got.notes == (f'Column "grade": "{word}" in 1 row was kept as a value, not read as missing.',)


def test_a_column_of_nothing() -> None:
    table = read("a,b,c\n1,,NA\n2,,NA\n").table
    assert table["b"].isna().all()
    assert table["c"].isna().all()
    assert table["b"].dtype == table["c"].dtype == np.float64


def test_words_among_numbers_are_said() -> None:
    rows = [*(f"{row / 100}" for row in range(50)), "error", *(f"{row / 100}" for row in range(50))]
    got = read("score,x\n" + "".join(f"{row},1\n" for row in rows))
    assert len(got.table) == 101
    assert got.notes == (
        'Column "score" was read as text because of words among its numbers in 1 row (row 51: "error").',
    )


def test_summary_below_the_data() -> None:
    got = read("id,score\n" + "".join(f"{row},0.5\n" for row in range(40)) + "mean,0.5\n")
    assert got.table["id"].dtype == np.int64
    assert len(got.table) == 40
    assert got.notes == ('The last row sums up the rows above and was left out ("mean,0.5").',)


def test_padding_around_delimiters() -> None:
    got = read("id , truth , score\n a , yes , 0.5\n b , no , 0.25\n")
    assert list(got.table.columns) == ["id", "truth", "score"]
    assert got.table["truth"].tolist() == ["yes", "no"]


def test_padding_before_quotes() -> None:
    table = read('id, text, score\n1, "a, b", 0.5\n2, "c", 0.25\n').table
    assert table["text"].tolist() == ["a, b", "c"]


def test_aligned_columns() -> None:
    got = read("   truth     score\n       1      0.75\n       0      0.5\n")
    assert got.table.to_dict("list") == {"truth": [1, 0], "score": [0.75, 0.5]}


def test_stated_delimiter() -> None:
    got = read("sep=;\ntruth;score\n1;0.5\n")
    assert got.table.to_dict("list") == {"truth": [1], "score": [0.5]}


def test_single_quotes_in_text_are_text() -> None:
    assert read("text,score\nit's,0.5\n'b',0.25\n").table["text"].tolist() == ["it's", "'b'"]


def test_a_free_text_log_is_one_column() -> None:
    text = "\n".join(f"step {row}, loss: {row}{', lr: 3' * (row % 4)} done" for row in range(40))
    got = read(text)
    assert got.table.shape == (40, 1)


def test_thousands_of_columns() -> None:
    names = ["id", *(f"p{place}" for place in range(5000))]
    rows = [[str(row), *["0.25"] * 5000] for row in range(20)]
    got = read("\n".join(",".join(row) for row in [names, *rows]))
    assert got.table.shape == (20, 5001)
    assert (got.table.dtypes.iloc[1:] == np.float64).all()


def test_a_row_longer_than_a_block() -> None:
    long = "x" * 900_000
    names = ",".join(f"t{place}" for place in range(12))
    got = read_table((names + ",score\n" + ",".join([long] * 12) + ",0.5\n").encode())
    assert got.table.shape == (1, 13)
    assert got.table["score"][0] == 0.5


def test_lists_in_cells_stay_text() -> None:
    table = read("id,labels\n1,\"['a', 'b']\"\n2,\"['c']\"\n").table
    assert table["labels"].tolist() == ["['a', 'b']", "['c']"]


def test_dates_stay_text() -> None:
    table = read(
        "date,time,score\n2024-01-02,2024-01-02 10:00:00,0.5\n2024-01-03,2024-01-02 11:00:00,0.25\n"
    ).table
    assert table["date"].tolist() == ["2024-01-02", "2024-01-03"]
    assert table["time"][0] == "2024-01-02 10:00:00"


def test_result_is_plain() -> None:
    table = read(delimited(",")).table
    assert isinstance(table.index, pd.RangeIndex)
    assert str(table["id"].dtype) == "str"


@pytest.mark.parametrize("text", ["", "\n\n  \n", "\ufeff", "\ufeff\n"])
def test_empty(text: str) -> None:
    with pytest.raises(InputError, match="the file is empty"):
        read(text)


def test_blank_lines_above_the_table() -> None:
    assert read("\n  \n\ntruth,score\n1,0.5\n").table.to_dict("list") == {"truth": [1], "score": [0.5]}
    assert read("\n" * 200_000 + "truth,score\n1,0.5\n").table.to_dict("list") == {
        "truth": [1],
        "score": [0.5],
    }


def test_a_gap_that_r_writes_is_missing() -> None:
    got = read('"id","grade","note"\n"a","mild",1\n"b",NA,2\n"c","NA",3\n"d","none",4\n')
    assert got.table["grade"].isna().tolist() == [False, True, False, False]
    assert got.table["grade"][2] == "NA"
    assert got.notes == (
        'Column "grade": "NA" in 1 row was read as missing.',
        'Column "grade": "NA", "none" in 2 rows were kept as a value, not read as missing.',
    )
    assert read('"id","grade"\n"a","NA"\n"b",\n"c","x"\n').table["grade"].isna().tolist() == [
        False,
        True,
        False,
    ]
    kept = read('id,grade,text\na,mild,"x, y"\nb,NA,"z"\nc,mild,"z"\n')
    assert kept.table["grade"].tolist() == ["mild", "NA", "mild"]
