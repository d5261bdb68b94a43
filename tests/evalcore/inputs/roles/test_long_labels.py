"""Labels below each other, and labels listed beside columns of scores."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.inputs.columns.profile import profile_table
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.plan.stated import Stated
from evalcore.inputs.roles.several.labels import find_label_columns
from evalcore.inputs.roles.several.long_labels import find_long_labels
from evalcore.predictions.evaluation import Roles

RNG = np.random.default_rng(3)
LONG = pd.DataFrame(
    {
        "image_id": np.repeat(np.arange(40), 2),
        "finding": ["mass", "nodule"] * 40,
        "truth": RNG.integers(0, 2, 80),
        "cnn_prob": RNG.random(80).round(3),
        "vit_prob": RNG.random(80).round(3),
    }
)


def test_rows_in_any_order_with_gaps() -> None:
    table = LONG.drop(index=[3]).sample(frac=1, random_state=1).reset_index(drop=True)
    opened = open_predictions(table)
    assert opened.task == "multilabel"
    assert opened.models == ("cnn_prob", "vit_prob")
    for label in ("mass", "nodule"):
        one = opened.predictions.label(label)
        mine = table[table["finding"] == label]
        assert one.cases == len(mine)
        wanted = mine.set_index("image_id")["cnn_prob"]
        got = dict(zip(table["image_id"].iloc[one.rows], one.model("cnn_prob").values, strict=True))
        assert got == wanted.to_dict()


def test_one_task_where_a_person_says_so() -> None:
    opened = open_predictions(LONG, task="binary")
    assert opened.task == "binary"
    assert opened.predictions.cases == 80


def test_a_case_twice_for_a_label_is_no_long_table() -> None:
    table = pd.concat([LONG, LONG.iloc[:1]])
    assert find_long_labels(profile_table(table), Stated(Roles(), tuple(table))) is None


def test_lists_with_two_models() -> None:
    table = pd.DataFrame(
        {
            "labels": ["a|b", "a", "b", "none"] * 5,
            **{f"{m}_{x}": RNG.random(20) for m in ("m", "n") for x in "ab"},
        }
    )
    found = find_label_columns(profile_table(table), Stated(Roles(), tuple(table)))
    assert found is not None
    assert found.labels == ("a", "b")
    assert [each.name for each in found.models] == ["m", "n"]
