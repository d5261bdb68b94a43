"""Images and their figures, read once and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from evalcore.inputs.images.outputs import read_images
from evalcore.inputs.images.sources import ImageSource, find_images
from evalcore.inputs.images.stack import PictureStack, stack_pictures
from evalcore.inputs.images.thumbnails import Thumbnail
from evalcore.metrics.images.errors import ImageErrors, PixelCalls, image_errors, pixel_calls, pixel_counts
from evalcore.metrics.images.typical import TypicalImages, typical_images
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.images import ImageBatch
from pages.ui.compute.kept import kept

#: Images are averaged at most so wide and high, in pixels.
AVERAGED_SIDE = 64


@kept(most=32)
def image_source(opened: Evaluation) -> ImageSource | None:
    """Return where the rows' images are, or None where there are none."""
    return find_images(opened)


def _images_of_rows(opened: Evaluation) -> ImageSource:
    source = image_source(opened)
    if source is None:
        raise ValueError("these rows have no images: ask `image_source` first")
    return source


@kept(most=200)
def thumbnails(opened: Evaluation, rows: tuple[int, ...], *, size: int) -> tuple[Thumbnail, ...]:
    """Return the small pictures of some rows of the table."""
    source = _images_of_rows(opened)
    with ThreadPoolExecutor(2) as pool:  # Pillow lets go of the interpreter's lock while it decodes
        return tuple(pool.map(lambda row: source.thumbnail(row, size), rows))


@kept(most=16, spinner="Averaging the images …")
def typical(opened: Evaluation, rows: tuple[int, ...], *, count: int) -> tuple[PictureStack, TypicalImages]:
    """Return the mean image of some rows of the table, and which are nearest to it and farthest from it."""
    source = _images_of_rows(opened)
    with ThreadPoolExecutor(2) as pool:
        stack = stack_pictures(list(pool.map(lambda row: source.array(row, AVERAGED_SIDE), rows)))
    found = typical_images(stack.pixels, count=count)
    # What is shown of the pictures is drawn from their rows again: their pixels need not be kept, nor a view of them.
    return replace(stack, pixels=stack.pixels[:1].copy()), found


@kept(most=6, spinner="Reading the images …")
def image_results(opened: Evaluation, model: str) -> tuple[ImageBatch, ImageErrors]:
    """Return the images of one model with their errors; InputError where none can be compared."""
    batch = read_images(opened.predictions, model)
    return batch, image_errors(batch.target, batch.output)


@kept(most=6)
def error_of_input(opened: Evaluation, model: str) -> float | None:
    """Return the mean absolute error of what the models were given; None where it cannot be compared."""
    batch, _ = image_results(opened, model)
    if batch.input is None or batch.input.shape != batch.target.shape:
        return None
    return image_errors(batch.target, batch.input).mean_absolute_error


@kept(most=32)
def called_pixels(opened: Evaluation, model: str, threshold: float) -> PixelCalls:
    """Return which pixels are called ink at a threshold, and which wrongly so."""
    batch, _ = image_results(opened, model)
    return pixel_calls(batch.target, batch.output, threshold=threshold)


@kept(most=6, spinner="Counting the pixels …")
def pixels_as_classes(opened: Evaluation) -> Evaluation:
    """Return all pixels of all images as counts of two classes, ink and paper, at every brightness."""
    counted = tuple(pixel_counts(name, image_results(opened, name)[0]) for name in opened.models)
    counts = CountPredictions(counted, "ink", "paper", opened.table)
    return replace(opened, task="counts", predictions=counts, fingerprint=f"{opened.fingerprint}/pixels")
