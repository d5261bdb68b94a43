"""The heat map of several classes, and the risk-coverage curve: what they draw and say."""

from __future__ import annotations

import numpy as np
import pytest

from evalcore.figures.class_matrix import class_matrix_figure, share_matrix_figure
from evalcore.figures.risk_coverage import risk_coverage_figure
from evalcore.figures.style import DARK, LIGHT
from evalcore.metrics.multiclass import VIEWS, ClassConfusion
from evalcore.metrics.policy import decide_by_score
from evalcore.metrics.risk_coverage import risk_coverage

SMALL = ClassConfusion(np.array([[8, 2], [1, 3]]), ("cat", "<b>dog</b>"), 14)


def big(many: int) -> ClassConfusion:
    counts = np.random.default_rng(0).integers(0, 5, (many, many))
    return ClassConfusion(counts, tuple(f"class {i}" for i in range(many)), float(counts.sum()))


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_draws_its_numbers(view: str) -> None:
    figure = class_matrix_figure(SMALL, view=view)  # type: ignore[arg-type]
    np.testing.assert_array_equal(figure.data[0].z, SMALL.view(view))  # type: ignore[arg-type]
    assert figure.layout.title.subtitle.text == VIEWS[view]
    assert figure.layout.xaxis.title.text.startswith("Called")
    assert figure.layout.yaxis.title.text.startswith("Actual")


def test_numbers_stand_in_the_cells_and_the_first_class_on_top() -> None:
    figure = class_matrix_figure(SMALL, view="count")
    assert np.asarray(figure.data[0].text).tolist() == [["8", "2"], ["1", "3"]]
    assert figure.layout.yaxis.range == (1.5, -0.5)


def test_errors_have_the_colour_of_errors() -> None:
    error, share = (class_matrix_figure(SMALL, view=view, palette=DARK) for view in ("error", "actual"))  # type: ignore[arg-type]
    assert error.data[0].colorscale[1][1] == DARK.positive
    assert share.data[0].colorscale[1][1] == DARK.negative


def test_names_from_a_file_are_no_markup() -> None:
    figure = class_matrix_figure(SMALL, clickable=True)
    assert "<b>dog" not in str(figure.layout.xaxis.ticktext)
    assert "<b>dog" not in str(figure.data[0].customdata)
    assert "<b>dog" not in str(figure.data[1].customdata)


def test_cells_can_be_clicked() -> None:
    markers = class_matrix_figure(SMALL, clickable=True).data[1]
    assert list(zip(markers.y, markers.x, strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert len(class_matrix_figure(big(80), clickable=True).data) == 1


def test_a_thousand_classes_stay_small() -> None:
    figure = class_matrix_figure(big(1000))
    assert figure.data[0].z.dtype == np.float32
    assert figure.data[0].customdata is None
    assert len(figure.layout.xaxis.ticktext) <= 60
    assert len(figure.to_json()) < 8e6


def test_nothing_to_draw_is_no_fault() -> None:
    figure = share_matrix_figure(
        np.full((2, 2), np.nan),
        ("a", "b"),
        title="T",
        subtitle="",
        x="X",
        y="Y",
        hover="",
        colour=LIGHT.accent,
    )
    assert figure.data[0].zmax == 1


def test_risk_against_coverage() -> None:
    random = np.random.default_rng(1)
    curve = risk_coverage(random.integers(0, 3, 5000), decide_by_score(random.random((5000, 3))))
    figure = risk_coverage_figure(curve, present=(0.5, 0.4))
    line, marker = figure.data
    assert len(line.x) <= 1500
    assert (line.x[0], line.x[-1]) == (curve.coverage[0], curve.coverage[-1])
    assert (marker.x[0], marker.y[0]) == (0.5, 0.4)
    assert len(risk_coverage_figure(curve, present=(0.0, float("nan"))).data) == 1
