"""Every sentence that reading a file can say, in one place: refusals and notes.

Names and cells are quoted as they came from the file: show these sentences as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.wording import byte_size, count_of, first_line, quoted, some, the_file, was

__all__ = [
    "REFUSALS",
    "ambiguous_commas",
    "archive_without_tables",
    "binary_file",
    "blank_columns",
    "blank_rows",
    "broken",
    "broken_lines",
    "broken_record",
    "cell_too_long",
    "decimal_comma",
    "duplicate_names",
    "empty_file",
    "encrypted",
    "header_alone",
    "header_in_comment",
    "header_lines",
    "index_kept",
    "kept_as_text",
    "members_skipped",
    "mended",
    "missing_file",
    "missing_library",
    "more_notes",
    "no_columns",
    "no_header",
    "no_records",
    "no_scalars",
    "not_a_source",
    "not_unicode",
    "one_of_several",
    "orange_rows",
    "padded_names",
    "parts_ignored",
    "percent_signs",
    "read_as_missing",
    "records_from",
    "refused",
    "skipped_comments",
    "skipped_titles",
    "split_shares",
    "step_reading",
    "step_unpacking",
    "summary_below",
    "taken_out",
    "thousands",
    "too_deep",
    "too_large",
    "too_many_broken_lines",
    "too_many_cells",
    "too_many_columns",
    "too_many_members",
    "too_many_rows",
    "too_many_tags",
    "too_many_values",
    "too_much_memory",
    "undecodable",
    "unreadable_array",
    "words_among_numbers",
]

_EXPORT = "export the table as CSV or Parquet"
_FEWER_COLUMNS = "keep the truth, the predictions and what else is needed"
REFUSALS = {
    "bmp": f"is a BMP picture, not a table: {_EXPORT}",
    "gif": f"is a GIF picture, not a table: {_EXPORT}",
    "jpeg": f"is a JPEG picture, not a table: {_EXPORT}",
    "png": f"is a PNG picture, not a table: {_EXPORT}",
    "tiff": f"is a TIFF picture, not a table: {_EXPORT}",
    "webp": f"is a WebP picture, not a table: {_EXPORT}",
    "pdf": f"is a PDF document, not a table: {_EXPORT}",
    "html": "is a web page (HTML), not the data themselves: download the raw file instead of saving its page",
    "xml": f"is XML, which is not read: {_EXPORT}",
    "pickle": (
        "is a Python pickle, which is never opened because it can run any program it carries: "
        "save the table with DataFrame.to_parquet or to_csv instead"
    ),
    "torch": (
        "is a PyTorch file, which holds a Python pickle and is never opened because it can run any program "
        "it carries: save the predictions with numpy.savez or as CSV instead"
    ),
    "hdf5": f"is an HDF5 file, which is not read: {_EXPORT}",
    "sqlite": f"is an SQLite database, which is not read: {_EXPORT}",
    "matlab": "is a MATLAB file, which is not read: use writetable to make a CSV",
    "rds": "is R's own data file, which is not read: use write.csv to make a CSV",
    "old office": "is an old Office file (.xls or .doc), which is not read: save it as .xlsx or CSV",
    "office": f"is an Office document that is not an Excel workbook: {_EXPORT}",
    "opendocument": "is an OpenDocument file, which is not read: save it as .xlsx or CSV",
    "old feather": "is a Feather file of version 1, which is not read: write it again with a current pyarrow",
    "avro": f"is an Avro file, which is not read: {_EXPORT}",
    "orc": f"is an ORC file, which is not read: {_EXPORT}",
    "tar": "is a tar archive, which is not read: use a zip archive, or send its files one by one",
    "7z": "is a 7-Zip archive, which is not read: use a zip archive",
    "rar": "is a RAR archive, which is not read: use a zip archive",
    "lz4": "is compressed with LZ4, which is not read: use gzip, bzip2, xz or zstd",
    "program": "is a program, not a table: drop the file with the predictions",
    "lfs pointer": "is a Git LFS pointer, not the data themselves: fetch the file with `git lfs pull`",
}
"""What is known and not read, by its kind: the end of a sentence that begins with the file's name."""


# ---- refusals: why the file cannot be read ----


def refused(name: str, kind: str) -> str:
    """A known kind of file that is not read."""
    return f"{the_file(name)} {REFUSALS[kind]}"


def missing_file(path: str) -> str:
    """The path leads to no file."""
    return f"there is no file {quoted(path)}: check the path"


def not_a_source(got: str) -> str:
    """The argument is nothing that can be read."""
    return f"source must be a path, bytes or a binary stream, got {got}"


def empty_file(name: str) -> str:
    """No bytes, or blank ones only."""
    return f"{the_file(name)} is empty: export it again, or choose another file"


def header_alone(name: str, columns: Sequence[str]) -> str:
    """Names without rows."""
    return f"{the_file(name)} has column names ({some(columns)}) but no rows below them: export it again with its rows"


def binary_file(name: str) -> str:
    """Bytes of no known format."""
    return (
        f"{the_file(name)} is a binary file of an unknown kind, not a table: "
        "use CSV, TSV, JSON, Parquet, Arrow, npz or Excel (.xlsx)"
    )


def undecodable(name: str, encoding: str) -> str:
    """A marked encoding that the bytes break."""
    return f"{the_file(name)} begins as {encoding.upper()} text but is damaged: save it again as UTF-8"


def broken(name: str, what: str) -> str:
    """A known format that its own reader refuses."""
    return f"{the_file(name)} begins as {what} but is damaged or cut short: download or export it again"


def encrypted(name: str) -> str:
    """A locked archive or workbook."""
    return f"{the_file(name)} is locked with a password: save it without one"


def too_large(name: str, limit: int) -> str:
    """More bytes than allowed, after decompression."""
    held = f"holds more than {byte_size(limit)} of data once unpacked, which is the limit"
    return f"{the_file(name)} {held}: keep fewer columns or rows"


def too_much_memory(name: str) -> str:
    """Reading took more memory or time than a file of this size is allowed."""
    more = "takes far more memory or time to read than its size allows"
    return f"{the_file(name)} {more}: save the predictions as CSV or Parquet with fewer columns or rows"


def no_scalars(name: str) -> str:
    """An event file of images, texts or graphs alone."""
    return f"{the_file(name)} is a TensorBoard event file without scalars: log the loss and the metrics too"


def broken_record(name: str) -> str:
    """What follows a broken record cannot be found."""
    return f"{the_file(name)} is damaged in the middle: what stands behind the damage could not be read"


def too_many_rows(name: str, rows: int, limit: int) -> str:
    """Longer than allowed."""
    return f"{the_file(name)} has {rows:,} rows; at most {limit:,} are read: keep a sample of the rows"


def too_many_values(name: str, limit: int) -> str:
    """More values than allowed in a JSON document."""
    held = f"holds more than {limit:,} values, which is the limit for JSON"
    return f"{the_file(name)} {held}: save the predictions as CSV or Parquet"


def too_many_tags(name: str, cells: int) -> str:
    """More tags than allowed in a part of a workbook."""
    held = f"holds more than {cells:,} cells or texts, which is the limit for a workbook of its size"
    return f"{the_file(name)} {held}: save the sheet as CSV"


def too_many_columns(name: str, columns: int, limit: int) -> str:
    """Wider than allowed."""
    return f"{the_file(name)} has {columns:,} columns; at most {limit:,} are read: {_FEWER_COLUMNS}"


def too_many_cells(name: str, rows: int, columns: int, limit: int) -> str:
    """More cells than allowed."""
    size = f"has {rows:,} rows of {columns:,} columns; at most {limit:,} cells are read"
    return f"{the_file(name)} {size}: {_FEWER_COLUMNS}"


def too_many_members(name: str, members: int, limit: int) -> str:
    """An archive or workbook of too many parts."""
    held = f"holds {members:,} files or sheets; at most {limit:,} are read"
    return f"{the_file(name)} {held}: keep those with the predictions"


def too_deep(name: str, limit: int) -> str:
    """Archives within archives."""
    return f"{the_file(name)} is packed more than {limit} times over: unpack it first"


def too_many_broken_lines(name: str, limit: int) -> str:
    """A text that is hardly a table."""
    what = "lines whose quotation marks are not in pairs"
    return (
        f"{the_file(name)} has more than {limit:,} {what}: export it again with quotes doubled within texts"
    )


def ambiguous_commas(name: str, columns: int, count: int, text: str) -> str:
    """The decimal comma and the comma between cells."""
    held = f"has {count_of(columns, 'column name')} and {count} cells in a line ({quoted(text[:80])})"
    why = "the decimal comma seems to be also what separates the cells"
    return f"{the_file(name)} {held}: {why}; export it with a decimal point, or with semicolons between the cells"


def split_shares(name: str, count: int, text: str) -> str:
    """The decimal comma and the comma between cells, where the columns have no names to count."""
    held = f"seems to hold numbers such as 0,0731 among {count} cells in a line ({quoted(text[:80])})"
    why = "the decimal comma is also what separates the cells"
    return f"{the_file(name)} {held}: {why}; export it with a decimal point, or with semicolons between the cells"


def cell_too_long(name: str, column: str, row: int, limit: int) -> str:
    """A cell that is no label, number or text of an example."""
    where = f"column {quoted(column)}, row {row:,}"
    return f"{the_file(name)} has a cell of more than {limit:,} characters in {where}: leave that column out"


def archive_without_tables(name: str, first_reason: str) -> str:
    """Nothing in the archive could be read."""
    reason = first_reason or "pack the predictions as CSV, JSON or Parquet"
    return f"{the_file(name)} holds no table that can be read: {reason}"


def no_records(name: str) -> str:
    """JSON without anything like a table."""
    wanted = "use a list of records, or a dictionary of equally long lists"
    return f"{the_file(name)} is JSON without a table in it: {wanted}"


def unreadable_array(name: str, array: str, shape: tuple[int, ...]) -> str:
    """A NumPy array that is no table."""
    of = f" {quoted(array)}" if array else ""
    held = f"holds an array{of} of shape {shape}; a table has one or two dimensions"
    return f"{the_file(name)} {held}: save one row for each case"


def missing_library(name: str, what: str, library: str) -> str:
    """The reader of a format is not installed."""
    return (
        f"{the_file(name)} is {what}, which needs the package {library}: install it, or save the table as CSV"
    )


# ---- steps: what is being done ----


def step_reading(name: str) -> str:
    """The columns are being read."""
    return f"Reading {the_file(name)}"


def step_unpacking(name: str) -> str:
    """A compressed file is being unpacked."""
    return f"Unpacking {the_file(name)}"


# ---- notes: what was done, or should be known ----


def not_unicode(encoding: str) -> str:
    """A guess at the encoding."""
    words = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}[encoding]
    return f"The text is not UTF-8; it was read as {words}. Check letters with accents."


def no_header(columns: int) -> str:
    """All lines are data."""
    first = "The file has no header: every line was read as data"
    if columns == 1:
        return f"{first} and the column is called column_1."
    return f"{first} and the columns are called column_1 to column_{columns}."


def header_in_comment() -> str:
    """Names behind a `#`."""
    return "The column names were taken from the line that begins with #."


def header_lines(lines: int) -> str:
    """A quoted name with a line end in it."""
    return f"The column names span {lines:,} lines because of quoted line ends."


def skipped_comments(lines: int) -> str:
    """`#` lines at the top."""
    if lines == 1:
        return "1 line that begins with # was skipped as a comment."
    return f"{lines:,} lines that begin with # were skipped as comments."


def skipped_titles(lines: int, first: str) -> str:
    """Words above the table."""
    return f"{count_of(lines, 'line')} above the table {was(lines)} skipped ({quoted(first)})."


def padded_names() -> str:
    """Spaces in names."""
    return "Spaces around column names were removed."


def duplicate_names(names: Sequence[str]) -> str:
    """Names that come twice."""
    return f"More than one column is called {some(names)}; the later ones were numbered."


def mended(what: str, count: int, line: int, text: str) -> str:
    """Lines that were not plain rows: `what` is spans, stray, short, long, comment or left out."""
    one, several = {
        "spans": (
            "spans several lines because of quoted line ends",
            "span several lines because of quoted line ends",
        ),
        "stray": (
            "has a quotation mark without a partner, kept as part of the text",
            "have a quotation mark without a partner, kept as part of the text",
        ),
        "short": (
            "has fewer cells than columns; the rest is missing",
            "have fewer cells than columns; the rest is missing",
        ),
        "long": (
            "has more cells than columns; the surplus was kept in the last one",
            "have more cells than columns; the surplus was kept in the last one",
        ),
        "comment": (
            "begins with # and was skipped as a comment",
            "begin with # and were skipped as comments",
        ),
        "left out": (
            "has more cells than columns and was left out",
            "have more cells than columns and were left out",
        ),
    }[what]
    return f"{count_of(count, 'row')} {one if count == 1 else several} {first_line(count, line, text)}."


def broken_lines(count: int, line: int, text: str) -> str:
    """Lines of JSON Lines that are not JSON."""
    verb = was(count)
    return f"{count_of(count, 'line')} {verb} not JSON and {verb} left out {first_line(count, line, text)}."


def blank_rows(count: int) -> str:
    """Blank lines in a text of one column."""
    kept = "was kept as a row" if count == 1 else "were kept as rows"
    reason = "so that the order of rows still fits other files"
    return f"{count_of(count, 'blank line')} {kept} without a value, {reason}."


def no_columns() -> str:
    """Lines that nothing splits alike."""
    return "The lines do not split into columns: each was read as one cell."


def summary_below(rows: int, first: str) -> str:
    """Totals below the data."""
    what = "The last row sums up" if rows == 1 else f"The last {rows} rows sum up"
    return f"{what} the rows above and {was(rows)} left out ({quoted(first)})."


def blank_columns(count: int) -> str:
    """Columns without name or values."""
    return f"{count_of(count, 'column')} without a name or a value {was(count)} left out."


def read_as_missing(column: str, tokens: Sequence[str], count: int) -> str:
    """Words for "no value"."""
    where = f"{some(tokens)} in {count_of(count, 'row')}"
    return f"Column {quoted(column)}: {where} {was(count)} read as missing."


def kept_as_text(column: str, tokens: Sequence[str], count: int) -> str:
    """Words that may mean "no value" and may be a class."""
    where = f"{some(tokens)} in {count_of(count, 'row')}"
    return f"Column {quoted(column)}: {where} {was(count)} kept as a value, not read as missing."


def words_among_numbers(column: str, count: int, row: int, cell: str) -> str:
    """A column of numbers that a few words keep from being one."""
    first = f"{'' if count == 1 else 'first in '}row {row:,}: {quoted(cell)}"
    why = f"words among its numbers in {count_of(count, 'row')} ({first})"
    return f"Column {quoted(column)} was read as text because of {why}."


def decimal_comma(column: str) -> str:
    """0,5 for 0.5."""
    return f"Column {quoted(column)}: the comma was read as the decimal point."


def orange_rows() -> str:
    """Orange's three header rows."""
    return "The two rows below the column names say what the columns are, as Orange writes them: no rows of data."


def taken_out(column: str, cell: str) -> str:
    """Values within what a program printed around them."""
    return f"Column {quoted(column)}: the values were taken out of what stands around them ({quoted(cell)})."


def thousands(column: str) -> str:
    """1,234 for 1234."""
    return f"Column {quoted(column)}: commas were read as grouping thousands."


def percent_signs(column: str) -> str:
    """73.5% for 0.735."""
    return f"Column {quoted(column)}: per cent signs were resolved (50% is 0.5)."


def index_kept(names: Sequence[str]) -> str:
    """A pandas index became columns."""
    return f"The table's index became {'the column' if len(names) == 1 else 'the columns'} {some(names)}."


def records_from(path: str) -> str:
    """Which part of a JSON document is the table."""
    return f"The table is the part of the document called {quoted(path)}."


def parts_ignored(names: Sequence[str]) -> str:
    """What stands beside the table."""
    return f"Not part of the table and left out: {some(names)}."


def members_skipped(names: Sequence[str], first_reason: str) -> str:
    """Members of an archive that are no tables."""
    return f"Left out of the archive: {some(names)} ({first_reason})."


def more_notes(count: int) -> str:
    """Too many notes to show."""
    return f"{count_of(count, 'further note')} of the same kinds {was(count)} left out."


def one_of_several(name: str, others: Sequence[str]) -> str:
    """The largest table was taken."""
    taken = f"{quoted(name)} has most rows and was taken"
    return f"The file holds several tables; {taken}. The others: {some(others)}."
