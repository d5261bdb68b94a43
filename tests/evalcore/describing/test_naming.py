"""Names that people give: said by everything that is made of the predictions, and taken back without a trace."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.describing.description import describe
from evalcore.describing.naming import NO_NAMES, Names, names_from_json, names_of, names_to_json, with_names
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation
from tests.evalcore.inputs import test_published_layouts  # noqa: F401  fills the list
from tests.evalcore.inputs.published.simulated import PUBLISHED

rng = np.random.default_rng(2)
Y = (rng.random(60) < 0.4).astype(int)
TWO = pd.DataFrame(
    {"label": Y, **{f"clf{k}_prob": np.clip(0.3 * Y + 0.6 * rng.random(60), 0, 1).round(4) for k in (1, 2)}}
)


def opened(name: str) -> Evaluation:
    return open_predictions(*PUBLISHED[name]().sources)


def test_two_classes_and_their_models_are_called_as_people_call_them() -> None:
    read = open_predictions(TWO)
    names = Names((("1", "malignant"), ("0", "benign")), (("clf2_prob", "Random forest"),))
    named = with_names(read, names)
    assert (named.predictions.positive, named.predictions.negative) == ("malignant", "benign")
    assert named.models == ("clf1_prob", "Random forest")
    assert "of them “malignant”" in named.predictions.subject
    assert describe(named)["models"]["Random forest"] == describe(read)["models"]["clf2_prob"]
    assert named.roles == read.roles
    assert named.table["label"].tolist() == ["malignant" if each else "benign" for each in Y]
    assert named.table.drop(columns="label").equals(read.table.drop(columns="label"))
    assert read.table["label"].tolist() == Y.tolist()
    assert with_names(read, NO_NAMES) is read


@pytest.mark.parametrize(
    "name", ["azure_classes", "chest_findings_list", "long_table_of_labels", "scored_counts"]
)
def test_every_kind_keeps_its_figures(name: str) -> None:
    if name not in PUBLISHED:
        read = open_predictions(pd.DataFrame({"score": [0.9, 0.1], "positives": [8, 2], "negatives": [1, 9]}))
        old = read.predictions.positive
    else:
        read = opened(name)
        old = read.predictions.parts[0]
    model = read.models[0]
    named = with_names(read, Names(((old, "A <b>name</b>"),), ((model, "Mine"),)))
    assert "A <b>name</b>" in (*named.predictions.parts, named.predictions.positive)
    assert named.models[0] == "Mine"

    def figures(told: Evaluation) -> str:
        return (
            str(describe(told)["models"]).replace("A <b>name</b>", str(old)).replace("'Mine'", f"'{model}'")
        )

    assert figures(named) == figures(read)


def test_outputs_are_named_and_their_classes_stay() -> None:
    table = pd.DataFrame({f"{what}_{name}": rng.choice(["1", "2", "3"], 60) for name in ("age", "race") for what in
                          ("true", "pred")})  # fmt: skip
    read = open_predictions(table)
    assert read.task == "multioutput"
    first = read.predictions.parts[0]
    named = with_names(read, Names(((first, "Age group"), ("1", "one"))))
    assert named.predictions.parts[0] == "Age group"
    assert named.predictions.part("Age group").classes == read.predictions.part(first).classes


def test_what_is_not_there_and_what_would_be_two_is_let_alone() -> None:
    read = open_predictions(TWO)
    assert with_names(read, Names((("7", "seven"),), (("x", "y"),))).predictions.positive == "1"
    swapped = with_names(read, Names(models=(("clf2_prob", "clf1_prob"),)))
    assert swapped.models == read.models


def test_names_are_cleaned_and_must_differ() -> None:
    assert names_of({"1": " a\n\u202e b ", "0": "0", "9": "nine"}, ["0", "1"]) == (("1", "a b"),)
    assert len(names_of({"1": "x" * 500}, ["1"])[0][1]) == 60
    with pytest.raises(InputError, match='"0" and "1" would both be called "0"'):
        names_of({"1": "0"}, ["0", "1"])
    assert names_of({"1": "0", "0": "1"}, ["0", "1"]) == (("0", "1"), ("1", "0"))
    names = Names((("1", "ä\"'"),), (("m", "n"),))
    assert names_from_json(names_to_json(names)) == names
