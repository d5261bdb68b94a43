"""What is downloaded opens in a spreadsheet as what it is: texts as texts, numbers as numbers."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from evalcore.sharing.csv_text import as_csv, harmless

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "-", "+", "=", "@"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_everywhere(text: str) -> None:
    table = pd.DataFrame({text: [text, "cat"], "score": [0.5, 0.25]}, index=pd.Index([text, "b"], name=text))
    back = pd.read_csv(io.BytesIO(as_csv(table)), keep_default_na=False, lineterminator="\n", quotechar='"')
    assert back.columns[0] == f"'{text}"
    assert back.iloc[0, :2].tolist() == [f"'{text}"] * 2


@pytest.mark.parametrize("text", ["-1", "+0.5", "-1e-5", "cat", "a=b", "", "5 %", "-0,5", "-inf"])
def test_numbers_and_words_stay(text: str) -> None:
    assert harmless(text) == text


@given(some.lists(some.floats(allow_nan=False), min_size=1, max_size=20))
def test_numbers_keep_every_digit(numbers: list[float]) -> None:
    table = pd.DataFrame({"score": numbers})
    assert as_csv(table, index=False) == table.to_csv(index=False).encode()


def test_what_is_neither_text_nor_number() -> None:
    table = pd.DataFrame(
        {
            "when": pd.to_datetime(["2024-01-01", "2024-01-02"]),
            "known": [True, False],
            "gap": [np.nan, "=x"],
            "kind": pd.Categorical(["=a", "b"]),
        }
    )
    assert (
        as_csv(table, index=False) == b"when,known,gap,kind\n2024-01-01,True,,'=a\n2024-01-02,False,'=x,b\n"
    )


def test_names_in_two_levels_and_no_columns() -> None:
    table = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("=a", "b"), ("c", "@d")]))
    assert b"'=a,c" in as_csv(table, index=False)
    assert as_csv(pd.DataFrame(index=["=a"])) == b'""\n\'=a\n'
