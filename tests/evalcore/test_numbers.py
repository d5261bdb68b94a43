"""How numbers are written: nothing rounds to more, or to less, than there is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore import numbers

COUNTS = st.lists(st.integers(0, 10**9) | st.floats(0, 1e9), min_size=1, max_size=6)


@given(COUNTS)
def test_parts_of_a_thousand_add_up_and_are_within_one(counts: list[float]) -> None:
    named = {str(place): value for place, value in enumerate(counts)}
    total = sum(counts)
    whole = numbers.per_thousand(named)
    assert list(whole) == list(named)
    if not total > 0:
        assert set(whole.values()) == {0}
        return
    assert sum(whole.values()) == 1000
    for name, value in named.items():
        assert abs(whole[name] - 1000 * value / total) < 1 + 1e-9
        assert value > 0 or whole[name] == 0


@given(st.floats(0, 1))
def test_all_and_none_are_said_only_where_they_are_exact(value: float) -> None:
    text = numbers.share(value)
    assert text.endswith(" %")
    assert (text == "100 %") == (value == 1)
    assert (text == "0 %") == (value == 0)
    if text[0] not in "<>":
        assert abs(float(text.removesuffix(" %")) - 100 * value) <= 0.05 + 1e-9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.979321, "97.9 %"),
        (0.9995, ">99.9 %"),
        (0.99949, "99.9 %"),
        (0.0005, "0.1 %"),
        (0.0004, "<0.1 %"),
        (-0.25, "−25.0 %"),
        (math.nan, "–"),
    ],
)
def test_shares(value: float, text: str) -> None:
    assert numbers.share(value) == text


def test_intervals_have_one_sign() -> None:
    assert numbers.share_range(0.957, 0.995) == "95.7 to 99.5 %"
    assert numbers.share_range(0.9999, 1) == ">99.9 to 100 %"
    assert numbers.share_range(math.nan, 1) == "–"


def test_counts_and_coefficients() -> None:
    assert [numbers.count(each) for each in (0, 1234, 0.25, 1234.5678, 123456.7)] == [
        "0",
        "1,234",
        "0.3",
        "1,234.6",
        "123,457",
    ]
    assert [numbers.coefficient(each) for each in (0.9604, -0.0004, -0.5, -math.inf)] == [
        "0.960",
        "0.000",
        "−0.500",
        "−∞",
    ]
