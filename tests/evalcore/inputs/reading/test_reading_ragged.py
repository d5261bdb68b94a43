"""Quotes that are balanced or not, rows of other lengths, blank lines: no row is lost without a word."""

from __future__ import annotations

import numpy as np
import pytest

from evalcore.errors import InputError
from evalcore.inputs.reading.reader import ReadTable, read_table


def read(text: str) -> ReadTable:
    return read_table(text.encode())


def test_quoted_delimiters_and_doubled_quotes() -> None:
    table = read('text,score\n"a, b",0.5\n"say ""hi""",0.25\n').table
    assert table["text"].tolist() == ["a, b", 'say "hi"']


def test_line_ends_in_quotes() -> None:
    got = read('text,score\n"first\nsecond, line",0.5\nplain,0.25\n')
    assert got.table["text"].tolist() == ["first\nsecond, line", "plain"]
    assert got.notes == ('1 row spans several lines because of quoted line ends (line 2, ""first").',)


def test_quotes_without_a_partner() -> None:
    got = read('size,score\n"5 inch,0.5\n6" pipe,0.25\n7,0.1\n8 inch",0.2\n')
    assert got.table["size"].tolist() == ['"5 inch', '6" pipe', "7", '8 inch"']
    assert got.table["score"].tolist() == [0.5, 0.25, 0.1, 0.2]
    assert got.notes == (
        '1 row has a quotation mark without a partner, kept as part of the text (line 2, ""5 inch,0.5").',
    )


def test_stray_quotes_never_swallow_rows() -> None:
    lines = ['"' * (row % 97 == 0) + f"text {row},{row % 2},0.{row}" for row in range(1, 500)]
    got = read("text,truth,score\n" + "\n".join(lines))
    assert len(got.table) == 499
    assert got.table["truth"].tolist() == [row % 2 for row in range(1, 500)]


def test_escaped_quotes() -> None:
    table = read('text,score\n"say \\"hi, you\\"",0.5\nplain,0.25\n').table
    assert table["text"].tolist() == ['say "hi, you"', "plain"]


def test_short_and_long_rows() -> None:
    got = read("id,truth,score\n1,0,0.5\n2,1\n3,1,0.25,9\n4,0,0.125,,\n5,1,0.5\n6,1,0.5\n7,1,0.5\n8,1,0.5\n")
    assert got.table["id"].tolist() == [1, 2, 4, 5, 6, 7, 8]
    assert got.table["score"].isna().tolist() == [False, True] + [False] * 5
    assert got.notes == (
        '1 row has fewer cells than columns; the rest is missing (line 3, "2,1").',
        '1 row has more cells than columns and was left out (line 4, "3,1,0.25,9").',
    )


def test_text_with_unquoted_delimiters_in_the_last_column() -> None:
    body = "1,fine\n0,well, almost\n" + "1,good\n" * 10
    got = read("label,text\n" + body)
    assert got.table["text"][1] == "well, almost"
    assert len(got.table) == 12
    assert "the surplus was kept in the last one" in got.notes[0]


def test_blank_lines_are_no_rows_where_there_are_columns() -> None:
    assert len(read("a,b\n1,2\n\n3,4\n\n\n").table) == 2
    assert len(read('a,b\n"1",2\n\n3,4\n   \n5,6\n\n').table) == 3


def test_a_blank_line_is_a_missing_value_in_one_column() -> None:
    got = read("3\n2\n\n1\n\n\n")
    np.testing.assert_array_equal(got.table["column_1"].to_numpy(), [3, 2, np.nan, 1])
    assert any("1 blank line was kept as a row" in note for note in got.notes)


def test_a_delimiter_at_the_end_of_each_row() -> None:
    got = read("id,score\n1,0.5,\n2,0.25,\n3,0.25,\n")
    assert list(got.table.columns) == ["id", "score"]
    assert got.table["id"].tolist() == [1, 2, 3]
    assert got.notes == ("1 column without a name or a value was left out.",)


def test_line_ends_in_quotes_beside_other_columns() -> None:
    got = read('id,text,score\n1,"first\nsecond",0.5\n\n2,plain,0.25\n3,"a\n\nb",0.1\n')
    assert got.table["text"].tolist() == ["first\nsecond", "plain", "a\n\nb"]
    assert got.notes == ('2 rows span several lines because of quoted line ends (first: line 2, "first").',)


def test_texts_of_many_lines() -> None:
    text = "first\n" + 'more, "quoted" lines\n' * 150
    quoted = '"' + text.replace('"', '""') + '"'
    got = read("id,text,score\n" + "".join(f"{row},{quoted},0.5\n" for row in range(60)))
    assert got.table.shape == (60, 3)
    assert got.table["text"].tolist() == [text] * 60
    assert "60 rows span several lines" in got.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "label,score\n1,0,7312\n0,0,25\n1,0,5\n",
        "id,label,p_no,p_yes\na,1,0,7312,0,2688\nb,0,0,25,0,75\n",
        "id,score\na1,0,7312\na2,0,25\na3,1,0\n",
        "label,logit\n1,-2,7312\n0,3,25\n0,1,125\n1,2\n",
    ],
)
def test_a_decimal_comma_that_also_separates_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="seems to be also what separates the cells"):
        read_table(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "truth,score\n1,1,0.75\n2,0,0.5\n3,1,0.25\n",
        "truth,pred\n1,1,0\n2,0,0\n3,1,1\n",
        "truth,pred\n17,1,0\n4,0,0\n5,1,1\n8,1,1\n23,0,1\n",
        '"truth","pred"\n"1",1,0\n"2",0,0\n"3",1,1\n',
    ],
)
def test_row_names_are_no_decimal_commas(text: str) -> None:
    assert list(read_table(text.encode()).table.columns)[:2] == ["Unnamed: 0", "truth"]


def test_a_delimiter_at_the_end_is_no_decimal_comma() -> None:
    assert read_table(b"truth,pred\n1,0,\n0,0,\n1,1,\n").table["pred"].tolist() == [0, 0, 1]
