"""Header or none: the first prediction is never eaten, a header is never a row."""

from __future__ import annotations

import pytest

from evalcore.errors import InputError
from evalcore.inputs.reading.reader import read_table

WITHOUT = {
    "whole numbers": "3\n2\n0\n",
    "one number": "1\n",
    "probabilities": "0.44\t0.56\n0.45\t0.55\n",
    "a zero first": "0\n0.25\n0.75\n",
    "pairs of whole numbers": "0,1\n1,1\n0,0\n",
    "short floats": "0,1\n0.25,0.75\n1,0\n",
    "a label map": "0\tanger\n1\tjoy\n2\tsadness\n",
    "labels": "cat\ndog\ndog\ncat\n",
    "pairs of labels": "cat,dog\ndog,dog\ncat,dog\ncat,cat\n",
    "paths and labels": "img/a1.png,cat\nimg/a2.png,dog\nimg/a3.png,cat\n",
    "numbered names": "image_001.png\nimage_002.png\nimage_003.png\n",
    "classes": "class_a\nclass_b\nclass_b\nclass_c\n",
    "ids and labels": "ex0,entailment\nex1,neutral\nex2,entailment\n",
    "booleans": "True,0.5\nFalse,0.25\n",
    "missing first": "NA,0.5\n1,0.25\n0,0.25\n",
    "a word first": "error,0,0.5\n0.2,1,0.5\n0.3,0,0.25\n",
    "decimal commas": "0,5;1\n0,25;0\n",
    "per cent": "50%;1\n25%;0\n",
    "text first": "A fine film.\t1\nA dull film.\t0\n",
}

WITH = {
    "words over numbers": "truth,score\n1,0.5\n0,0.25\n",
    "words over words": "pathology,scan\nabnorm,abnorm\nabnorm,norm\nnorm,norm\nnorm,norm\n",
    "one word": "sentiment\npositive\nnegative\npositive\nnegative\n",
    "one known name": "label\nlabel_a\nlabel_b\n",
    "one sure name": "id,grade\na,x\nb,y\n",
    "ids": "pairID,gold_label\nex0,entailment\nex1,neutral\n",
    "unnamed index": ",a,b\n0,0.25,0.5\n1,0.25,0.5\n",
    "numbers for classes": "0,1,2\n0.25,0.25,0.5\n0.125,0.25,0.625\n",
    "an index and numbers for classes": ",0,1\n0,0.25,0.75\n1,0.5,0.5\n",
    "an index and whole numbers": ",0,1\n0,1,0\n1,0,1\n",
    "an index and one column": ",0\n0,1\n1,1\n2,0\n",
    "a lone 0 over decimals": "0\n0.25\n0.75\n0.5\n",
    "numbers for classes over marks": "0,1,2\n1,0,0\n0,0,1\n",
    "row names and one column": ",0\na.png,1\nb.png,1\nc.png,0\n",
    "an id and numbers for classes": "id,0,1\na,0.25,0.75\nb,0.5,0.5\n",
    "an id over numbers and numbers for classes": "id,0,1\n7,1,0\n8,0,1\n",
    "booleans for classes": "False,True\n0.25,0.75\n0.5,0.5\n",
    "mostly missing": "a,b\nNA,\nNA,1\n",
    "decimal commas": "truth;score\n1;0,5\n0;0,25\n",
    "names with spaces": "Sample ID,True label\na/1.png,cat\na/2.png,dog\n",
}


@pytest.mark.parametrize("text", WITHOUT.values(), ids=WITHOUT)
def test_without_header(text: str) -> None:
    got = read_table(text.encode())
    assert len(got.table) == text.count("\n")
    assert list(got.table.columns) == [f"column_{place + 1}" for place in range(got.table.shape[1])]
    assert any(note.startswith("The file has no header") for note in got.notes)


@pytest.mark.parametrize("text", WITH.values(), ids=WITH)
def test_with_header(text: str) -> None:
    got = read_table(text.encode())
    first = text.split("\n")[0].replace(";", ",").split(",")
    assert len(got.table) == text.count("\n") - 1
    assert list(got.table.columns) == [name or "Unnamed: 0" for name in first]
    assert not any(note.startswith("The file has no header") for note in got.notes)


@pytest.mark.parametrize(
    ("text", "names", "rows"),
    [
        ("# made by hand\n# in 2024\ntruth,score\n1,0.5\n", ["truth", "score"], 1),
        ("#truth,score\n1,0.5\n0,0.25\n", ["truth", "score"], 2),
        ("# truth score\n1 0.5\n0 0.25\n", ["truth", "score"], 2),
        ("# made by hand\n# truth,score\n1,0.5\n", ["truth", "score"], 1),
        ("# score\n0.5\n0.25\n", ["score"], 2),
        ("# made by hand\n0.5\n0.25\n", ["column_1"], 2),
        ("truth,score\n1,0.5\n# half way, and, more\n0,0.25\n", ["truth", "score"], 2),
        ("#happy,1\nsad,0\n#glad,1\nsad,0\n", ["column_1", "column_2"], 4),
        ("#ff0000\n#00ff00\n", ["column_1"], 2),
        ("Results of model A\n\ntruth,score\n1,0.5\n0,0.25\n1,0.5\n", ["truth", "score"], 3),
    ],
)
def test_comments_and_titles(text: str, names: list[str], rows: int) -> None:
    got = read_table(text.encode())
    assert list(got.table.columns) == names
    assert len(got.table) == rows


def test_skipped_lines_are_said() -> None:
    assert read_table(b"# a\n# b\ntruth,score\n1,0.5\n").notes == (
        "2 lines that begin with # were skipped as comments.",
    )
    assert read_table(b"Results of A\ntruth,score\n1,0.5\n0,0.5\n").notes == (
        '1 line above the table was skipped ("Results of A").',
    )
    assert (
        "The column names were taken from the line that begins with #." in read_table(b"#a,b\n1,2\n3,4").notes
    )


def test_row_names_of_r() -> None:
    got = read_table(b'"truth" "score"\n"1" 1 0.5\n"2" 0 0.25\n"3" 0 0.25\n')
    assert list(got.table.columns) == ["Unnamed: 0", "truth", "score"]
    assert got.table["truth"].tolist() == [1, 0, 0]


def test_padded_and_duplicate_names() -> None:
    got = read_table(b"score , score,  a  b ,score.1\n0.1,0.2,0.3,0.4\n")
    assert list(got.table.columns) == ["score", "score.2", "a b", "score.1"]
    assert got.table.iloc[0].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert got.notes == (
        "Spaces around column names were removed.",
        'More than one column is called "score"; the later ones were numbered.',
    )


def test_names_in_quotes() -> None:
    got = read_table(b'"truth","score, raw"\n1,0.5\n')
    assert list(got.table.columns) == ["truth", "score, raw"]


def test_a_name_over_two_lines() -> None:
    got = read_table(b'"truth","score\n(raw)"\n1,0.5\n0,0.25\n')
    assert list(got.table.columns) == ["truth", "score (raw)"]
    assert "The column names span 2 lines because of quoted line ends." in got.notes
    assert got.table["truth"].tolist() == [1, 0]


@pytest.mark.parametrize(
    "text", ["truth,score\n", "PassengerId,Survived", "label\n", "\ufefftruth\tscore\n\n"]
)
def test_header_alone(text: str) -> None:
    with pytest.raises(InputError, match="but no rows below them"):
        read_table(text.encode(), name="x.csv")
