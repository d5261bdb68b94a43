"""An evaluation within a slice: the same cases as a file of these rows alone, with the numbers of the whole file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.opening import open_predictions
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.predictions.slices.groups import Condition, columns_to_slice, grouping
from evalcore.predictions.slices.within import Slice, slice_named, slices_of, whole_fingerprint, within

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
    chosen = next(each for each in slices_of(opened) if each.conditions[0].value == value)
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
    known = {
        each.conditions[0].value: within(opened, each).predictions.part("hot").cases
        for each in slices_of(opened)
    }
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
    assert [each.conditions[0].value for each in column(np.arange(N) % 2 == 0)] == ["False", "True"]
    assert [
        each.conditions[0].value for each in column(np.array(["10", "9", "b", "A"])[np.arange(N) % 4])
    ] == [
        "9",
        "10",
        "A",
        "b",
    ]


def test_no_two_slices_have_one_text() -> None:
    texts = {
        Slice((Condition(name, value),), "group", 1).text
        for name, value in [("a=b", "c"), ("a", "b=c"), ("a", None), ("a", ""), ("a", "b&c=d"), ("a\\", "b")]
    }
    texts.add(Slice((Condition("a", "b"), Condition("c", "d")), "group", 1).text)
    assert len(texts) == 7


WIDE = two_classes().assign(
    age=np.where(np.arange(N) == 7, np.nan, np.arange(N) % 60 + 20),
    radius=np.round(np.linspace(0, 1, N) ** 2 * 9, 3),
    dose=np.arange(N) % 3,
    note=[f"n {i}" for i in range(N)],
    gone="same",
)
OPENED = open_predictions(WIDE, roles=Roles(groups=("site",), weight="weight"))


def test_columns_that_part_the_cases_are_offered_groups_first() -> None:
    assert columns_to_slice(OPENED) == ("site", "age", "radius", "dose", "note")
    many = WIDE.assign(**{f"extra_{i}": np.arange(N) % 2 for i in range(60)})
    assert len(columns_to_slice(open_predictions(many, roles=OPENED.roles))) == 40


def test_ranges_hold_about_as_many_cases_and_begin_with_round_numbers() -> None:
    found = grouping(OPENED.predictions, "age")
    assert found.words == ("age below 30", "age 30 to 39", "age 40 to 59", "age 60 or more", "age is empty")
    counts = np.bincount(found.places)
    assert counts.sum() == N
    assert counts[:4].min() >= N / 8
    low, high = (
        WIDE["age"].to_numpy()[found.places == 1].min(),
        WIDE["age"].to_numpy()[found.places == 1].max(),
    )
    assert (low, high) == (30, 39)
    for words, place in zip(grouping(OPENED.predictions, "radius").words, range(4), strict=True):
        inside = WIDE["radius"].to_numpy()[grouping(OPENED.predictions, "radius").places == place]
        ends = [float(each) for each in words.split() if each[0].isdigit()]
        assert all(end <= inside.min() or end > inside.max() for end in ends), words


def test_ranges_do_not_change_with_the_rows_that_are_looked_at() -> None:
    inside = within(OPENED, slices_of(OPENED)[1])
    assert set(grouping(inside.predictions, "age").words) <= set(grouping(OPENED.predictions, "age").words)


def test_few_numbers_are_their_own_groups_and_one_number_makes_one() -> None:
    assert grouping(OPENED.predictions, "dose").words == ("dose = 0", "dose = 1", "dose = 2")
    assert grouping(OPENED.predictions, "gone").words == ("gone = same",)


@pytest.mark.parametrize("columns", [("site", "age"), ("age", "radius"), ("dose", "site")])
def test_pairs_are_both_conditions_and_every_link_finds_its_cases(columns: tuple[str, str]) -> None:
    pair = grouping(OPENED.predictions, columns)
    first, second = (grouping(OPENED.predictions, each) for each in columns)
    assert len(set(pair.texts)) == len(pair)
    for place, group in enumerate(pair.groups):
        one = first.places == first.groups.index((group[0],))
        other = second.places == second.groups.index((group[1],))
        np.testing.assert_array_equal(pair.places == place, one & other)
        named = slice_named(OPENED, pair.texts[place])
        assert named is not None
        assert (named.words, named.count) == (pair.words[place], int((one & other).sum()))
        inside = within(OPENED, named)
        np.testing.assert_array_equal(inside.predictions.case_rows, np.flatnonzero(one & other))
        assert inside.within == named.words


def test_signs_of_a_link_within_names_and_values() -> None:
    odd = (
        two_classes().assign(**{"a=b&c\\": np.array(["R&D", "x=y\\"])[np.arange(N) % 2]}).drop(columns="site")
    )
    odd["half"] = np.array(["&", "="])[np.arange(N) // 2 % 2]
    opened = open_predictions(odd, roles=Roles(groups=("a=b&c\\", "half"), weight="weight"))
    for columns in (("a=b&c\\",), ("half", "a=b&c\\")):
        found = grouping(opened.predictions, columns)
        for words, text in zip(found.words, found.texts, strict=True):
            named = slice_named(opened, text)
            assert named is not None
            assert named.words == words
    plain = slice_named(opened, "half=&")
    assert plain is not None
    assert plain.words == "half = &"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "site",
        "site=Z",
        "nothing=A",
        "site=A&",
        "site=A&site=A",
        "site=A&dose=0&age=below 30",
        "prob=0.5",
        "&",
        "=",
        "\\",
    ],
)
def test_links_that_name_no_slice(text: str) -> None:
    assert slice_named(OPENED, text) is None


def test_what_parts_the_rows_into_nothing_is_not_offered() -> None:
    assert column(["same"] * N) == []
    table = two_classes().assign(site=[f"s{i}" for i in range(N)])
    big = pd.concat([table.assign(site=table["site"] + str(i)) for i in range(4)], ignore_index=True)
    assert slices_of(open_predictions(big, roles=Roles(groups=("site",), weight="weight"))) == ()


def test_counts_and_histories_have_no_slices() -> None:
    counts = open_predictions(pd.DataFrame({"score": [0.9, 0.1], "positives": [8, 2], "negatives": [1, 9]}))
    assert slices_of(counts) == ()
    with pytest.raises(ValueError, match="no rows stand behind"):
        within(counts, Slice((Condition("site", "A"),), "group", 1))
    with pytest.raises(ValueError, match="no rows stand behind"):
        counts.predictions.taking(np.arange(1))


def test_fingerprints_tell_slices_apart() -> None:
    opened = open_predictions(two_classes(), roles=Roles(groups=("site",), weight="weight"))
    prints = {within(opened, each).fingerprint for each in slices_of(opened)}
    assert len(prints | {opened.fingerprint}) == 4
    assert {whole_fingerprint(each) for each in prints} == {opened.fingerprint}
