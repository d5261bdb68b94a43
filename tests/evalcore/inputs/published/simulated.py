"""What every published layout is made from: a simulated model, the files, and what must come out."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

Source = tuple[str, bytes] | pd.DataFrame
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Layout:
    """Files in the shape of real ones, and what must be understood of them.

    Two classes: `actual` is 1 where positive, `scores` the simulated models' scores, high for positive.
    Several classes: `actual` the classes, `decided` each model's, `matrices` probabilities (columns by
    `classes`). Several labels: `labels` has for each label its truth and its score, nan where unknown.
    `models` are the names of several models, in the order of `scores`, `decided` and `matrices`.
    `asked` are the roles that must be asked about, no others. A `refused` file must say so.
    """

    sources: tuple[Source, ...]
    task: str = "binary"
    truth: str | None = None
    positive: str | None = None
    actual: Array | None = None
    scores: tuple[Array, ...] = ()
    classes: tuple[str, ...] = ()
    decided: tuple[Array, ...] = ()
    matrices: tuple[Array, ...] = ()
    models: tuple[str, ...] = ()
    labels: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    may_ask: frozenset[str] = frozenset()
    refused: str = ""


PUBLISHED: dict[str, Callable[[], Layout]] = {}


def published(make: Callable[[], Layout]) -> Callable[[], Layout]:
    """Enter a layout into the list under its function's name."""
    assert make.__name__ not in PUBLISHED
    PUBLISHED[make.__name__] = make
    return make


def two(seed: int, n: int = 240, prevalence: float = 0.35) -> tuple[Array, Array]:
    """A truth of 0 and 1 and a fairly good, calibrated probability of 1."""
    rng = np.random.default_rng(seed)
    truth = (rng.random(n) < prevalence).astype(int)
    logit = np.log(prevalence / (1 - prevalence)) + 1.6 * (truth - prevalence) + 1.3 * rng.normal(size=n)
    return truth, (1 / (1 + np.exp(-logit))).round(6)


def several(seed: int, classes: int, n: int = 240) -> tuple[Array, Array]:
    """A truth of 0 to K - 1 and probabilities of shape (n, K) that add up to 1."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, n)
    logits = rng.normal(size=(n, classes))
    logits[np.arange(n), truth] += 1.7
    values = np.exp(logits)
    return truth, values / values.sum(axis=1, keepdims=True)


def again(seed: int, truth: Array) -> Array:
    """One more model's probability of 1 for the same truth."""
    rng = np.random.default_rng(seed)
    return (1 / (1 + np.exp(-(1.5 * (truth - 0.5) + 1.2 * rng.normal(size=truth.size))))).round(6)


def rng_of(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed + 1000)


def words(values: Array, *names: str) -> Array:
    """Names in place of 0, 1, 2, ..."""
    return np.array(names, dtype=object)[np.asarray(values).astype(int)]


def csv(name: str, table: pd.DataFrame | Mapping[str, Any], **options: Any) -> tuple[str, bytes]:
    """A file of comma-separated (or other) text."""
    frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame(dict(table))
    return name, frame.to_csv(index=options.pop("index", False), **options).encode("utf-8")


def parquet(name: str, table: pd.DataFrame) -> tuple[str, bytes]:
    buffer = io.BytesIO()
    table.to_parquet(buffer)
    return name, buffer.getvalue()


def npz(name: str, **arrays: Array) -> tuple[str, bytes]:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return name, buffer.getvalue()
