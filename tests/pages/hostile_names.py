"""Predictions in which every name would be markup somewhere: classes, models, labels, groups, links, titles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.store.annotations import Annotation
from pages.ui import compute

N = 60
#: Where the names would lead a browser that took them for markup.
FOREIGN = "foreign.invalid"


def hostile(role: str) -> str:
    """A name that is Markdown, HTML, one of Streamlit's icons, colours and formulas, and Plotly's template."""
    site = f"//{FOREIGN}/{role}"
    return f"![{role}]({site}.png):material/skull:<img src={site}><a href={site}>:red[x]%{{skull}}$x^2$"


def binary() -> Evaluation:
    """Two classes, two models, groups, links to images."""
    rng = np.random.default_rng(3)
    truth = rng.random(N) < 0.5
    score = np.clip(rng.normal(0.35 + 0.3 * truth, 0.2), 0, 1).round(3)
    table = {
        "truth": np.where(truth, hostile("yes"), hostile("no")),
        f"score {hostile('model')}": score,
        "score b_c": np.clip(score + rng.normal(0, 0.1, N), 0, 1).round(3),
        f"group {hostile('group')}": np.where(rng.random(N) < 0.5, hostile("north"), hostile("south")),
        f"image {hostile('column')}": [f"https://{FOREIGN}/{place}_.png" for place in range(N)],
    }
    return open_predictions(pd.DataFrame(table), title=hostile("title"))


def classes() -> Evaluation:
    """Four classes with a score each."""
    rng = np.random.default_rng(4)
    names = [hostile(each) for each in ("a/cat", "a/dog", "b/oak", "b/elm")]
    kind = rng.integers(0, 4, N)
    raw = np.exp(rng.normal(size=(N, 4)) + 1.5 * np.eye(4)[kind])
    shares = (raw / raw.sum(axis=1, keepdims=True)).round(6)
    table = {
        "actual": np.array(names)[kind],
        **{f"prob_{name}": shares[:, i] for i, name in enumerate(names)},
    }
    return open_predictions(pd.DataFrame(table), title=hostile("title"))


def labels() -> Evaluation:
    """Three labels, each there or not."""
    rng = np.random.default_rng(5)
    held = rng.integers(0, 2, (N, 3))
    names = [hostile(each) for each in "abc"]
    table = {f"{name}_true": held[:, i] for i, name in enumerate(names)}
    table |= {
        f"{name}_score": np.clip(rng.random(N) / 2 + held[:, i] / 3, 0, 1) for i, name in enumerate(names)
    }
    return open_predictions(pd.DataFrame(table), title=hostile("title"))


def outputs() -> Evaluation:
    """Two outputs of three classes each."""
    rng = np.random.default_rng(6)
    table = {}
    for name in ("first", "second"):
        words = np.array([hostile(f"{name}{place}") for place in range(3)])
        kind = rng.integers(0, 3, N)
        table[f"{hostile(name)}_true"] = words[kind]
        table[f"{hostile(name)}_pred"] = words[np.where(rng.random(N) < 0.7, kind, 0)]
    return open_predictions(pd.DataFrame(table), title=hostile("title"))


def counts() -> Evaluation:
    """Four counts for each of two models."""
    table = {
        "model": [hostile("one"), hostile("two")],
        "tp": [40, 30],
        "fp": [5, 9],
        "fn": [10, 20],
        "tn": [45, 41],
    }
    return open_predictions(pd.DataFrame(table), title=hostile("title"))


def images() -> Evaluation:
    """Pictures that a model made, beside what they should be."""
    rng = np.random.default_rng(7)
    cells = {
        name: [rng.integers(0, 256, (8, 8)).tolist() for _ in range(12)]
        for name in ("target", f"output {hostile('made')}")
    }
    return open_predictions(pd.DataFrame(cells), title=hostile("title"))


KINDS = {each.__name__: each for each in (binary, classes, labels, outputs, counts, images)}


def saved(kind: str, *, owner: str) -> str:
    """Save one of them, with comments; the id."""
    evaluation = KINDS[kind]()
    kept = compute.store().save(evaluation, owner=owner)
    notes = {row: Annotation(True, hostile("comment")) for row in range(len(evaluation.table))}
    compute.store().annotate(kept.id, notes, owner=owner)
    return kept.id
