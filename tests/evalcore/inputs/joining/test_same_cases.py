"""Evaluations of the same cases laid beside each other: by ids, by other columns, by order, or refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalcore as ec
from evalcore.inputs.joining.same_cases import laid_beside

RANDOM = np.random.default_rng(8)
IDS = [f"case {place:04d}" for place in RANDOM.permutation(300)]
TRUTH = (RANDOM.random(300) < 0.4).astype(int)
FIRST = pd.DataFrame({"case_id": IDS, "truth": TRUTH, "forest_prob": RANDOM.random(300).round(4)})


def opened(table: pd.DataFrame, title: str = "", **roles: Any) -> ec.Evaluation:
    score = next(str(name) for name in table.columns if str(name).endswith("_prob"))
    settled = ec.Roles(truth="truth", scores=(score,), positive=roles.pop("positive", "1"), **roles)
    return ec.open_predictions(table, roles=settled, title=title)


def second(**more: Any) -> pd.DataFrame:
    return FIRST[["case_id", "truth"]].assign(linear_prob=RANDOM.random(300).round(4), **more)


def test_models_meet_case_by_case_whatever_the_order_and_the_column_is_called() -> None:
    other = second().sample(frac=1, random_state=1).iloc[:250]
    named = opened(other.rename(columns={"case_id": "key"}), "Two", id="key")
    found = laid_beside(opened(FIRST, "One", id="case_id"), named)
    assert found.opened.models == ("forest_prob", "linear_prob")
    assert found.told == '"Two" is joined by "case_id": 250 of 300 cases here and of 250 there are in both.'
    predictions = found.opened.predictions
    expected = FIRST.merge(other, on="case_id")
    assert predictions.models[0].values.tolist() == expected["forest_prob"].tolist()
    assert predictions.models[1].values.tolist() == expected["linear_prob"].tolist()
    assert predictions.truth.tolist() == expected["truth_x"].tolist()
    assert (
        found.opened.table["linear_prob"].iloc[predictions.rows].tolist() == expected["linear_prob"].tolist()
    )
    assert found.opened.fingerprint != opened(FIRST).fingerprint


def test_columns_that_name_the_rows_serve_without_a_role() -> None:
    found = laid_beside(opened(FIRST, "One"), opened(second().iloc[::-1], "Two"))
    assert "all 300 cases are in both" in found.told
    assert (found.opened.predictions.truth == TRUTH).all()


def test_a_name_that_is_there_says_whose_it_is() -> None:
    other = second().rename(columns={"linear_prob": "forest_prob"})
    found = laid_beside(opened(FIRST, "One"), opened(other, "Two"))
    assert found.opened.models == ("forest_prob", "forest_prob (Two)")


def test_a_few_other_truths_are_left_out_and_many_refused() -> None:
    truth = TRUTH.copy()
    truth[:3] = 1 - truth[:3]
    found = laid_beside(opened(FIRST, "One"), opened(second().assign(truth=truth), "Two"))
    assert "3 of them are left out, since their truths differ" in found.told
    assert found.opened.predictions.cases == 297
    truth[:60] = 1 - TRUTH[:60]
    with pytest.raises(ec.InputError, match=r"60 of 300 cases .20.0 %.*not the same cases"):
        laid_beside(opened(FIRST, "One"), opened(second().assign(truth=truth), "Two"))


def test_without_ids_the_same_truths_in_the_same_order_serve() -> None:
    one, two = FIRST.drop(columns="case_id"), second().drop(columns="case_id")
    found = laid_beside(opened(one, "One"), opened(two, "Two"))
    assert "row by row" in found.told
    assert found.opened.predictions.models[1].values.tolist() == two["linear_prob"].tolist()
    for other in (two.iloc[:-1], two.assign(truth=TRUTH[::-1])):
        with pytest.raises(ec.InputError, match="no column names the cases of both"):
            laid_beside(opened(one, "One"), opened(other, "Two"))


def test_ids_that_come_twice_and_other_classes_are_refused() -> None:
    with pytest.raises(ec.InputError, match="names 1 of its cases more than once"):
        laid_beside(
            opened(FIRST, "One", id="case_id"),
            opened(pd.concat((second(), second().iloc[:1])), "Two", id="case_id"),
        )
    with pytest.raises(ec.InputError, match='the positive class is "0"'):
        laid_beside(opened(FIRST, "One"), opened(second(), "Two", positive="0"))
    strangers = second().assign(case_id=[f"other {place}" for place in range(300)])
    with pytest.raises(ec.InputError, match="no column names the cases of both"):
        laid_beside(opened(FIRST, "One"), opened(strangers.iloc[:200], "Two"))
    alone = ec.open_predictions(second().drop(columns="truth"), title="Two")
    with pytest.raises(ec.InputError, match="says nothing of"):
        laid_beside(opened(FIRST, "One"), alone)
