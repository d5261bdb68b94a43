"""How far images that a model made are from those that they should be: pixel by pixel, and image by image.

Errors are in the unit of the pixels, 0 (black) to 255 (white). Pixels become classes by a threshold: "ink" is what
is at least so bright, "paper" the rest. Whether a pixel of the target is ink is fixed at mid-grey; whether one of
the output is called ink is for the threshold to say, so that all pixels of all images together make a sweep. In
colour images the error is over all three channels, and a pixel's brightness is their mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.counts import ModelCounts
from evalcore.predictions.images import ImageBatch

__all__ = [
    "IMAGE_ORDERS",
    "MID_GREY",
    "ImageErrors",
    "PixelCalls",
    "image_errors",
    "pixel_calls",
    "pixel_counts",
    "pixel_sweep",
]

FloatArray = npt.NDArray[np.float64]

#: From here on a pixel of the target is ink.
MID_GREY = 128.0
#: How images can be ordered, in words.
IMAGE_ORDERS: Mapping[str, str] = MappingProxyType(
    {"most_wrong": "Most wrong first", "least_wrong": "Least wrong first", "file": "As in the file"}
)
_BLOCK = 256


@dataclass(frozen=True, eq=False)
class ImageErrors:
    """The errors of n images.

    Parameters
    ----------
    absolute : ndarray of float64, shape (n,)
        Mean absolute error of each image, over its pixels.
    squared : ndarray of float64, shape (n,)
        Mean squared error of each image.
    error_map : ndarray of float64, shape (height, width)
        Mean absolute error of each pixel, over the images.
    bias_map : ndarray of float64, shape (height, width)
        Mean difference of each pixel, output less target: above 0 where outputs are too bright.
    """

    absolute: FloatArray
    squared: FloatArray
    error_map: FloatArray
    bias_map: FloatArray

    @property
    def mean_absolute_error(self) -> float:
        """Mean over all pixels of all images."""
        return float(self.absolute.mean())

    @property
    def root_mean_squared_error(self) -> float:
        """Root of the mean squared error over all pixels of all images."""
        return float(np.sqrt(self.squared.mean()))

    def ordered(self, order: str) -> npt.NDArray[np.intp]:
        """Return the positions of the images in an order of `IMAGE_ORDERS`; equal ones stay as they are.

        Raises
        ------
        InputError
            `order` is none of these.
        """
        if order not in IMAGE_ORDERS:
            raise InputError(f"order must be one of {', '.join(IMAGE_ORDERS)}, got {order}")
        if order == "file":
            return np.arange(len(self.absolute), dtype=np.intp)
        key = -self.absolute if order == "most_wrong" else self.absolute
        return np.argsort(key, kind="stable")


@dataclass(frozen=True, eq=False)
class PixelCalls:
    """What is ink and what is paper, at one threshold.

    Parameters
    ----------
    threshold : float
    wrong_pixels : ndarray of intp, shape (n,)
        How many pixels of each image are called wrongly.
    wrong_map : ndarray of float64, shape (height, width)
        Share of the images in which each pixel is called wrongly.
    """

    threshold: float
    wrong_pixels: npt.NDArray[np.intp]
    wrong_map: FloatArray

    @property
    def joint_accuracy(self) -> float:
        """Share of the images with every pixel right."""
        return float((self.wrong_pixels == 0).mean())


def _blocks(target: npt.NDArray[Any], output: npt.NDArray[Any]) -> Iterator[tuple[slice, Any, Any]]:
    """Go through many images in parts: the float64 of all at once would not fit in memory."""
    if target.shape != output.shape or target.ndim not in (3, 4) or not target.size:
        raise InputError(
            "target and output must be images of one shape, at least one of each, "
            f"got {target.shape} and {output.shape}"
        )
    for start in range(0, len(target), _BLOCK):
        part = slice(start, start + _BLOCK)
        yield part, target[part].astype(np.float64), output[part].astype(np.float64)


def _brightness(images: FloatArray) -> FloatArray:
    return np.asarray(images.mean(axis=3)) if images.ndim == 4 else images


def image_errors(target: npt.NDArray[Any], output: npt.NDArray[Any]) -> ImageErrors:
    """Measure how far outputs are from their targets.

    Parameters
    ----------
    target, output : ndarray, shape (n, height, width) or (n, height, width, 3)
        Pixels from 0 to 255.

    Returns
    -------
    ImageErrors

    Raises
    ------
    InputError
        The shapes differ, or there is no image.

    Examples
    --------
    >>> target, output = np.array([[[0, 255]], [[0, 0]]]), np.array([[[10, 255]], [[0, 20]]])
    >>> found = image_errors(target, output)
    >>> found.absolute.tolist(), found.error_map.tolist(), found.ordered("most_wrong").tolist()
    ([5.0, 10.0], [[5.0, 10.0]], [1, 0])
    """
    absolute, squared = np.empty(len(target)), np.empty(len(target))
    errors: Any = 0.0
    bias: Any = 0.0
    for part, true, made in _blocks(target, output):
        difference = made - true
        flat = difference.reshape(len(difference), -1)
        absolute[part] = np.abs(flat).mean(axis=1)
        squared[part] = np.square(flat).mean(axis=1)
        errors = errors + _brightness(np.abs(difference)).sum(axis=0)
        bias = bias + _brightness(difference).sum(axis=0)
    return ImageErrors(absolute, squared, errors / len(target), bias / len(target))


def pixel_calls(target: npt.NDArray[Any], output: npt.NDArray[Any], *, threshold: float) -> PixelCalls:
    """Call each pixel of the outputs ink or paper.

    Parameters
    ----------
    target, output : ndarray
        As in `image_errors`.
    threshold : float
        A pixel is called ink when it is at least so bright.

    Returns
    -------
    PixelCalls

    Examples
    --------
    >>> target, output = np.array([[[0, 255]], [[0, 0]]]), np.array([[[10, 255]], [[0, 150]]])
    >>> calls = pixel_calls(target, output, threshold=128)
    >>> calls.joint_accuracy, calls.wrong_map.tolist()
    (0.5, [[0.0, 0.5]])
    """
    wrong_pixels = np.empty(len(target), dtype=np.intp)
    wrong: Any = 0
    for part, true, made in _blocks(target, output):
        differ = (_brightness(true) >= MID_GREY) != (_brightness(made) >= threshold)
        wrong_pixels[part] = differ.reshape(len(differ), -1).sum(axis=1)
        wrong = wrong + differ.sum(axis=0)
    return PixelCalls(threshold, wrong_pixels, wrong / len(target))


def pixel_sweep(target: npt.NDArray[Any], output: npt.NDArray[Any]) -> ThresholdSweep:
    """Count ink and paper among all pixels of all images, at every brightness of the outputs.

    Parameters
    ----------
    target, output : ndarray
        As in `image_errors`.

    Returns
    -------
    ThresholdSweep
        Positives are the pixels that are ink in the target; the score is the output's brightness.

    Examples
    --------
    >>> target, output = np.array([[[0, 255]], [[0, 0]]]), np.array([[[10, 255]], [[0, 150]]])
    >>> point = pixel_sweep(target, output).at(128)
    >>> point.tp, point.fp, point.fn, point.tn
    (1, 1, 0, 2)
    """
    scores, positives, negatives = [], [], []
    for _, true, made in _blocks(target, output):
        ink = _brightness(true).ravel() >= MID_GREY
        values, places = np.unique(_brightness(made).ravel(), return_inverse=True)
        scores.append(values)
        positives.append(np.bincount(places[ink], minlength=len(values)))
        negatives.append(np.bincount(places[~ink], minlength=len(values)))
    return ThresholdSweep.from_counts(*(np.concatenate(each) for each in (scores, positives, negatives)))


def pixel_counts(name: str, batch: ImageBatch) -> ModelCounts:
    """Return the pixels of one model's images as counts of ink and paper at every brightness of the outputs.

    Parameters
    ----------
    name : str
        The model's name.
    batch : ImageBatch

    Returns
    -------
    ModelCounts
        What opens in the explorer: its default threshold is mid-grey.

    Examples
    --------
    >>> pixels = np.array([[[0, 255]], [[0, 0]]])
    >>> counts = pixel_counts("m", ImageBatch(pixels, pixels, None, np.arange(2), 0, 0, 2))
    >>> counts.scores.tolist(), counts.positives.tolist(), counts.negatives.tolist()
    ([255.0, 0.0], [1, 0], [0, 3])
    """
    sweep = pixel_sweep(batch.target, batch.output)
    positives, negatives = (
        np.diff(each, prepend=0) for each in (sweep.true_positives, sweep.false_positives)
    )
    reason = "mid-grey, half-way between black and white"
    return ModelCounts(name, sweep.thresholds, positives, negatives, "decision", MID_GREY, reason)
