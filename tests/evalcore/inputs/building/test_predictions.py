"""Building and validating binary predictions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.inputs.building.binary import build_binary
from evalcore.inputs.building.file_rule import find_rule
from evalcore.inputs.columns.association import label_association, rank_auc
from evalcore.inputs.columns.spelling import encode_labels, match_labels
from evalcore.inputs.fingerprint import fingerprint
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.layouts import BinaryLayout, Rows, ScorePlan
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Roles

PLAN = ScorePlan("p", "p", "probability")


def built(table: pd.DataFrame, **layout: object) -> BinaryPredictions:
    return build_binary(table, BinaryLayout("y", "1", "0", (PLAN,), **layout), Findings())  # type: ignore[arg-type]


def test_rows_without_truth_or_score_are_left_out_and_counted() -> None:
    table = pd.DataFrame({"y": [0, 1, None, 1, 0, None, 1], "p": [0.1, np.nan, 0.3, 0.4, np.nan, 0.6, 0.7]})
    found = built(table)
    assert found.rows.tolist() == [0, 3, 6]
    assert [(each.reason, each.count, each.rows) for each in found.omitted] == [
        ('no truth in "y"', 2, (3, 6)),
        ('no number in "p"', 2, (2, 5)),
    ]
    assert found.table is table


def test_at_most_five_row_numbers_are_told() -> None:
    found = built(pd.DataFrame({"y": [None] * 9 + [1, 0], "p": np.linspace(0, 1, 11)}))
    assert (found.omitted[0].count, found.omitted[0].rows) == (9, (1, 2, 3, 4, 5))


def test_infinite_scores_are_kept() -> None:
    found = built(pd.DataFrame({"y": [0, 1], "p": [-np.inf, np.inf]}))
    assert found.models[0].values.tolist() == [-np.inf, np.inf]


def test_scores_keep_their_type() -> None:
    single = pd.DataFrame({"y": [0, 1], "p": np.array([0.1, 0.9], dtype=np.float32)})
    assert built(single).models[0].values.dtype == np.float32
    assert built(single.astype({"p": float})).models[0].values.dtype == np.float64
    assert built(pd.DataFrame({"y": [0, 1], "p": ["0.1", "0.9"]})).models[0].values.tolist() == [0.1, 0.9]


def test_texts_among_scores_are_refused_with_their_row() -> None:
    with pytest.raises(InputError, match='"p" holds texts such as "high" in row 2'):
        built(pd.DataFrame({"y": [0, 1], "p": ["0.1", "high"]}))


def test_weights() -> None:
    table = pd.DataFrame({"y": [0, 1, 1], "p": [0.1, 0.9, 0.4], "w": [2.0, 0.0, np.nan]})
    found = built(table, rows=Rows("w"))
    assert found.weights is not None
    assert found.weights.tolist() == [2.0, 0.0]
    assert found.omitted[0].reason == 'no weight in "w"'
    with pytest.raises(InputError, match="in row 2"):
        built(table.assign(w=[1, -1, 1]), rows=Rows("w"))
    with pytest.raises(InputError, match="add up to nothing"):
        built(table.assign(w=0), rows=Rows("w"))


def test_no_row_left() -> None:
    with pytest.raises(InputError, match="2 rows"):
        built(pd.DataFrame({"y": [None, None], "p": [0.1, 0.2]}))


def test_rows_of_every_model_are_the_same() -> None:
    table = pd.DataFrame({"label": [0, 1, 1], "a_prob": [0.1, np.nan, 0.3], "b_prob": [0.2, 0.3, 0.4]})
    found = open_predictions(table).predictions
    assert found.rows.tolist() == [0, 2]
    assert [model.values.tolist() for model in found.models] == [[0.1, 0.3], [0.2, 0.4]]
    assert found.model("b_prob") is found.models[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.booleans()), min_size=1, max_size=40), st.floats(-2, 2))
@example([(0.0, False), (5e-324, True)], 0.0)
def test_the_rule_gives_what_it_says(rows: list[tuple[float, bool]], usual: float) -> None:
    score = np.array([each for each, _ in rows])
    called = np.array([each for _, each in rows])
    rule = find_rule(score, called, usual=usual)
    if called.all() or not called.any():
        assert rule is None
        return
    assert rule is not None
    assert int(((score >= rule.threshold) != called).sum()) == rule.differing
    candidates = np.append(score, np.inf)
    assert rule.differing <= min(int(((score >= each) != called).sum()) for each in candidates[:-1])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-100, 100, allow_subnormal=False), min_size=2, max_size=30), st.floats(-100, 100))
def test_any_threshold_is_found_again(scores: list[float], threshold: float) -> None:
    score = np.array(scores)
    rule = find_rule(score, score >= threshold, usual=0.5)
    assert rule is None or rule.exact


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=30))
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[bool, int]]) -> None:
    hits = [score for truth, score in rows if truth]
    misses = [score for truth, score in rows if not truth]
    found = rank_auc(np.array([truth for truth, _ in rows]), np.array([float(score) for _, score in rows]))
    if not hits or not misses:
        assert np.isnan(found)
        return
    pairs = [(a > b) + 0.5 * (a == b) for a in hits for b in misses]
    assert found == pytest.approx(sum(pairs) / len(pairs))


def test_association_of_labels() -> None:
    first = np.array([0, 1, 2, 0, 1, 2, -1])
    assert label_association(first, np.array([5, 6, 7, 5, 6, 7, 5])) == pytest.approx(1.0)
    assert label_association(first, np.zeros(7, dtype=int)) == 0.0


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 5),
    st.sampled_from(["a", " a", "b", "", "3.0", "3"]),
    st.booleans(),
    st.floats(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=20))
def test_labels_and_codes_go_together(cells: list[object]) -> None:
    codes = encode_labels(pd.Series(cells, dtype=object))
    assert len(codes.codes) == len(cells)
    assert set(codes.codes[codes.codes >= 0].tolist()) == set(range(len(codes.labels)))
    assert len(set(codes.labels)) == len(codes.labels)


@pytest.mark.parametrize("kind", ["int64", "int8", "uint8", "float64", "bool", "str"])
def test_codes_do_not_depend_on_the_type(kind: str) -> None:
    numbers = pd.Series([0, 1, 1, 0])
    column = numbers.astype(kind) if kind != "str" else numbers.astype(str)
    codes = encode_labels(column)
    assert codes.codes.tolist() == [0, 1, 1, 0]
    assert codes.labels == (("False", "True") if kind == "bool" else ("0", "1"))


@pytest.mark.parametrize(
    ("known", "other", "how"),
    [
        (("0", "1"), ("0", "1"), "same"),
        (("3", "4"), ("3.0", "4.00"), "spelling"),
        (("cat", "Dog"), (" CAT", "dog "), "spelling"),
        (("0", "1"), ("no", "yes"), "logical"),
        (("0", "1"), ("-1", "1"), "logical"),
        (("cat", "dog"), ("0", "1"), "none"),
        (("a", "b", "c"), ("a", "d"), "spelling"),
    ],
)
def test_matching_of_labels(known: tuple[str, ...], other: tuple[str, ...], how: str) -> None:
    match = match_labels(known, other)
    assert match.how == how
    assert set(match.strangers) == ({"d"} if "d" in other else set(other) if how == "none" else set())


def test_fingerprints_tell_content_apart_and_types_of_text_not() -> None:
    table = pd.DataFrame({"a": ["x", None, "yy"], "b": [1.0, np.nan, 3.0], "c": [b"1", b"\xff", None]})
    first = fingerprint(table, Roles())
    assert fingerprint(table.astype({"a": object}), Roles()) == first
    assert fingerprint(table.iloc[[0, 1, 2]].copy(), Roles()) == first
    assert fingerprint(table.iloc[1:], Roles()) == fingerprint(table.iloc[1:].copy(), Roles())
    others = [
        table.iloc[::-1],
        table.assign(a=["x", "", "yy"]),
        table.assign(a=["xy", None, "y"]),
        table.rename(columns={"a": "z"}),
    ]
    assert (
        len({first, *(fingerprint(each, Roles()) for each in others), fingerprint(table, Roles(truth="a"))})
        == 6
    )


def test_infinite_probabilities_stay_probabilities_and_are_told() -> None:
    table = pd.DataFrame({"label": [0, 1, 0, 1, 1, 0], "score": [0.25, 0.75, np.inf, -np.inf, 0.625, 0.375]})
    opened = open_predictions(table)
    model = opened.predictions.models[0]
    assert (model.kind, model.default_threshold) == ("probability", 0.5)
    assert any("infinite in 2 rows (first in rows 3, 4)" in each for each in opened.warnings)


def test_a_score_of_two_values_starts_between_them() -> None:
    table = pd.DataFrame({"label": [0, 1, 0, 1, 1, 0], "score": [0.125, 0.375, 0.125, 0.375, 0.125, 0.125]})
    model = open_predictions(table).predictions.models[0]
    assert (model.kind, model.default_threshold) == ("probability", 0.25)


def test_class_numbers_that_are_no_whole_ones() -> None:
    table = pd.DataFrame({"actual": [0.5, 1.0, 0.5, 1.0, 1.0], "predicted": [0.5, 1.0, 1.0, 1.0, 0.5]})
    predictions = open_predictions(table).predictions
    model = predictions.models[0]
    called = model.values >= model.default_threshold
    assert int((called == predictions.truth).sum()) == 3


def test_rows_without_a_decision_are_told_with_what_they_would_cost() -> None:
    several = pd.DataFrame({"target": list("aabbccab"), "pred": ["a", None, "b", None, "c", "c", "a", "a"]})
    two = pd.DataFrame({"target": [0, 1] * 10, "pred": [0.0, 1.0] * 9 + [np.nan, 0.0]})
    for table, left, all_rows in ((several, "83.3 %", "62.5 %"), (two, "94.7 %", "90.0 %")):
        told = [each for each in open_predictions(table).warnings if "predicts nothing" in each]
        assert len(told) == 1
        assert left in told[0]
        assert all_rows in told[0]
    assert not open_predictions(two.iloc[:18]).warnings
