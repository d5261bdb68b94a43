"""Tables of images as inputs, targets and outputs: told by what the columns hold and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from evalcore.inputs.building.rows import RowChoice
from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.words import PREDICTION
from evalcore.inputs.images import messages
from evalcore.inputs.images.outputs import PictureColumn, find_picture_column
from evalcore.inputs.plan import messages as plan_messages
from evalcore.inputs.plan.findings import Findings
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.structure import find_groups
from evalcore.predictions.evaluation import Roles
from evalcore.predictions.images import ImageOutputs
from evalcore.wording import say

__all__ = ["find_image_outputs", "image_part"]

Profiles = Mapping[str, ColumnProfile]

_FIRM_TARGET = frozenset({"target", "true", "truth", "gt", "ground", "groundtruth", "reference", "expected"})
_TARGET = frozenset({"clean", "original", "label", "mask", "sharp", "hr", "y"})
_RESTORED = ("denoised", "cleaned", "restored", "reconstruction", "reconstructed", "recon", "deblurred")
_MADE = (
    "output",
    "outputs",
    "generated",
    "result",
    "enhanced",
    "upscaled",
    "inpainted",
    "decoded",
    "segmented",
)
_OUTPUT = PREDICTION.difference({"screen", "screening", "scan"}).union(_RESTORED, _MADE)
_SPOILT = ("noisy", "noised", "noise", "corrupted", "degraded", "blurred", "blurry", "masked", "lowres", "lr")
_INPUT = frozenset(("input", "inputs", "source", "x", *_SPOILT))


def image_part(words: tuple[str, ...]) -> str:
    """Tell what a column of images is, by the words of its name.

    Returns
    -------
    str
        "input", "target", "output", or empty.

    Examples
    --------
    >>> [image_part((word,)) for word in ("noisy", "clean", "denoised", "photo")]
    ['input', 'target', 'output', '']
    >>> image_part(("clean", "predicted")), image_part(("output", "target"))
    ('output', 'target')
    """
    have = set(words)
    if have & _FIRM_TARGET and not have & PREDICTION:
        return "target"
    for part, known in (("output", _OUTPUT), ("input", _INPUT), ("target", _TARGET)):
        if have & known:
            return part
    return ""


def find_image_outputs(
    table: pd.DataFrame, profiles: Profiles, stated: Roles, findings: Findings
) -> tuple[ImageOutputs, Roles] | None:
    """Find a target and outputs that are images, and build what compares them.

    Parameters
    ----------
    table : DataFrame
    profiles : mapping of str to ColumnProfile
    stated : Roles
        A truth that is stated is the target, scores are the outputs, the image is the input.
    findings : Findings
        Gets the decisions.

    Returns
    -------
    tuple of (ImageOutputs, Roles), or None
        None for tables of anything else.

    Examples
    --------
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"input": [[5] * 64], "target": [[9] * 64], "output": [[7] * 64]})
    >>> found = find_image_outputs(table, profile_table(table), Roles(), Findings())
    >>> found[1].truth, found[1].scores, found[1].image
    ('target', ('output',), 'input')
    """
    if stated.task not in (None, "image_outputs"):
        return None
    said = Stated(stated, tuple(profiles))
    parts = _named_parts(profiles, said)
    if not parts["target"] or not parts["output"]:
        return None
    found = {
        part: [each for name in names if (each := find_picture_column(table, name)) is not None]
        for part, names in parts.items()
    }
    if not found["target"] or not found["output"]:
        return None
    given = found["input"][0] if found["input"] else None
    target = found["target"][0]
    # Lists in both may be the probabilities of classes, or flags of labels.
    if target.source is None and given is None and not _are_pixels(table, target):
        return None
    same_unit = tuple(replace(each, white=target.white) for each in found["output"])
    findings.decide("truth", [target.name], plan_messages.IMAGE_TARGET, 0.9)
    findings.decide("score", [each.name for each in same_unit], plan_messages.IMAGE_OUTPUT, 0.9)
    if given is not None:
        given = replace(given, white=target.white)
        findings.decide("image", [given.name], plan_messages.IMAGE_INPUT, 0.9)
    used = {target.name, *(each.name for each in same_unit), *([given.name] if given else [])}
    roles = replace(
        stated,
        truth=target.name,
        scores=tuple(each.name for each in same_unit),
        image=given.name if given else stated.image,
        groups=find_groups(dict(profiles), used, said, findings),
        task="image_outputs",
    )
    return _built(table, target, same_unit, given), roles


def _named_parts(profiles: Profiles, said: Stated) -> dict[str, list[str]]:
    """The columns that may be each part, in the file's order; what the caller said goes first."""
    parts: dict[str, list[str]] = {"input": [], "target": [], "output": []}
    for each in profiles.values():
        part = image_part(each.reading.words)
        if part and _may_hold_pictures(each):
            parts[part].append(each.name)
    told = {
        "target": list(said.truths),
        "output": [each.column for each in said.scores],
        "input": [name for name in [said.column("image")] if name],
    }
    taken = {name for names in told.values() for name in names}
    return {
        part: told[part] or [name for name in names if name not in taken] for part, names in parts.items()
    }


def _may_hold_pictures(profile: ColumnProfile) -> bool:
    """Whether a column is worth a look; an image as text is long."""
    return profile.kind in ("bytes", "other", "list") or (
        profile.kind == "text" and profile.mean_length >= 40
    )


def _are_pixels(table: pd.DataFrame, target: PictureColumn) -> bool:
    """Whether listed numbers are neither shares that add up to 1 nor flags."""
    seen = [target.image(table, row) for row in range(min(len(table), 40))]
    values = np.concatenate([each.ravel() for each in seen if each is not None])
    return len(np.unique(values)) > 2 and target.white > 1


def _built(
    table: pd.DataFrame, target: PictureColumn, models: tuple[PictureColumn, ...], given: PictureColumn | None
) -> ImageOutputs:
    rows = RowChoice(len(table))
    for each in (target, *models):
        lacking = table[each.name].isna().to_numpy()
        rows.leave_out(lacking, say(messages.MISSING_IMAGE, column=each.name))
    rows.require_some()
    return ImageOutputs(target, models, given, table, rows.positions, tuple(rows.omitted))
