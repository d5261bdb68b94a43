"""What programs print around values: NumPy's and PyTorch's names, lists of one, Weka's and Orange's marks."""

from __future__ import annotations

import pytest

from evalcore.inputs.reading.reader import read_table

NUMBERS = ["np.float32({})", "tensor({})", "tensor({}, device='cuda:0')", "tensor([{}])", "array([{}], dtype=float32)",
           "np.float64({})", "'{}", "[{}]", "[[{}]]", "Decimal('{}')", "({},)", "float32({})"]  # fmt: skip


@pytest.mark.parametrize("spelling", NUMBERS)
def test_numbers_within_what_a_program_prints(spelling: str) -> None:
    rows = "".join(f"1;{spelling.format(value)}\n" for value in (0.25, 0.5, 0.0625))
    read = read_table(f"label;score\n{rows}".encode())
    assert read.table["score"].tolist() == [0.25, 0.5, 0.0625]
    assert any("stands around them" in note for note in read.notes)


@pytest.mark.parametrize("cell", ["grade(3)", "class(0.5)", "[0.5, 0.25]", "a'0.5"])
def test_other_words_around_a_number_stay(cell: str) -> None:
    read = read_table(f"label;kind\n1;{cell}\n0;{cell}\n".encode())
    assert read.table["kind"].tolist() == [cell, cell]


def test_one_other_cell_leaves_the_column_as_it_is() -> None:
    read = read_table(b"label;score\n1;tensor(0.5)\n0;high\n")
    assert read.table["score"].tolist() == ["tensor(0.5)", "high"]


def test_booleans_and_texts_of_numpy() -> None:
    read = read_table(b"a;b;c\nnp.True_;np.str_('cat');b'cat'\nnp.False_;np.str_('dog');b'dog'\n")
    assert read.table["a"].tolist() == [True, False]
    assert read.table["b"].tolist() == read.table["c"].tolist() == ["cat", "dog"]


WEKA = "1,1:yes,2:no,+,0.9\n2,2:no,2:no,,0.8\n3,1:?,1:yes,,0.7\n4,1:yes,1:yes,,0.6\n"


def test_classes_of_weka() -> None:
    read = read_table(f"inst#,actual,predicted,error,prediction\n{WEKA}".encode())
    assert read.table["actual"].isna().tolist() == [False, False, True, False]
    assert read.table["predicted"].tolist() == ["no", "no", "yes", "yes"]


def test_times_are_no_classes_of_weka() -> None:
    read = read_table(b"label,at\n1,9:30\n0,9:30\n1,10:45\n0,10:45\n1,9:30\n")
    assert read.table["at"].tolist()[:3] == ["9:30", "9:30", "10:45"]


def test_printed_predictions_of_weka() -> None:
    text = (
        "=== Predictions on test data ===\n\n    inst#     actual  predicted error prediction\n"
        "        1     1:yes       2:no   +   0.924 \n        2      2:no       2:no       0.588 \n"
        "        3       1:?      1:yes       0.7 \n"
    )
    read = read_table(text.encode())
    assert read.table["prediction"].tolist() == [0.924, 0.588, 0.7]
    assert read.table["predicted"].tolist() == ["no", "no", "yes"]
    assert read.table["actual"].isna().tolist() == [False, False, True]


def test_distributions_of_weka() -> None:
    text = "inst#,actual,predicted,error,distribution\n1,1:yes,2:no,+,0.1,*0.9\n2,2:no,2:no,,0.25,*0.75\n"
    read = read_table(text.encode())
    assert read.table["probability of yes"].tolist() == [0.1, 0.25]
    assert read.table["probability of no"].tolist() == [0.9, 0.75]


def test_three_header_rows_of_orange() -> None:
    text = "age\tclass\tForest (yes)\ncontinuous\tno yes\tcontinuous\n\tclass\tmeta\n20\tno\t0.25\n21\tyes\t0.5\n"
    read = read_table(text.encode())
    assert read.table.to_dict("list") == {
        "age": [20, 21],
        "class": ["no", "yes"],
        "Forest (yes)": [0.25, 0.5],
    }


def test_marks_before_names_of_orange() -> None:
    read = read_table(b"C#age\tcD#class\tmC#Forest (yes)\n20\tno\t0.25\n21\tyes\t0.5\n")
    assert list(read.table.columns) == ["age", "class", "Forest (yes)"]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["1E1", "10", "1E1"], ["1E1", "10", "1E1"]),
        (["1e-05", "0.5", "1E1"], [1e-05, 0.5, 10.0]),
        (["1e+05", "2.5"], [1e5, 2.5]),
    ],
)
def test_a_label_like_a_power_of_ten_is_a_text(cells: list[str], wanted: list[object]) -> None:
    read = read_table("\n".join(["label", *cells, ""]).encode())
    assert read.table["label"].tolist() == wanted
