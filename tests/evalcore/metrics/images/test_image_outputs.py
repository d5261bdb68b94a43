"""Errors of images that a model made, against plain loops over pixels and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.metrics.images.errors import MID_GREY, image_errors, pixel_calls, pixel_sweep

rng = np.random.default_rng(9)
TARGET = rng.integers(0, 256, (300, 5, 4)).astype(np.uint8)
OUTPUT = np.where(rng.random(TARGET.shape) < 0.7, TARGET, rng.integers(0, 256, TARGET.shape)).astype(np.uint8)
COLOUR = rng.integers(0, 256, (2, 40, 3, 4, 3)).astype(np.uint8)


def test_errors_against_numpy_on_everything_at_once() -> None:
    found = image_errors(TARGET, OUTPUT)
    difference = OUTPUT.astype(float) - TARGET.astype(float)
    assert found.absolute == pytest.approx(np.abs(difference).mean(axis=(1, 2)))
    assert found.squared == pytest.approx((difference**2).mean(axis=(1, 2)))
    assert found.error_map == pytest.approx(np.abs(difference).mean(axis=0))
    assert found.bias_map == pytest.approx(difference.mean(axis=0))


def test_errors_against_scikit_learn() -> None:
    found = image_errors(TARGET, OUTPUT)
    true, made = TARGET.reshape(300, -1).astype(float), OUTPUT.reshape(300, -1).astype(float)
    assert found.mean_absolute_error == pytest.approx(metrics.mean_absolute_error(true, made))
    assert found.root_mean_squared_error == pytest.approx(
        metrics.root_mean_squared_error(true.ravel(), made.ravel())
    )
    by_pixel = metrics.mean_absolute_error(true, made, multioutput="raw_values")
    assert found.error_map.ravel() == pytest.approx(by_pixel)


def test_colour_is_over_all_channels() -> None:
    found = image_errors(*COLOUR)
    difference = COLOUR[1].astype(float) - COLOUR[0].astype(float)
    assert found.absolute == pytest.approx(np.abs(difference).mean(axis=(1, 2, 3)))
    assert found.error_map == pytest.approx(np.abs(difference).mean(axis=(0, 3)))
    grey = COLOUR.astype(float).mean(axis=-1)
    calls = pixel_calls(*COLOUR, threshold=100)
    assert calls.wrong_map == pytest.approx(((grey[0] >= MID_GREY) != (grey[1] >= 100)).mean(axis=0))


@pytest.mark.parametrize("threshold", [0, 1, 100, 128, 255, 300])
def test_ink_and_paper_at_a_threshold(threshold: float) -> None:
    point = pixel_sweep(TARGET, OUTPUT).at(threshold)
    true, called = TARGET.ravel() >= 128, threshold <= OUTPUT.ravel()
    assert [[point.tn, point.fp], [point.fn, point.tp]] == metrics.confusion_matrix(
        true, called, labels=[False, True]
    ).tolist()
    calls = pixel_calls(TARGET, OUTPUT, threshold=threshold)
    assert calls.wrong_pixels.sum() == point.fp + point.fn
    assert 1 - calls.wrong_map.mean() == pytest.approx(point.accuracy)
    exact = metrics.accuracy_score(  # scikit-learn's accuracy of several outputs: all of a row right
        TARGET.reshape(300, -1) >= 128, OUTPUT.reshape(300, -1) >= threshold
    )
    assert calls.joint_accuracy == pytest.approx(exact)


def test_the_sweep_ranks_pixels_as_scikit_learn_does() -> None:
    swept = pixel_sweep(TARGET, OUTPUT)
    assert swept.roc_auc == pytest.approx(metrics.roc_auc_score(TARGET.ravel() >= 128, OUTPUT.ravel()))


def test_orders() -> None:
    found = image_errors(TARGET, OUTPUT)
    worst = found.ordered("most_wrong")
    assert (np.diff(found.absolute[worst]) <= 0).all()
    assert (np.diff(found.absolute[found.ordered("least_wrong")]) >= 0).all()
    assert found.ordered("file").tolist() == list(range(300))
    with pytest.raises(InputError, match="order must be one of"):
        found.ordered("best")


def test_unlike_shapes_are_refused() -> None:
    with pytest.raises(InputError, match="images of one shape"):
        image_errors(TARGET, OUTPUT[:, :4])
    with pytest.raises(InputError, match="at least one"):
        pixel_sweep(TARGET[:0], OUTPUT[:0])
