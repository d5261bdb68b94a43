"""Histories whose figures have names that nobody knows."""

from __future__ import annotations

import numpy as np
import pandas as pd

import evalcore as ec

STEPS = np.arange(1, 13)
COURSE = 1 - np.exp(-STEPS / 4)


def test_a_chart_of_one_figure() -> None:
    name = "run-a - metrics/mauc(B)"
    table = pd.DataFrame({"Step": STEPS, name: COURSE, f"{name}__MIN": COURSE, f"{name}__MAX": COURSE})
    opened = ec.open_predictions(table)
    assert opened.task == "history"
    assert [(each.name, each.best_step) for each in opened.predictions.series] == [(name, 12)]


def test_figures_of_no_known_name() -> None:
    opened = ec.open_predictions(pd.DataFrame({"epoch": STEPS, "zeta": COURSE, "eta": -COURSE}))
    assert opened.task == "history"
    assert len(opened.predictions.series) == 2


def test_cases_numbered_by_a_step_are_no_history() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, 40)
    table = pd.DataFrame({"step": np.arange(40), "label": truth, "zeta": truth / 2 + rng.random(40) / 2})
    assert ec.open_predictions(table).task == "binary"
