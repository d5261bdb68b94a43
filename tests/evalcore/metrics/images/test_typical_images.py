"""The mean image, and which images are near it and far from it, against the slow obvious way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import mean_squared_error, pairwise_distances

from evalcore.errors import InputError
from evalcore.metrics.images.typical import evenly_drawn, typical_images

rng = np.random.default_rng(21)


@pytest.mark.parametrize("shape", [(40, 6, 5), (700, 4, 4), (33, 5, 4, 3)])
def test_mean_and_distance(shape: tuple[int, ...]) -> None:
    pixels = rng.integers(0, 256, shape).astype(np.uint8)
    found = typical_images(pixels, count=4)
    assert found.mean == pytest.approx(sum(each.astype(float) for each in pixels) / len(pixels))
    slow = [mean_squared_error(found.mean.ravel(), each.ravel().astype(float)) for each in pixels]
    assert found.distance == pytest.approx(np.array(slow))
    assert found.typical.tolist() == np.argsort(slow, kind="stable")[:4].tolist()
    assert sorted(found.atypical) == sorted(np.argsort(slow, kind="stable")[-4:])
    assert (np.diff(found.distance[found.atypical]) <= 0).all()


def test_the_most_typical_image_is_the_medoid() -> None:
    pixels = rng.integers(0, 256, (60, 5, 5)).astype(np.uint8)
    squared = pairwise_distances(pixels.reshape(60, -1).astype(float), metric="sqeuclidean")
    assert typical_images(pixels, count=1).typical[0] == squared.sum(axis=1).argmin()


@given(st.integers(1, 12), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_no_image_is_both(images: int, count: int) -> None:
    found = typical_images(rng.integers(0, 9, (images, 2, 2)), count=count)
    assert not set(found.typical) & set(found.atypical)
    assert len(found.typical) == max(1, min(count, images // 2))
    assert len(found.atypical) == (min(count, images // 2) if images > 1 else 0)


def test_bad_input_is_refused() -> None:
    with pytest.raises(InputError, match="at least one image"):
        typical_images(np.zeros((0, 4, 4)))
    with pytest.raises(InputError, match="count must be at least 1"):
        typical_images(np.zeros((1, 4, 4)), count=0)


def test_drawing_is_even() -> None:
    drawn = evenly_drawn(10_000, 2_000)
    assert (len(drawn), drawn[0], drawn[-1]) == (2_000, 0, 9_999)
    assert set(np.diff(drawn)) <= {4, 5, 6}
