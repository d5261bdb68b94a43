"""Small curves of classes and labels: the same points as scikit-learn's, few of them, to one scale."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go
import pytest
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.figures.curves.small_multiples import (
    CORNER,
    CURVES,
    ORDERS,
    CurveName,
    is_nearly_perfect,
    order_pictures,
    small_curve_figure,
)
from evalcore.metrics.sweep.sweep import ThresholdSweep

rng = np.random.default_rng(4)
TRUTH = (rng.random(3000) < 0.2).astype(np.uint8)
SCORE = rng.normal(size=3000) + 1.5 * TRUTH
SWEEP = ThresholdSweep.from_scores(TRUTH, SCORE)
THIN = SWEEP.thin(max_rows=200)


def drawn(curve: CurveName, **words: object) -> go.Figure:
    return small_curve_figure(THIN, curve=curve, name="<b>cat</b>", area=0.9, **words)  # type: ignore[arg-type]


def line(figure: go.Figure) -> go.Scatter:
    return next(each for each in figure.data if each.line.color and each.customdata is not None)


def test_the_roc_curve_is_scikit_learns_within_a_pixel() -> None:
    mine = line(drawn("roc"))
    fpr, tpr, _ = metrics.roc_curve(TRUTH, SCORE, drop_intermediate=False)
    assert len(mine.x) <= 201
    # At each false positive rate, between the lowest and the highest recall there, within 1 of 140 pixels.
    low = np.interp(mine.x - 1 / 140, fpr, tpr) - 1 / 140
    high = np.interp(mine.x + 1 / 140, fpr, tpr) + 1 / 140
    assert ((mine.y >= low) & (mine.y <= high)).all()
    across = np.interp(fpr, mine.x, mine.y)
    assert np.abs(np.trapezoid(across, fpr) - metrics.roc_auc_score(TRUTH, SCORE)) < 0.002


def test_every_point_of_the_precision_recall_curve_is_one_of_scikit_learns() -> None:
    mine = line(drawn("precision_recall"))
    precision, recall, _ = metrics.precision_recall_curve(TRUTH, SCORE)
    theirs = {(round(x, 12), round(y, 12)) for x, y in zip(recall, precision, strict=True)}
    assert {(round(x, 12), round(y, 12)) for x, y in zip(mine.x, mine.y, strict=True)} <= theirs


def test_the_lines_to_compare_with() -> None:
    assert list(drawn("roc").data[0].y) == [0, 1]
    assert list(drawn("precision_recall").data[0].y) == pytest.approx([TRUTH.mean()] * 2)


@pytest.mark.parametrize("curve", list(CURVES))
def test_the_dot_is_where_the_class_is_called(curve: CurveName) -> None:
    called = SWEEP.at(0.7)
    (dot,) = [each for each in drawn(curve, called=called).data if each.name == "as called"]
    flagged = SCORE >= 0.7
    recall = metrics.recall_score(TRUTH, flagged)
    other = (flagged & (TRUTH == 0)).sum() / (TRUTH == 0).sum()
    expected = (other, recall) if curve == "roc" else (recall, metrics.precision_score(TRUTH, flagged))
    assert (dot.x[0], dot.y[0]) == pytest.approx(expected)


def test_no_dot_where_nothing_is_called() -> None:
    figure = drawn("precision_recall", called=SWEEP.at(math.inf))
    assert "as called" not in [each.name for each in figure.data]


@pytest.mark.parametrize(("corner", "wide"), [(False, 1.0), (True, CORNER)])
@pytest.mark.parametrize("curve", list(CURVES))
def test_all_have_one_scale(curve: CurveName, corner: bool, wide: float) -> None:
    figure = drawn(curve, corner=corner)
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert axis.range[1] - axis.range[0] == pytest.approx(1.04 * wide)
    assert figure.layout.yaxis.range[1] > 1


def test_names_from_a_file_are_no_markup() -> None:
    title = drawn("roc").layout.title.text
    assert title.startswith("<b>&lt;b&gt;cat&lt;/b&gt;</b><br>")
    assert "AUC 0.900" in title
    assert "–" in small_curve_figure(THIN, curve="roc", name="x", area=math.nan).layout.title.text


@pytest.mark.parametrize(
    ("order", "expected"),
    [("area", [2, 0, 3, 1]), ("largest", [3, 0, 2, 1]), ("smallest", [1, 2, 0, 3]), ("name", [1, 0, 3, 2]),
     ("file", [0, 1, 2, 3])],
)  # fmt: skip
def test_orders(order: str, expected: list[int]) -> None:
    areas, support = [0.8, math.nan, 0.7, 0.9], [30, 0, 20, 40]
    found = order_pictures(order, names=("b", "A", "d", "c"), areas=areas, support=support)
    assert order in ORDERS
    assert found.tolist() == expected


def test_another_order_is_refused() -> None:
    with pytest.raises(InputError, match="order must be one of"):
        order_pictures("luck", names=("a",), areas=[1], support=[1])


def test_nearly_perfect() -> None:
    assert not is_nearly_perfect([math.nan])
    assert is_nearly_perfect([0.995, 1.0])
