"""Images and their figures, read once and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import streamlit as st

from evalcore.inputs.images.outputs import read_images
from evalcore.inputs.images.sources import ImageSource, find_images
from evalcore.inputs.images.stack import PictureStack, stack_pictures
from evalcore.inputs.images.thumbnails import Thumbnail
from evalcore.metrics.images.errors import ImageErrors, PixelCalls, image_errors, pixel_calls, pixel_counts
from evalcore.metrics.images.typical import TypicalImages, typical_images
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.images import ImageBatch, ImageOutputs

#: Images are averaged at most so wide and high, in pixels.
AVERAGED_SIDE = 64


@st.cache_resource(max_entries=32)
def _image_source(fingerprint: str, _opened: Evaluation) -> ImageSource | None:
    return find_images(_opened)


def image_source(opened: Evaluation) -> ImageSource | None:
    """Return where the rows' images are, or None where there are none."""
    return _image_source(opened.fingerprint, opened)


@st.cache_resource(max_entries=200, show_spinner=False)
def _thumbnails(
    fingerprint: str,
    rows: tuple[int, ...],
    size: int,
    _source: ImageSource,
) -> tuple[Thumbnail, ...]:
    with ThreadPoolExecutor(2) as pool:  # Pillow lets go of the interpreter's lock while it decodes
        return tuple(pool.map(lambda row: _source.thumbnail(row, size), rows))


def thumbnails(
    opened: Evaluation, source: ImageSource, rows: tuple[int, ...], *, size: int
) -> tuple[Thumbnail, ...]:
    """Return the small pictures of some rows of the table."""
    return _thumbnails(opened.fingerprint, rows, size, source)


@st.cache_resource(max_entries=16, show_spinner="Averaging the images …")
def _typical(
    fingerprint: str, rows: tuple[int, ...], count: int, _source: ImageSource
) -> tuple[PictureStack, TypicalImages]:
    with ThreadPoolExecutor(2) as pool:
        stack = stack_pictures(list(pool.map(lambda row: _source.array(row, AVERAGED_SIDE), rows)))
    found = typical_images(stack.pixels, count=count)
    # What is shown of the pictures is drawn from their rows again: their pixels need not be kept.
    return replace(stack, pixels=stack.pixels[:1]), found


def typical(
    opened: Evaluation, source: ImageSource, rows: tuple[int, ...], *, count: int
) -> tuple[PictureStack, TypicalImages]:
    """Return the mean image of some rows of the table, and which are nearest to it and farthest from it."""
    return _typical(opened.fingerprint, rows, count, source)


@st.cache_resource(max_entries=6, show_spinner="Reading the images …")
def _images(fingerprint: str, model: str, _predictions: ImageOutputs) -> tuple[ImageBatch, ImageErrors]:
    batch = read_images(_predictions, model)
    return batch, image_errors(batch.target, batch.output)


def image_results(opened: Evaluation, model: str) -> tuple[ImageBatch, ImageErrors]:
    """Return the images of one model with their errors; InputError where none can be compared."""
    return _images(opened.fingerprint, model, opened.predictions)


@st.cache_resource(max_entries=6)
def _error_of_input(fingerprint: str, model: str, _batch: ImageBatch) -> float | None:
    if _batch.input is None or _batch.input.shape != _batch.target.shape:
        return None
    return image_errors(_batch.target, _batch.input).mean_absolute_error


def error_of_input(opened: Evaluation, model: str) -> float | None:
    """Return the mean absolute error of what the models were given; None where it cannot be compared."""
    return _error_of_input(opened.fingerprint, model, image_results(opened, model)[0])


@st.cache_resource(max_entries=32)
def _pixel_calls(fingerprint: str, model: str, threshold: float, _batch: ImageBatch) -> PixelCalls:
    return pixel_calls(_batch.target, _batch.output, threshold=threshold)


def called_pixels(opened: Evaluation, model: str, threshold: float) -> PixelCalls:
    """Return which pixels are called ink at a threshold, and which wrongly so."""
    return _pixel_calls(opened.fingerprint, model, threshold, image_results(opened, model)[0])


@st.cache_resource(max_entries=6, show_spinner="Counting the pixels …")
def _pixels_as_classes(fingerprint: str, _opened: Evaluation) -> Evaluation:
    counted = tuple(pixel_counts(name, image_results(_opened, name)[0]) for name in _opened.models)
    counts = CountPredictions(counted, "ink", "paper", _opened.table)
    return replace(_opened, task="counts", predictions=counts, fingerprint=f"{fingerprint}/pixels")


def pixels_as_classes(opened: Evaluation) -> Evaluation:
    """Return all pixels of all images as counts of two classes, ink and paper, at every brightness."""
    return _pixels_as_classes(opened.fingerprint, opened)
