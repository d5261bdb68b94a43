"""Tables of input, target and output images: recognised, read, and kept apart from what looks alike."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from evalcore.describing.description import describe, description_text
from evalcore.errors import InputError
from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.images.outputs import read_images
from evalcore.inputs.images.roles import find_image_outputs
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.plan.findings import Findings
from evalcore.predictions.evaluation import Roles

rng = np.random.default_rng(13)
CLEAN = (rng.random((30, 8, 8)) < 0.4).astype(np.uint8) * 255
NOISY = np.clip(CLEAN + rng.integers(0, 100, CLEAN.shape), 0, 255).astype(np.uint8)
MADE = np.where(rng.random(CLEAN.shape) < 0.9, CLEAN, NOISY).astype(np.uint8)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def table(names: tuple[str, str, str] = ("noisy", "clean", "denoised"), **more: object) -> pd.DataFrame:
    cells = zip(names, (NOISY, CLEAN, MADE), strict=True)
    return pd.DataFrame(
        {"id": range(30), **{n: [png(each) for each in images] for n, images in cells}, **more}
    )


@pytest.mark.parametrize(
    "names",
    [
        ("noisy", "clean", "denoised"),
        ("input_image", "target_image", "output_image"),
        ("x", "y_true", "y_pred"),
        ("corrupted", "original", "reconstruction"),
        ("noisy_img", "ground_truth", "predicted_clean"),
    ],
)
def test_parts_are_told_by_their_names(names: tuple[str, str, str]) -> None:
    opened = open_predictions(table(names))
    assert (opened.task, opened.questions, opened.warnings) == ("image_outputs", (), ())
    assert (opened.roles.image, opened.roles.truth, opened.roles.scores) == (names[0], names[1], (names[2],))
    batch = read_images(opened.predictions, names[2])
    assert np.array_equal(batch.target, CLEAN)
    assert np.array_equal(batch.output, MADE)
    assert batch.input is not None
    assert np.array_equal(batch.input, NOISY)
    assert (batch.unlike, batch.unread, batch.total) == (0, 0, 30)


@pytest.mark.parametrize("white", [1, 16, 255])
@pytest.mark.parametrize("form", ["flat", "nested", "text"])
def test_pixels_as_lists(white: int, form: str) -> None:
    def cell(pixels: np.ndarray) -> object:
        scaled = pixels * (white / 255)
        if form == "text":
            return json.dumps(scaled.tolist())
        return scaled.tolist() if form == "nested" else scaled.ravel().tolist()

    found = pd.DataFrame(
        {
            n: [cell(x) for x in images]
            for n, images in zip(("noisy", "clean", "pred"), (NOISY, CLEAN, MADE), strict=True)
        }
    )
    opened = open_predictions(found)
    assert opened.task == "image_outputs"
    batch = read_images(opened.predictions, "pred")
    assert batch.target == pytest.approx(CLEAN.astype(float))
    assert batch.output == pytest.approx(MADE.astype(float))


def test_several_models() -> None:
    opened = open_predictions(table(output_b=[png(each) for each in CLEAN]))
    assert opened.models == ("denoised", "output_b")
    assert np.array_equal(read_images(opened.predictions, "output_b").output, CLEAN)


def test_opening_again_from_the_settled_roles_is_the_same() -> None:
    opened = open_predictions(table(digit=rng.integers(0, 3, 30)))
    again = open_predictions(opened.table, roles=opened.roles)
    assert (again.roles, again.fingerprint) == (opened.roles, opened.fingerprint)
    assert opened.roles.groups == ("digit",)


def test_missing_broken_and_unlike_images() -> None:
    found = table().astype(object)
    found.loc[0, "clean"] = None
    found.loc[1, "denoised"] = b"\x89PNG\r\n\x1a\nbroken"
    found.loc[2, "denoised"] = png(np.zeros((9, 9), np.uint8))
    opened = open_predictions(found)
    assert [(each.count, each.rows) for each in opened.predictions.omitted] == [(1, (1,))]
    batch = read_images(opened.predictions, "denoised")
    assert (batch.unread, batch.unlike, batch.rows.tolist()) == (1, 1, list(range(3, 30)))


def test_nothing_alike_is_refused() -> None:
    found = table(("noisy", "clean", "small")).rename(columns={"small": "output"})
    found["output"] = [png(np.zeros((4, 4), np.uint8))] * 30
    with pytest.raises(InputError, match="images of one size"):
        read_images(open_predictions(found).predictions, "output")


def test_more_rows_than_the_most_are_drawn_evenly() -> None:
    batch = read_images(open_predictions(table()).predictions, "denoised", most=10)
    assert (len(batch.rows), batch.rows[0], batch.rows[-1], batch.total) == (10, 0, 29, 30)


def test_lists_of_shares_and_of_flags_are_no_images() -> None:
    shares = rng.dirichlet(np.ones(64), 40)
    flags = (rng.random((40, 64)) < 0.3).astype(int)
    for target in (np.eye(64, dtype=int)[rng.integers(0, 64, 40)], flags):
        found = pd.DataFrame({"target": target.tolist(), "prediction": shares.tolist()})
        assert find_image_outputs(found, profile_table(found), Roles(), Findings()) is None


def test_one_column_of_images_beside_predictions_changes_nothing() -> None:
    labels = {"label": [0, 1] * 15, "prob": rng.random(30).round(3)}
    found = table(("a", "b", "c"), **labels)[["a", "label", "prob"]]
    assert open_predictions(found.rename(columns={"a": "input_image"})).task == "binary"


def test_describe() -> None:
    told = describe(open_predictions(table()))
    figures = told["models"]["denoised"]
    assert figures["mean_absolute_error"] == pytest.approx(np.abs(MADE.astype(float) - CLEAN).mean())
    assert figures["joint_accuracy"] == ((MADE >= 128) == (CLEAN >= 128)).all(axis=(1, 2)).mean()
    assert description_text(told).startswith("Images as outputs, 30 rows")
