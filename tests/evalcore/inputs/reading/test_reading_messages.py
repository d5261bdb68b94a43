"""Each sentence of the reader, word for word."""

from __future__ import annotations

import pytest

from evalcore.inputs.reading import messages as say

EXPECTED = {
    say.archive_without_tables("a.zip", ""): (
        '"a.zip" holds no table that can be read: pack the predictions as CSV, JSON or Parquet'
    ),
    say.binary_file("a"): (
        '"a" is a binary file of an unknown kind, not a table: '
        "use CSV, TSV, JSON, Parquet, Arrow, npz or Excel (.xlsx)"
    ),
    say.blank_columns(2): "2 columns without a name or a value were left out.",
    say.blank_rows(1): (
        "1 blank line was kept as a row without a value, so that the order of rows still fits other files."
    ),
    say.broken("a", "JSON"): '"a" begins as JSON but is damaged or cut short: download or export it again',
    say.broken_lines(2, 7, "{"): '2 lines were not JSON and were left out (first: line 7, "{").',
    say.cell_too_long(
        "a", "text", 3, 1000
    ): '"a" has a cell of more than 1,000 characters in column "text", row 3: leave that column out',
    say.decimal_comma("p"): 'Column "p": the comma was read as the decimal point.',
    say.duplicate_names(["p"]): 'More than one column is called "p"; the later ones were numbered.',
    say.empty_file(""): "the file is empty: export it again, or choose another file",
    say.encrypted("a"): '"a" is locked with a password: save it without one',
    say.header_alone(
        "a", ["x", "y"]
    ): '"a" has column names ("x", "y") but no rows below them: export it again with its rows',
    say.header_in_comment(): "The column names were taken from the line that begins with #.",
    say.header_lines(2): "The column names span 2 lines because of quoted line ends.",
    say.index_kept(["a", "b"]): 'The table\'s index became the columns "a", "b".',
    say.kept_as_text(
        "g", ["None"], 2
    ): 'Column "g": "None" in 2 rows were kept as a value, not read as missing.',
    say.members_skipped(["a"], "it is a picture"): 'Left out of the archive: "a" (it is a picture).',
    say.mended("long", 2, 3, "x"): (
        '2 rows have more cells than columns; the surplus was kept in the last one (first: line 3, "x").'
    ),
    say.missing_file("a.csv"): 'there is no file "a.csv": check the path',
    say.missing_library("a", "an Excel workbook", "openpyxl"): (
        '"a" is an Excel workbook, which needs the package openpyxl: install it, or save the table as CSV'
    ),
    say.more_notes(1): "1 further note of the same kinds was left out.",
    say.no_columns(): "The lines do not split into columns: each was read as one cell.",
    say.no_header(
        1
    ): "The file has no header: every line was read as data and the column is called column_1.",
    say.no_records("a"): (
        '"a" is JSON without a table in it: use a list of records, or a dictionary of equally long lists'
    ),
    say.not_a_source("int"): "source must be a path, bytes or a binary stream, got int",
    say.not_unicode("latin-1"): "The text is not UTF-8; it was read as Latin-1. Check letters with accents.",
    say.one_of_several("a", ["b"]): (
        'The file holds several tables; "a" has most rows and was taken. The others: "b".'
    ),
    say.padded_names(): "Spaces around column names were removed.",
    say.parts_ignored(["a"]): 'Not part of the table and left out: "a".',
    say.percent_signs("p"): 'Column "p": per cent signs were resolved (50% is 0.5).',
    say.read_as_missing("g", ["nan", "null"], 1): 'Column "g": "nan", "null" in 1 row was read as missing.',
    say.records_from("log"): 'The table is the part of the document called "log".',
    say.refused("a", "png"): '"a" is a PNG picture, not a table: export the table as CSV or Parquet',
    say.skipped_comments(1): "1 line that begins with # was skipped as a comment.",
    say.skipped_titles(2, "Results"): '2 lines above the table were skipped ("Results").',
    say.step_reading("a.csv"): 'Reading "a.csv"',
    say.step_unpacking("a.csv.gz"): 'Unpacking "a.csv.gz"',
    say.summary_below(2, "mean"): 'The last 2 rows sum up the rows above and were left out ("mean").',
    say.thousands("p"): 'Column "p": commas were read as grouping thousands.',
    say.ambiguous_commas("a", 2, 3, "1,0,7312"): (
        '"a" has 2 column names and 3 cells in a line ("1,0,7312"): the decimal comma seems to be also what '
        "separates the cells; export it with a decimal point, or with semicolons between the cells"
    ),
    say.unwrapped("p", "tensor(0.5)"): (
        'Column "p": the values were taken out of what stands around them ("tensor(0.5)").'
    ),
    say.orange_rows(): (
        "The two rows below the column names say what the columns are, as Orange writes them: no rows of data."
    ),
    say.too_deep("a", 3): '"a" is packed more than 3 times over: unpack it first',
    say.too_large(
        "a", 1 << 30
    ): '"a" holds more than 1 GB of data once unpacked, which is the limit: keep fewer columns or rows',
    say.too_many_broken_lines("a", 10): (
        '"a" has more than 10 lines whose quotation marks are not in pairs: '
        "export it again with quotes doubled within texts"
    ),
    say.too_many_cells("a", 1000, 2, 10): (
        '"a" has 1,000 rows of 2 columns; at most 10 cells are read: '
        "keep the truth, the predictions and what else is needed"
    ),
    say.too_many_columns(
        "a", 30, 20
    ): '"a" has 30 columns; at most 20 are read: keep the truth, the predictions and what else is needed',
    say.too_many_members(
        "a", 30, 20
    ): '"a" holds 30 files or sheets; at most 20 are read: keep those with the predictions',
    say.undecodable("a", "utf-16-le"): '"a" begins as UTF-16-LE text but is damaged: save it again as UTF-8',
    say.unreadable_array("a", "y", (2, 2, 2)): (
        '"a" holds an array "y" of shape (2, 2, 2); a table has one or two dimensions: save one row for each case'
    ),
    say.words_among_numbers("p", 2, 7, "x"): (
        'Column "p" was read as text because of words among its numbers in 2 rows (first in row 7: "x").'
    ),
}


def test_every_message_is_here() -> None:
    assert len(EXPECTED) == len(say.__all__) - 1  # but for REFUSALS, which test_reading_limits has


@pytest.mark.parametrize(("got", "expected"), EXPECTED.items(), ids=range(len(EXPECTED)))
def test_wording(got: str, expected: str) -> None:
    assert got == expected


@pytest.mark.parametrize("what", ["spans", "stray", "short", "long", "comment", "left out"])
@pytest.mark.parametrize(("count", "start"), [(1, "1 row "), (2000, "2,000 rows ")])
def test_mended_lines(what: str, count: int, start: str) -> None:
    got = say.mended(what, count, 5, "a,b")
    assert got.startswith(start)
    assert got.endswith(' line 5, "a,b").' if count > 1 else ' (line 5, "a,b").')


def test_names_from_the_file_are_cut_and_on_one_line() -> None:
    assert say.empty_file("a\nb") == '"a b" is empty: export it again, or choose another file'
    assert len(say.empty_file("x" * 1000)) < 150
    assert say.header_alone("a", list("bcdefgh")).count('"') == 2 * 6
    assert "and 2 more" in say.header_alone("a", list("bcdefgh"))
