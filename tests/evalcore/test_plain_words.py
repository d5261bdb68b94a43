"""People's own words, and figures explained with the present numbers in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.describing.explained import CAVEATS, explain_area, explain_metric
from evalcore.describing.plain_words import DEFAULT_WORDS, LONGEST_WORDS, PlainWords
from evalcore.errors import InputError
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.definitions import METRICS

POINT = Confusion(tn=428, fp=68, fn=4, tp=32)


@pytest.mark.parametrize(
    ("positive", "several", "none", "one", "not_one"),
    [
        (
            "has the disease",
            "have the disease",
            "do not have the disease",
            "has the disease",
            "does not have the disease",
        ),
        ("is fraudulent", "are fraudulent", "are not fraudulent", "is fraudulent", "is not fraudulent"),
        ("spam", "are spam", "are not spam", "is spam", "is not spam"),
        ("suspicious", "are suspicious", "are not suspicious", "is suspicious", "is not suspicious"),
        (
            "carries the gene",
            "carry the gene",
            "do not carry the gene",
            "carries the gene",
            "does not carry the gene",
        ),
        ("goes bust", "go bust", "do not go bust", "goes bust", "does not go bust"),
        ("passes", "pass", "do not pass", "passes", "does not pass"),
        ("was late", "were late", "were not late", "was late", "was not late"),
    ],
)
def test_verbs_are_turned_and_denied(positive, several, none, one, not_one):
    words = PlainWords("people", positive, "is called")
    assert words.of_many("tp") == f"{several} and are called"
    assert words.of_many("fp") == f"are called but {none}"
    assert words.of_one("fn") == f"{one} but is not called"
    assert words.of_one("tn") == f"{not_one} and is not called"


def test_numbers_of_a_thousand_add_up_in_every_sentence():
    told = PlainWords("patients", "has the disease", "gets a biopsy").in_a_thousand(POINT)
    assert sum(int(text.split()[0]) for text in told.values()) == 1000
    assert told["tp"] == "60 have the disease and get a biopsy."
    assert (
        "1 has the disease but does not get a biopsy."
        in PlainWords("patients", "has the disease", "gets a biopsy")
        .in_a_thousand(Confusion(998, 0, 1, 1))
        .values()
    )


TEXTS = st.text(min_size=1, max_size=LONGEST_WORDS)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=150)
def test_words_are_text_of_one_line_and_the_link_gives_them_back(cases, positive, flagged):
    if any(not " ".join(each.split()).strip(" .") for each in (cases, positive, flagged)):
        return  # nothing is said: refused, as below
    try:
        words = PlainWords(cases, positive, flagged)
    except InputError:
        assert not all(map(str.isprintable, (cases, positive, flagged)))
        return
    assert PlainWords.read(words.written()) == words
    assert "\n" not in "".join(words.in_a_thousand(POINT).values())


@pytest.mark.parametrize("text", ["", "a|b", "a|b|c|d", "||", f"a|b|{'x' * 61}"])
def test_a_link_that_says_something_else_says_nothing(text):
    assert PlainWords.read(text) is None


def test_words_too_long_are_refused_by_name():
    with pytest.raises(InputError, match="what cases are called must have at most 60 letters"):
        PlainWords("x" * 61)
    assert DEFAULT_WORDS.of_many("fp") == "are flagged but are not positive"


@pytest.mark.parametrize("name", METRICS)
def test_the_formula_with_its_numbers_gives_the_value(name):
    """Worked out anew by Python from the text on screen."""
    found = explain_metric(name, POINT)
    told, _, shown = found.filled.rpartition(" = ")
    code = re.sub(r"√(\(.*\)|\d\S*)", r"(\1)**0.5", told).replace("·", "*").replace("−", "-").replace(",", "")
    value = eval(code, {"__builtins__": {}})
    assert value == pytest.approx(float(POINT.value(name)), rel=2e-3)
    assert shown == found.value
    assert found.meaning
    assert found.caveat
    assert name in CAVEATS


def test_what_is_undefined_says_why():
    nothing = explain_metric("precision", Confusion(90, 0, 10, 0))
    assert (nothing.value, nothing.filled) == ("–", "undefined: nothing is called positive")
    for name in METRICS:
        for point in (Confusion(0, 0, 0, 0), Confusion(0, 0, 0, 5), Confusion(5, 0, 0, 0)):
            assert explain_metric(name, point).caveat


def test_caveats_hold_the_present_numbers():
    assert (
        "is right in 93.2 % of these cases: that is more than here"
        in explain_metric("accuracy", POINT).caveat
    )
    precision = 0.00677 * POINT.recall / (0.00677 * POINT.recall + 0.99323 * POINT.false_positive_rate)
    assert f"would have {100 * precision:.1f} %" in explain_metric("precision", POINT).caveat
    for word in ("calibration", "unequal costs", "any rising scale", "any threshold"):
        assert word in explain_area("roc_auc", 0.92).caveat
