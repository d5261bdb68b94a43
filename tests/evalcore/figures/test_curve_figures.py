"""The figures that lay the curves of several models over each other."""

import json
import math

import numpy as np
import pytest
from scipy.stats import norm
from sklearn import metrics as reference

from evalcore import numbers
from evalcore.figures.curves.det import det_figure
from evalcore.figures.curves.gains import gain_figure, lift_figure
from evalcore.figures.curves.precision_recall import precision_recall_figure
from evalcore.figures.curves.roc import roc_figure
from evalcore.figures.style import DARK, LIGHT
from evalcore.metrics.sweep.sweep import ThresholdSweep

RNG = np.random.default_rng(12)
TRUTH = (RNG.random(1500) < 0.2).astype(int)
STRONG = RNG.normal(2 * TRUTH)
WEAK = RNG.normal(0.8 * TRUTH)
SWEEPS = {
    "strong": ThresholdSweep.from_scores(TRUTH, STRONG).thin(),
    "weak": ThresholdSweep.from_scores(TRUTH, WEAK).thin(),
}
BUILDERS = [roc_figure, precision_recall_figure, det_figure, gain_figure, lift_figure]


def line_of(figure, model):
    return next(trace for trace in figure.data if trace.name == model)


def marker_of(figure, model):
    return next((trace for trace in figure.data if str(trace.name).startswith(f"{model} at ")), None)


def test_roc_is_that_of_scikit_learn():
    line = line_of(roc_figure(SWEEPS), "strong")
    x, y, _ = reference.roc_curve(TRUTH, STRONG, drop_intermediate=False)
    np.testing.assert_allclose(line.x, x)
    np.testing.assert_allclose(line.y, y)


def test_precision_recall_is_that_of_scikit_learn():
    line = line_of(precision_recall_figure(SWEEPS), "strong")
    precision, recall, _ = reference.precision_recall_curve(TRUTH, STRONG)
    np.testing.assert_allclose(line.x, recall[-2::-1])  # without the point that nothing reaches
    np.testing.assert_allclose(line.y, precision[-2::-1])
    assert line.line.shape == "vh"


def test_det_is_that_of_scikit_learn_on_normal_deviates():
    line = line_of(det_figure(SWEEPS), "strong")
    fpr, fnr, _ = reference.det_curve(TRUTH, STRONG)
    inside = (fpr > 0) & (fpr < 1) & (fnr > 0) & (fnr < 1)
    points = set(zip(np.round(line.x, 9), np.round(line.y, 9), strict=True))
    wanted = set(zip(np.round(norm.ppf(fpr[inside]), 9), np.round(norm.ppf(fnr[inside]), 9), strict=True))
    assert wanted <= points
    assert np.isfinite(line.x).all()
    assert np.isfinite(line.y).all()


def test_gain_and_lift_follow_from_ranking():
    order = np.argsort(-STRONG)
    caught = np.cumsum(TRUTH[order]) / TRUTH.sum()
    flagged = np.arange(1, 1501) / 1500
    gain, lift = line_of(gain_figure(SWEEPS), "strong"), line_of(lift_figure(SWEEPS), "strong")
    np.testing.assert_allclose(gain.x[1:], flagged)
    np.testing.assert_allclose(gain.y[1:], caught)
    np.testing.assert_allclose(lift.y, caught / flagged)


@pytest.mark.parametrize("build", BUILDERS)
class TestEveryCurve:
    @pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
    def test_models_have_their_own_colours_and_dashes_and_a_legend(self, build, palette):
        figure = build(SWEEPS, palette=palette)
        lines = [line_of(figure, model) for model in SWEEPS]
        assert [line.line.color for line in lines] == list(palette.models[:2])
        assert [line.line.dash for line in lines] == ["solid", "dash"]
        assert all(line.showlegend for line in lines)

    def test_one_model_is_named_in_the_subtitle_in_place_of_a_legend(self, build):
        figure = build({"strong": SWEEPS["strong"]})
        assert figure.layout.title.subtitle.text == "strong"
        assert not line_of(figure, "strong").showlegend

    def test_axes_say_what_they_mean(self, build):
        figure = build(SWEEPS)
        for axis in (figure.layout.xaxis, figure.layout.yaxis):
            name, meaning = axis.title.text.split("<br>")
            assert name
            assert len(meaning.split()) > 4

    def test_lines_to_compare_with_stand_behind_the_models(self, build):
        figure = build(SWEEPS)
        named = [trace.name is not None for trace in figure.data]
        assert named == sorted(named)
        assert not named[0]
        assert all(trace.hoverinfo == "skip" for trace in figure.data if trace.name is None)

    def test_marker_stands_on_the_curve_at_the_present_threshold(self, build):
        figure = build(SWEEPS, thresholds={"strong": 0.7})
        marker, line = marker_of(figure, "strong"), line_of(figure, "strong")
        assert marker.name == "strong at 0.7"
        assert (marker.x[0], marker.y[0]) in set(zip(line.x, line.y, strict=True))
        assert marker_of(figure, "weak") is None

    def test_hover_tells_a_threshold_with_exactly_these_counts(self, build):
        line = line_of(build(SWEEPS), "strong")
        sweep = ThresholdSweep.from_scores(TRUTH, STRONG)
        told = sorted({float(row[0]) for row in line.customdata}, reverse=True)
        assert len(told) == len(line.x)
        assert len({sweep.at(each).predicted_positives for each in told}) == len(told)

    def test_figure_is_plain_json(self, build):
        text = build(SWEEPS, thresholds={"weak": 0.1}).to_json()
        assert len(text) < 200_000
        json.loads(text, parse_constant=lambda constant: pytest.fail(f"{constant} in JSON"))

    def test_a_class_without_cases_gives_an_empty_picture(self, build):
        alone = {"only": ThresholdSweep.from_scores([0, 0, 0], [0.1, 0.5, 0.7]).thin()}
        figure = build(alone, thresholds={"only": 0.5})
        assert marker_of(figure, "only") is None


def test_marker_is_where_scikit_learn_puts_the_threshold():
    called = STRONG >= 0.7
    marker = marker_of(roc_figure(SWEEPS, thresholds={"strong": 0.7}), "strong")
    assert marker.y[0] == pytest.approx(reference.recall_score(TRUTH, called))
    assert marker.x[0] == pytest.approx(called[TRUTH == 0].mean())


def test_thresholds_beyond_all_scores_are_the_ends_of_the_roc_curve():
    for threshold, end in ((1e9, 0), (-1e9, 1)):
        marker = marker_of(roc_figure(SWEEPS, thresholds={"strong": threshold}), "strong")
        assert (marker.x[0], marker.y[0]) == (end, end)


def test_areas_stand_beside_the_models_where_they_are_known():
    figure = roc_figure(SWEEPS, roc_auc={"strong": 0.92154, "weak": math.nan})
    assert [trace.name for trace in figure.data if trace.showlegend] == ["strong (AUC 0.922)", "weak"]
    alone = precision_recall_figure({"weak": SWEEPS["weak"]}, average_precision={"weak": 0.4})
    assert alone.layout.title.subtitle.text == "weak (average precision 0.400)"


def test_names_from_files_are_text_not_markup():
    figure = roc_figure({"<b>big</b>": SWEEPS["weak"]}, thresholds={"<b>big</b>": 0})
    assert figure.layout.title.subtitle.text == "&lt;b&gt;big&lt;/b&gt;"


def test_lines_of_equal_f1_have_that_f1():
    figure = precision_recall_figure(SWEEPS)
    labels = [each.text for each in figure.layout.annotations]
    assert labels[:4] == ["F1 0.2", "F1 0.4", "F1 0.6", "F1 0.8"]
    for f1, line in zip((0.2, 0.4, 0.6, 0.8), figure.data[:4], strict=True):
        np.testing.assert_allclose(2 * line.x * line.y / (line.x + line.y), f1)
        assert line.y.max() == pytest.approx(1)


def test_prevalence_is_drawn_and_named():
    figure = precision_recall_figure(SWEEPS)
    assert list(figure.data[4].y) == [TRUTH.mean()] * 2
    assert figure.layout.annotations[-1].text == f"flagging at random: {numbers.share(TRUTH.mean())}"
    assert figure.layout.xaxis.labelalias["20%"] == "20 %"


def test_large_sweeps_stay_small_and_say_when_a_marker_is_not_exact():
    truth = RNG.random(50_000) < 0.3
    thin = ThresholdSweep.from_scores(truth, RNG.normal(truth)).thin()
    gap = int(np.flatnonzero(thin.below[:-1] > thin.score[1:])[0])
    between = (float(thin.below[gap]) + float(thin.score[gap + 1])) / 2
    figure = roc_figure({"large": thin}, thresholds={"large": between})
    assert "nearest threshold drawn" in marker_of(figure, "large").hovertemplate
    exact = roc_figure({"large": thin}, thresholds={"large": float(thin.score[gap])})
    assert "nearest" not in marker_of(exact, "large").hovertemplate
    assert len(figure.to_json()) < 120_000
    assert line_of(precision_recall_figure({"large": thin}), "large").line.shape in ("linear", None)


def test_curve_that_needs_more_vertices_is_drawn_through_its_path_and_still_answers_to_hovering():
    noise = RNG.random(20_000)
    thin = ThresholdSweep.from_scores(RNG.random(20_000) < 0.5, noise).thin(64)
    assert thin.roc_path is not None
    figure = roc_figure({"noise": thin})
    np.testing.assert_array_equal(line_of(figure, "noise").x, thin.roc_path.x)
    assert line_of(figure, "noise").hoverinfo == "skip"
    assert len(line_of(figure, "noise, thresholds").x) == len(thin) + 1


def test_infinite_top_score_has_a_label_for_nothing_flagged():
    thin = ThresholdSweep.from_scores([0, 1, 1], [-math.inf, 0.5, math.inf]).thin()
    labels = [row[0] for row in line_of(roc_figure({"odd": thin}), "odd").customdata]
    assert labels[0] == "above all scores"
    assert float(labels[1]) > 0.5
    assert float(labels[2]) <= 0.5


def test_few_points_are_seen_as_points():
    thin = ThresholdSweep.from_counts([1, 0], [47, 67], [14, 760]).thin()
    figure = precision_recall_figure({"hot dog": thin})
    line = line_of(figure, "hot dog")
    assert line.mode == "lines+markers"
    np.testing.assert_allclose(line.x, [47 / 114, 1])
    np.testing.assert_allclose(line.y, [47 / 61, 114 / 888])
    start = line_of(figure, "hot dog, start")
    assert (start.x[0], start.y[0]) == (0, line.y[0])
