"""An evaluation within a slice: the same cases as a file of these rows alone, with the numbers of the whole file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.opening import open_predictions
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.predictions.slices.within import Slice, slices_of, whole_fingerprint, within

rng = np.random.default_rng(3)
N = 90
SITE = np.array(["A", "B", "C"])[np.arange(N) % 3]
KIND = rng.integers(0, 3, N)
SHARES = rng.dirichlet(np.ones(3), N).round(6)


def two_classes() -> pd.DataFrame:
    truth = rng.integers(0, 2, N)
    return pd.DataFrame(
        {"label": truth, "prob": rng.random(N).round(4), "weight": rng.random(N).round(2), "site": SITE}
    )


def tables() -> dict[str, tuple[pd.DataFrame, Roles]]:
    classes = {"actual": np.array(["ant", "bee", "cow"])[KIND], "site": SITE}
    classes |= {f"prob_{name}": SHARES[:, i] for i, name in enumerate(("ant", "bee", "cow"))}
    labels = {f"true_{name}": rng.integers(0, 2, N) for name in ("wet", "hot")}
    labels |= {f"prob_{name}": rng.random(N).round(4) for name in ("wet", "hot")} | {"site": SITE}
    sited = Roles(groups=("site",))
    return {
        "binary": (two_classes(), Roles(groups=("site",), weight="weight")),
        "multiclass": (pd.DataFrame(classes), sited),
        "multilabel": (pd.DataFrame(labels), sited),
        "scores": (pd.DataFrame({"score": rng.random(N).round(4), "site": SITE}), sited),
    }


def arrays(opened: Evaluation) -> list[np.ndarray]:
    """Every array that the predictions and their models hold, but the rows."""
    found = []
    for holder in (opened.predictions, *opened.predictions.models):
        for name, value in vars(holder).items():
            if isinstance(value, np.ndarray) and name != "rows":
                found.append(value)
    return found


@pytest.mark.parametrize("task", ["binary", "multiclass", "multilabel", "scores"])
@pytest.mark.parametrize("value", ["A", "C"])
def test_within_is_what_a_file_of_these_rows_is(task: str, value: str) -> None:
    table, roles = tables()[task]
    opened = open_predictions(table, roles=roles)
    assert opened.task == task
    chosen = next(each for each in slices_of(opened) if each.value == value)
    inside = within(opened, chosen)
    alone = open_predictions(table[value == SITE].reset_index(drop=True), roles=opened.roles)
    assert inside.predictions.cases == alone.predictions.cases == chosen.count
    assert len(arrays(inside)) == len(arrays(alone)) > 0
    for mine, other in zip(arrays(inside), arrays(alone), strict=True):
        np.testing.assert_array_equal(mine, other)
    np.testing.assert_array_equal(inside.predictions.case_rows, np.flatnonzero(value == SITE))
    assert inside.table is opened.table


def test_sweeps_of_all_slices_add_up_to_the_whole() -> None:
    opened = open_predictions(two_classes(), roles=Roles(groups=("site",), weight="weight"))
    threshold = 0.4

    def at(each: Evaluation) -> np.ndarray:
        found = each.predictions
        swept = ThresholdSweep.from_scores(found.truth, found.models[0].values, weight=found.weights)
        point = swept.at(threshold)
        return np.array([point.tp, point.fp, point.fn, point.tn])

    parts = [at(within(opened, each)) for each in slices_of(opened)]
    np.testing.assert_allclose(np.sum(parts, axis=0), at(opened))


def test_missing_labels_stay_missing() -> None:
    table = tables()["multilabel"][0].astype({"true_hot": float})
    table.loc[SITE == "B", "true_hot"] = np.nan
    opened = open_predictions(table, roles=Roles(groups=("site",)))
    known = {each.value: within(opened, each).predictions.part("hot").cases for each in slices_of(opened)}
    assert known == {"A": 30, "B": 0, "C": 30}


def test_outputs_are_taken_together() -> None:
    shapes, colours = np.array(["round", "flat", "long"]), np.array(["red", "blue", "green"])
    said = {
        "true_shape": shapes[KIND],
        "pred_shape": shapes[KIND[::-1]],
        "true_colour": colours[KIND[::-1]],
        "pred_colour": colours[KIND],
    }
    table = pd.DataFrame(said | {"site": SITE})
    opened = open_predictions(table, roles=Roles(groups=("site",)))
    assert opened.task == "multioutput"
    inside = within(opened, slices_of(opened)[1])
    for name in opened.predictions.parts:
        np.testing.assert_array_equal(inside.predictions.part(name).rows, np.flatnonzero(SITE == "B"))


def column(values: object, name: str = "site") -> list[Slice]:
    table = two_classes().drop(columns="site")
    table[name] = values
    return list(slices_of(open_predictions(table, roles=Roles(groups=(name,), weight="weight"))))


def test_values_are_spelt_as_people_read_them_and_in_order() -> None:
    numbers = np.where(np.arange(N) % 3 == 0, np.nan, np.arange(N) % 3 * 5)
    assert [(each.words, each.count) for each in column(numbers)] == [
        ("site = 5", 30), ("site = 10", 30), ("site is empty", 30),
    ]  # fmt: skip
    assert [each.value for each in column(np.arange(N) % 2 == 0)] == ["False", "True"]
    assert [each.value for each in column(np.array(["10", "9", "b", "A"])[np.arange(N) % 4])] == [
        "9",
        "10",
        "A",
        "b",
    ]


def test_no_two_slices_have_one_text() -> None:
    texts = {
        Slice(name, value, "group", 1).text
        for name, value in [("a=b", "c"), ("a", "b=c"), ("a", None), ("a", "")]
    }
    assert len(texts) == 4


def test_what_parts_the_rows_into_nothing_is_not_offered() -> None:
    assert column(["same"] * N) == []
    table = two_classes().assign(site=[f"s{i}" for i in range(N)])
    big = pd.concat([table.assign(site=table["site"] + str(i)) for i in range(4)], ignore_index=True)
    assert slices_of(open_predictions(big, roles=Roles(groups=("site",), weight="weight"))) == ()


def test_counts_and_histories_have_no_slices() -> None:
    counts = open_predictions(pd.DataFrame({"score": [0.9, 0.1], "positives": [8, 2], "negatives": [1, 9]}))
    assert slices_of(counts) == ()
    with pytest.raises(ValueError, match="no rows stand behind"):
        within(counts, Slice("site", "A", "group", 1))
    with pytest.raises(ValueError, match="no rows stand behind"):
        counts.predictions.taking(np.arange(1))


def test_fingerprints_tell_slices_apart() -> None:
    opened = open_predictions(two_classes(), roles=Roles(groups=("site",), weight="weight"))
    prints = {within(opened, each).fingerprint for each in slices_of(opened)}
    assert len(prints | {opened.fingerprint}) == 4
    assert {whole_fingerprint(each) for each in prints} == {opened.fingerprint}
