"""What the cases of a cell look like together: their mean image, the most typical and the most atypical."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st

from evalcore.errors import InputError
from evalcore.inputs.images.stack import PictureStack
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.metrics.images.typical import evenly_drawn
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.cases.gallery import show_pictures

#: Images that are averaged, named on each side, and the mean image's side on the page, in pixels.
MOST_IMAGES, NAMED, SHOWN = 2_000, 6, 224

Positions = npt.NDArray[np.intp]


def typical_panel(
    opened: Evaluation, ranking: CaseRanking, cases: Positions, *, name: str, subject: str
) -> None:
    """Show the mean image of some cases, and those nearest to it and farthest from it, once it is asked for.

    Parameters
    ----------
    opened : Evaluation
    ranking : CaseRanking
    cases : ndarray of intp
        Positions among the evaluated cases, in any order; at least one.
    name : str
        What the cases are, in words.
    subject : str
        Changes with whatever changes the list.
    """
    source = compute.image_source(opened)
    if source is None or source.linked:  # an image that is elsewhere is never fetched
        return
    if not st.toggle("Mean image, most typical and most atypical cases", key=state.TYPICAL):
        return
    inside = np.sort(cases)
    drawn = inside[evenly_drawn(len(inside), MOST_IMAGES)]
    rows = tuple(int(row) for row in opened.predictions.rows[drawn])
    try:
        stack, found = compute.typical(opened, rows, count=NAMED)
    except InputError as error:
        st.info(phrases.plain(phrases.sentence(str(error))), icon=":material/info:")
        return
    st.caption(_said(len(inside), stack))
    left, right = st.columns([1, 3], gap="medium")
    with left:
        st.markdown("**Mean image**")
        st.image(_in_blocks(found.mean), width=SHOWN, output_format="PNG", alt=f"Mean image of {name}")
    with right:
        sides = (("typical", "Most typical", found.typical), ("atypical", "Most atypical", found.atypical))
        for side, title, places in sides:
            if not len(places):
                continue
            st.markdown(f"**{title}**")
            chosen = drawn[stack.places[places]]
            key = f"{side}_gallery"
            words = f"{title}: {name}"
            show_pictures(opened, ranking, chosen, key=key, subject=f"{subject}/{side}", name=words)


def _said(total: int, stack: PictureStack) -> str:
    """Say in plain words what was averaged, and what typical means."""
    height, width = stack.size
    count = len(stack.places)
    whole = (
        f"all {total:,} images of this cell"
        if total <= MOST_IMAGES
        else f"{count:,} of the {total:,} images of this cell, evenly drawn"
    )
    said = (
        f"Over {whole}, at {width} × {height} pixels. Typical is nearest to the mean image, "
        "atypical is farthest from it, by the mean squared difference of the pixels: in brightness, not in meaning."
    )
    if stack.scaled:
        said += f" {stack.scaled:,} had another size and were scaled to this one."
    if stack.without:
        said += f" {stack.without:,} could not be read."
    return said


def _in_blocks(mean: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Enlarge by a whole factor, so that each pixel is a block and nothing is blurred."""
    factor = max(1, -(-2 * SHOWN // max(mean.shape[:2])))
    large = np.repeat(np.repeat(mean.round().astype(np.uint8), factor, axis=0), factor, axis=1)
    return np.asarray(large)
