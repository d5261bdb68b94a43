"""Two visitors with the same content: neither is ever shown the other's title, file names, lost rows or marks."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.store.annotations import Annotation
from pages.ui import compute

ROOT = Path(__file__).parents[2]
N = 60
rng = np.random.default_rng(12)
TRUTH = rng.integers(0, 2, N)
SCORE = np.clip(rng.normal(0.35 + 0.3 * TRUTH, 0.2), 0.001, 0.999).round(3)
KIND = rng.integers(0, 5, N)
RAW = np.exp(rng.normal(size=(N, 5)) + np.eye(5)[KIND])
SHARES = (RAW / RAW.sum(axis=1, keepdims=True)).round(6)
NAMES = ("animal/cat", "animal/dog", "plant/oak", "vehicle/car", "vehicle/van")
PIXELS = rng.integers(0, 256, (2, 12, 6, 6)).astype(np.uint8)

# Letters of one visitor that stand in nothing of the other's.
ANNA, BERT = "annasecret", "bertsecret"

DATA, THRESHOLD, ERRORS, CLASSES, OUTPUTS = (
    f"pages/{name}.py"
    for name in (
        "start/data",
        "decide/threshold",
        "decide/errors",
        "understand/classes",
        "understand/outputs",
    )
)


def of_two_classes(who: str) -> Evaluation:
    """Two joined files: the name of the second and its row without a partner are the visitor's own."""
    rows = [f"r{i}" for i in range(N)]
    truth = pd.DataFrame({"id": rows, "label": TRUTH})
    scores = pd.DataFrame({"id": [*rows, f"{who}row"], "probability": [*SCORE, 0.5]})
    files = (("truth.csv", truth), (f"{who}scores.csv", scores))
    sources = [(name, table.to_csv(index=False).encode()) for name, table in files]
    return open_predictions(*sources, title=f"{who} title")


def of_classes(who: str) -> Evaluation:
    table = {
        "actual": np.array(NAMES)[KIND],
        **{f"prob_{name}": SHARES[:, i] for i, name in enumerate(NAMES)},
    }
    return open_predictions(pd.DataFrame(table), title=f"{who} title")


def of_labels(who: str) -> Evaluation:
    held = np.random.default_rng(5).integers(0, 2, (N, 3))
    table = {f"{name}_true": held[:, i] for i, name in enumerate("abc")}
    table |= {f"{name}_score": np.clip(SCORE / 2 + held[:, i] / 3, 0, 1) for i, name in enumerate("abc")}
    return open_predictions(pd.DataFrame(table), title=f"{who} title")


def of_outputs(who: str) -> Evaluation:
    other = (KIND + TRUTH) % 3
    table = {
        "digit_true": KIND,
        "digit_pred": SHARES.argmax(axis=1),
        "colour_true": np.array(["red", "green", "blue"])[other],
        "colour_pred": np.array(["red", "green", "blue"])[other[::-1]],
    }
    return open_predictions(pd.DataFrame(table), title=f"{who} title")


def of_images(who: str) -> Evaluation:
    def png(pixels: np.ndarray) -> bytes:
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "PNG")
        return file.getvalue()

    table = pd.DataFrame(
        {name: [png(each) for each in PIXELS[i]] for i, name in enumerate(("clean", "cleaned"))}
    )
    return open_predictions(table, title=f"{who} title")


@dataclass(frozen=True)
class Visitor:
    """Someone who has saved an evaluation and commented on its rows."""

    who: str
    token: str
    identifier: str
    fingerprint: str


@cache
def visitor(who: str, make: Callable[[str], Evaluation]) -> Visitor:
    token = f"{who}-token-of-one-browser"
    saved = compute.store().save(make(who), owner=token)
    compute.store().annotate(
        saved.id, {row: Annotation(True, f"{who} comment") for row in range(N)}, owner=token
    )
    return Visitor(who, token, saved.id, saved.fingerprint)


def shown_to(someone: Visitor, path: str, **link: str) -> bytes:
    """All that the server sends for a page, with the contents of its tables."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["visitor"] = someone.token
    app.query_params["e"] = someone.identifier
    for key, value in link.items():
        app.query_params[key] = value
    app.switch_page(path).run()
    assert not app.exception
    parts = [getattr(node, "proto", None) for block in (app.main, app.sidebar) for node in block]
    return b"\n".join(part.SerializeToString() for part in parts if part is not None)


LEVEL = {"level": "3 groups by name"}
VISITS = [
    (of_two_classes, THRESHOLD, {}),
    (of_two_classes, ERRORS, {}),
    (of_two_classes, ERRORS, {"view": "Suspect labels"}),
    (of_two_classes, DATA, {}),
    (of_classes, THRESHOLD, {}),
    (of_classes, THRESHOLD, LEVEL),
    (of_classes, ERRORS, LEVEL),
    (of_classes, CLASSES, LEVEL),
    (of_classes, DATA, {}),
    (of_labels, THRESHOLD, {}),
    (of_labels, CLASSES, {}),
    (of_outputs, CLASSES, {"o": "colour"}),
    (of_outputs, ERRORS, {}),
    (of_images, OUTPUTS, {}),
    (of_images, THRESHOLD, {}),
    (of_images, DATA, {}),
]


@pytest.mark.parametrize(("make", "path", "link"), VISITS)
def test_neither_sees_what_is_the_others(
    make: Callable[[str], Evaluation], path: str, link: dict[str, str]
) -> None:
    anna, bert = visitor(ANNA, make), visitor(BERT, make)
    assert anna.fingerprint == bert.fingerprint, "the same content, or this test tells nothing"
    assert anna.identifier != bert.identifier
    for someone, other in ((anna, bert), (bert, anna)):
        seen = shown_to(someone, path, **link)
        assert f"{someone.who} title".encode() in seen
        assert other.who.encode() not in seen


def test_what_one_visitor_lost_and_marked_is_shown_to_them() -> None:
    """Else the test above would be content with pages that show nothing."""
    bert = visitor(BERT, of_two_classes)
    data = shown_to(bert, DATA)
    assert f"{BERT}scores".encode() in data
    assert f"{BERT}row".encode() in data
    assert f"{BERT} comment".encode() in shown_to(bert, ERRORS, view="Suspect labels")
