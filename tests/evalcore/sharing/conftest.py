"""A store in a folder of its own, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.store.store import EvaluationStore


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def make_store(folder: Path, clock: Clock) -> Iterator[Callable[..., EvaluationStore]]:
    stores = []

    def make(url: str | None = None, *, path: Path = folder, **options: Any) -> EvaluationStore:
        settings: dict[str, Any] = {"retention": timedelta(days=30), "size_limit": None, "clock": clock}
        store = EvaluationStore(url, path, **settings | options)
        stores.append(store)
        return store

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(make_store: Callable[..., EvaluationStore]) -> EvaluationStore:
    return make_store()


@pytest.fixture
def make_evaluation() -> Callable[..., Evaluation]:
    def make(seed: int = 0, *, rows: int = 40, title: str = "some scores") -> Evaluation:
        random = np.random.default_rng(seed)
        truth = np.arange(rows) % 4 == 0
        table = pd.DataFrame(
            {
                "label": np.where(truth, "spam", "ham"),
                "prob": np.clip(random.random(rows) * 0.7 + truth * 0.3, 0, 1),
                "other": random.random(rows),
                "group": random.choice(["a", "b"], rows),
            }
        )
        roles = {"truth": "label", "score": "prob", "positive": "spam"}
        return open_predictions(table, title=title, **roles)

    return make


@pytest.fixture
def evaluation(make_evaluation: Callable[..., Evaluation]) -> Evaluation:
    return make_evaluation()
