"""The figures whose axis is the score: histogram, and rates against the threshold."""

import math

import numpy as np
import pytest
from sklearn import metrics as reference

from evalcore.figures.curves.rates import RATES, rates_figure
from evalcore.figures.distributions.histogram import score_histogram_figure
from evalcore.figures.style import DARK, LIGHT
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.sweep import ThresholdSweep

RNG = np.random.default_rng(21)
TRUTH = (RNG.random(800) < 0.25).astype(int)
scored = RNG.beta(1 + 2 * TRUTH, 3)
SWEEP = ThresholdSweep.from_scores(TRUTH, scored)
PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@PALETTES
def test_bars_hold_the_cells_of_the_confusion_matrix(palette):
    figure = score_histogram_figure(score_histogram(SWEEP), threshold=0.4, palette=palette)
    point = SWEEP.at(0.4)
    assert [sum(trace.y) for trace in figure.data] == [point.tn, point.fp, point.fn, point.tp]


@PALETTES
def test_hue_is_the_class_and_strength_is_right_or_wrong(palette):
    figure = score_histogram_figure(score_histogram(SWEEP), threshold=0.4, palette=palette)
    colours = [trace.marker.color for trace in figure.data]
    assert colours == [palette.negative, palette.negative_pale, palette.positive_pale, palette.positive]
    hatched = [trace.marker.pattern.shape for trace in figure.data]
    assert hatched == [None, "/", "/", None]


def test_without_a_threshold_all_bars_are_strong_and_there_is_no_legend():
    figure = score_histogram_figure(score_histogram(SWEEP))
    assert {trace.marker.color for trace in figure.data} == {LIGHT.negative, LIGHT.positive}
    assert not figure.layout.showlegend
    assert not figure.layout.shapes


def test_classes_are_named_as_in_the_file_and_as_text():
    figure = score_histogram_figure(
        score_histogram(SWEEP), threshold=0.5, positive="<i>cat</i>", negative="dog"
    )
    assert figure.data[0].name == "dog, not flagged"
    assert figure.data[3].name == "&lt;i&gt;cat&lt;/i&gt;, flagged"
    assert "actual dog" in figure.layout.yaxis.title.text
    assert "actual &lt;i&gt;cat&lt;/i&gt;" in figure.layout.yaxis2.title.text


def test_single_scores_label_their_bars():
    score = RNG.integers(1, 11, 800)
    figure = score_histogram_figure(score_histogram(ThresholdSweep.from_scores(TRUTH, score)), threshold=5)
    assert list(figure.layout.xaxis2.ticktext) == [str(each) for each in range(1, 11)]
    point = ThresholdSweep.from_scores(TRUTH, score).at(5)
    assert [sum(trace.y) for trace in figure.data] == [point.tn, point.fp, point.fn, point.tp]


def test_note_about_end_bars_stands_at_the_axis():
    score = np.where(scored > 0.8, math.inf, scored)
    figure = score_histogram_figure(score_histogram(ThresholdSweep.from_scores(TRUTH, score)))
    assert "Infinite scores are counted in the end bars." in figure.layout.xaxis2.title.text


@PALETTES
def test_threshold_is_a_line_in_the_accent_colour(palette):
    for figure in (
        score_histogram_figure(score_histogram(SWEEP), threshold=0.37, palette=palette),
        rates_figure(SWEEP.thin(), threshold=0.37, palette=palette),
    ):
        (line,) = figure.layout.shapes
        assert (line.x0, line.x1, line.line.color) == (0.37, 0.37, palette.accent)
        assert figure.layout.annotations[-1].text == "threshold 0.37"


def test_threshold_beyond_the_axis_stands_at_its_end_and_keeps_its_name():
    figure = rates_figure(SWEEP.thin(), threshold=40)
    assert figure.layout.shapes[0].x0 == figure.layout.xaxis.range[1]
    assert figure.layout.annotations[-1].text == "threshold 40"


@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.62])
def test_rates_are_those_of_scikit_learn_at_the_scores(threshold):
    spelt, *rates = rates_figure(SWEEP.thin()).data
    assert [trace.name for trace in rates] == [METRICS[name].label for name in RATES]
    score = scored[scored >= threshold].min()
    called = (scored >= threshold).astype(int)
    expected = [
        reference.precision_score(TRUTH, called),
        reference.recall_score(TRUTH, called),
        reference.recall_score(TRUTH, called, pos_label=0),
        reference.f1_score(TRUTH, called),
        called.mean(),
    ]
    row = int(np.flatnonzero(rates[0].x == score)[0])
    assert [trace.y[row] for trace in rates] == pytest.approx(expected)
    assert all(trace.line.shape == "vh" for trace in rates)
    # The threshold that hovering tells gives exactly these counts.
    assert SWEEP.at(float(spelt.customdata[row])) == SWEEP.at(threshold)
    assert not spelt.showlegend


def test_rates_end_with_nothing_flagged():
    _, *rates = rates_figure(SWEEP.thin()).data
    ends = dict(zip(RATES, (trace.y[-1] for trace in rates), strict=True))
    assert math.isnan(ends.pop("precision"))
    assert ends == {"recall": 0, "specificity": 1, "f1": 0, "predicted_positive_rate": 0}


def test_rates_of_infinite_and_single_scores_are_drawn():
    for score in (np.where(TRUTH == 1, math.inf, -math.inf), np.full(800, 3.0)):
        figure = rates_figure(ThresholdSweep.from_scores(TRUTH, score).thin(), threshold=0)
        assert np.isfinite(figure.data[0].x).all()
        low, high = figure.layout.xaxis.range
        assert low < high
