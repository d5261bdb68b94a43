"""Groups of classes: found in names and columns, stated, and carried to a coarser level."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from evalcore.errors import InputError
from evalcore.inputs.groups.levels import find_levels, grouped, groups_by_column, groups_by_name
from evalcore.inputs.groups.stated import groups_from_table, groups_from_text, groups_to_text, state_groups
from evalcore.inputs.opening import open_predictions
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.metrics.classes.group_errors import GroupErrors, group_confusion
from evalcore.predictions.classes import ClassGroups, ClassModel, ClassPredictions

CLASSES = ("animal/cat", "animal/dog", "plant/oak", "vehicle/car", "vehicle/van")
GROUPS = ("animal", "animal", "plant", "vehicle", "vehicle")


def made(*, kind: str = "probability", seed: int = 3, rows: int = 200) -> ClassPredictions:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 5, rows)
    raw = np.exp(rng.normal(size=(rows, 5)) + 1.2 * np.eye(5)[truth])
    scores = raw / raw.sum(axis=1, keepdims=True) if kind == "probability" else np.log(raw)
    model = ClassModel("m", scores.argmax(axis=1), scores, kind)  # type: ignore[arg-type]
    return ClassPredictions(truth, CLASSES, (model,), pd.DataFrame(), np.arange(rows))


def slowly_grouped(scores: np.ndarray, *, adds_up: bool) -> tuple[list[dict[str, float]], list[str]]:
    """Case by case, class by class."""
    rows, calls = [], []
    for row in scores.tolist():
        mine: dict[str, float] = {}
        for group, score in zip(GROUPS, row, strict=True):
            known = mine.get(group)
            mine[group] = score if known is None else known + score if adds_up else max(known, score)
        rows.append(mine)
        calls.append(max(mine, key=lambda name: mine[name]))
    return rows, calls


@pytest.mark.parametrize("kind", ["probability", "decision"])
def test_grouped_as_the_slow_way(kind: str) -> None:
    fine = made(kind=kind)
    coarse = grouped(fine, ClassGroups("g", GROUPS))
    rows, calls = slowly_grouped(fine.models[0].probabilities, adds_up=kind == "probability")
    assert coarse.classes == ("animal", "plant", "vehicle")
    assert [coarse.classes[i] for i in coarse.truth] == [GROUPS[i] for i in fine.truth]
    assert [coarse.classes[i] for i in coarse.models[0].labels] == calls
    expected = np.array([[row[name] for name in coarse.classes] for row in rows])
    np.testing.assert_allclose(coarse.models[0].probabilities, expected, rtol=1e-12)


def test_scores_that_do_not_add_up_call_the_group_of_the_class() -> None:
    fine = made(kind="decision")
    coarse = grouped(fine, ClassGroups("g", GROUPS))
    places = ClassGroups("g", GROUPS).places
    assert coarse.models[0].labels.tolist() == places[fine.models[0].labels].tolist()
    assert "highest" in coarse.models[0].note


def test_decisions_alone_go_to_their_groups() -> None:
    fine = made()
    hard = ClassModel("m", fine.models[0].labels, None, "hard_label")
    coarse = grouped(
        ClassPredictions(fine.truth, CLASSES, (hard,), fine.table, fine.rows), ClassGroups("g", GROUPS)
    )
    assert coarse.models[0].probabilities is None
    assert coarse.models[0].labels.tolist() == ClassGroups("g", GROUPS).places[hard.labels].tolist()


def test_float32_sums_stay_probabilities() -> None:
    ones = np.array([[0.7, 0.3000001, 0.0, 0.0, 0.0]], dtype=np.float32)
    model = ClassModel("m", np.array([0]), ones, "probability")
    fine = ClassPredictions(np.array([0]), CLASSES, (model,), pd.DataFrame(), np.arange(1))
    found = grouped(fine, ClassGroups("g", GROUPS)).models[0].probabilities
    assert found is not None
    assert found.dtype == np.float32
    assert found.max() == 1


def test_figures_at_the_coarser_level_are_scikit_learns() -> None:
    from evalcore.metrics.summaries.class_summary import class_figures

    fine = made()
    coarse = grouped(fine, ClassGroups("g", GROUPS))
    sums = np.column_stack(
        [fine.models[0].probabilities[:, [g == name for g in GROUPS]].sum(axis=1) for name in coarse.classes]
    )
    truth = np.array([coarse.classes.index(GROUPS[i]) for i in fine.truth])
    found = {each.name: each.value for each in class_figures(coarse, "m").summary}
    assert found["accuracy"] == pytest.approx(metrics.accuracy_score(truth, sums.argmax(axis=1)))
    assert found["f1_macro"] == pytest.approx(metrics.f1_score(truth, sums.argmax(axis=1), average="macro"))
    assert found["roc_auc_ovr_macro"] == pytest.approx(metrics.roc_auc_score(truth, sums, multi_class="ovr"))
    assert found["log_loss"] == pytest.approx(metrics.log_loss(truth, sums))


# ------------------------------------------------------------------------------------- finding groups


@pytest.mark.parametrize("sign", ["/", ".", " > ", "|", "::"])
def test_names_with_a_sign(sign: str) -> None:
    levels = groups_by_name([name.replace("/", sign) for name in CLASSES])
    assert [each.groups for each in levels] == [("animal", "plant", "vehicle")]


def test_deeper_names_give_more_levels() -> None:
    names = [
        "animal/pet/cat",
        "animal/pet/dog",
        "animal/farm/cow",
        "animal/farm/pig",
        "vehicle/car",
        "vehicle/van",
    ]
    levels = groups_by_name(names)
    assert [each.name for each in levels] == ["2 groups by name", "4 groups by name"]
    assert levels[1].groups == ("animal/pet", "animal/farm", "vehicle/car", "vehicle/van")


@pytest.mark.parametrize(
    "names",
    [
        ("cat", "dog", "eel"),
        ("1.0", "1.1", "2.0", "2.1"),  # numbers
        ("001.Albatross", "002.Auk", "003.Bunting", "004.Crow"),  # a number, not a group
        ("a/x", "a/y", "a/z"),  # one group
        ("a/x", "a/y", "cat", "dog", "eel"),  # few have it
        ("/x", "/y", "a/", "a/b"),  # empty parts
    ],
)
def test_names_that_hold_no_groups(names: tuple[str, ...]) -> None:
    assert groups_by_name(names) == ()


def test_one_name_in_ten_may_stand_for_itself() -> None:
    names = [f"{group}/{i}" for group in ("a", "b", "c") for i in range(3)] + ["none"]
    assert groups_by_name(names)[0].groups == ("a", "b", "c", "none")


ANIMALS = pd.DataFrame(
    {"actual": ["cat", "dog", "car", "van"] * 10, "predicted": ["cat", "cat", "car", "van"] * 10}
)
KINDS = {"cat": "animal", "dog": "animal", "car": "vehicle", "van": "vehicle"}


def test_a_column_beside_the_classes() -> None:
    opened = open_predictions(ANIMALS.assign(superclass=ANIMALS["actual"].map(KINDS)))
    assert opened.task == "multiclass"
    (level,) = find_levels(opened.predictions)
    assert level.name == "2 groups: superclass"
    assert dict(zip(opened.predictions.classes, level.of_class, strict=True)) == KINDS


def test_whole_numbers_are_groups_only_where_the_name_says_so() -> None:
    numbers = ANIMALS["actual"].map({"cat": 0, "dog": 0, "car": 1, "van": 1})
    assert len(groups_by_column(open_predictions(ANIMALS.assign(coarse_label=numbers)).predictions)) == 1
    assert groups_by_column(open_predictions(ANIMALS.assign(sensor_no=numbers)).predictions) == ()


def test_a_column_that_varies_within_a_class_is_no_group() -> None:
    site = np.where(np.arange(40) % 3 == 0, "north", "south")
    assert groups_by_column(open_predictions(ANIMALS.assign(site=site)).predictions) == ()


def test_the_same_grouping_is_offered_once() -> None:
    kind = ANIMALS["actual"].map(KINDS)
    opened = open_predictions(ANIMALS.assign(kind=kind, family=kind))
    assert len(find_levels(opened.predictions)) == 1


def _file(name: str, table: pd.DataFrame) -> tuple[str, bytes]:
    return name, table.to_csv(index=False).encode()


CODES = {"cat": 0, "dog": 1, "car": 2, "van": 3}
MAP = pd.DataFrame(
    {"id": list(CODES.values()), "name": list(CODES), "superclass": [KINDS[name] for name in CODES]}
)


@pytest.mark.parametrize(
    ("table", "map_"),
    [
        (ANIMALS.replace(CODES), MAP),  # numbers, names and groups
        (ANIMALS, MAP.drop(columns="id")),  # names and groups
        (
            ANIMALS.rename(columns={"actual": "label"}),
            MAP[["name", "superclass"]].rename(columns={"name": "label"}),
        ),
    ],
)
def test_a_label_map_with_groups_dropped_beside_the_predictions(
    table: pd.DataFrame, map_: pd.DataFrame
) -> None:
    opened = open_predictions(_file("predictions.csv", table), _file("classes.csv", map_))
    (level,) = find_levels(opened.predictions)
    assert dict(zip(opened.predictions.classes, level.of_class, strict=True)) == KINDS
    assert len(opened.predictions.truth) == 40
    assert any("each class's group was taken" in text for text in opened.warnings)
    assert not any("not used" in text for text in opened.warnings)


def test_a_short_file_of_rows_is_no_map_of_classes() -> None:
    """Its numbers are ids of rows, though a column is called a group."""
    rows = pd.DataFrame({"id": range(20), "group": ["a", "b"] * 10})
    scored = pd.DataFrame({"id": range(30), "label": [0, 1] * 15, "score": np.linspace(0, 1, 30)})
    opened = open_predictions(_file("a.csv", scored), _file("b.csv", rows))
    assert opened.task == "binary"
    assert "group" in opened.table.columns


# ---------------------------------------------------------------------------------- groups that are said


def test_stated_groups() -> None:
    stated = state_groups(("cat", "dog", "car"), {"cat": " animal ", "dog": "animal", "car": ""})
    assert stated.of_class == ("animal", "animal", "car")
    assert stated.name == "2 groups of your own"


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"cow": "animal"}, "must name classes"),
        ({"cat": "x", "dog": "x", "car": "x"}, "at least two groups"),
        ({}, "a group of its own"),
    ],
)
def test_stated_groups_that_are_none(groups: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        state_groups(("cat", "dog", "car"), groups)


def test_a_label_map_in_a_file() -> None:
    table = pd.DataFrame({"id": [0, 1, 2, 3, 4], "Name": ["Cat", "dog", "car", "van", "zebra"],
                          "superclass": ["animal", "animal", "vehicle", "vehicle", "animal"]})  # fmt: skip
    stated = groups_from_table(table, ("car", "cat", "dog", "van"))
    assert stated.of_class == ("vehicle", "animal", "animal", "vehicle")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame({"a": ["x", "y"], "b": ["u", "u"]}), "No column of this file holds the names"),
        (pd.DataFrame({"a": ["cat", "dog", "car"]}), "no column says groups"),
    ],
)
def test_files_that_are_no_label_map(table: pd.DataFrame, said: str) -> None:
    with pytest.raises(InputError, match=said):
        groups_from_table(table, ("cat", "dog", "car"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["a", "b & c", "d=e", "ü", "c3"]), min_size=3, max_size=12))
def test_groups_come_back_from_a_link(groups: list[str]) -> None:
    classes = [f"c{i}" for i in range(len(groups))]
    try:
        stated = state_groups(classes, dict(zip(classes, groups, strict=True)))
    except InputError:
        return
    again = groups_from_text(classes, groups_to_text(classes, stated))
    assert again is not None
    assert again.of_class == stated.of_class


@pytest.mark.parametrize("text", ["", "nonsense", "a=b", "a=0-9", "a=-1", "a=2-1", "a=0-2", "a=0-1&b=zzz"])
def test_links_that_say_no_groups(text: str) -> None:
    assert groups_from_text(("cat", "dog", "car"), text) is None


# ------------------------------------------------------------------------------------ errors that vanish


def test_errors_within_groups_as_counted_one_by_one() -> None:
    fine = made()
    called = fine.models[0].labels
    confusion = ClassConfusion.from_labels(fine.truth, called, classes=CLASSES)
    found = GroupErrors(confusion, ClassGroups("g", GROUPS))
    wrong = [(t, c) for t, c in zip(fine.truth, called, strict=True) if t != c]
    within = sum(GROUPS[t] == GROUPS[c] for t, c in wrong)
    assert (found.errors, found.within) == (len(wrong), within)
    assert f"Of the {len(wrong)} errors among the 5 classes, {within} (" in found.sentence
    table = found.table().set_index("group")
    for group in ("animal", "plant", "vehicle"):
        mine = [(t, c) for t, c in wrong if GROUPS[t] == group]
        assert table.loc[group, "errors"] == len(mine)
        assert table.loc[group, "within"] == sum(GROUPS[c] == group for _, c in mine)
        here = [i for i, name in enumerate(GROUPS) if name == group]
        cells = metrics.confusion_matrix(fine.truth, called, labels=range(5))[np.ix_(here, here)]
        pairs = {(t, c): mine.count((t, c)) for t, c in mine if GROUPS[c] == group}
        expected = {
            (CLASSES[t], CLASSES[c], many, int((fine.truth == t).sum())) for (t, c), many in pairs.items()
        }
        assert {
            (each.actual, each.called, each.count, each.support) for each in found.pairs(group)
        } == expected
        assert found.inside(group).counts.tolist() == cells.tolist()


def test_the_coarse_matrix_is_scikit_learns() -> None:
    fine = made()
    groups = ClassGroups("g", GROUPS)
    called = fine.models[0].labels
    weight = np.random.default_rng(0).random(len(called))
    confusion = ClassConfusion.from_labels(fine.truth, called, classes=CLASSES, weight=weight)
    theirs = metrics.confusion_matrix(groups.places[fine.truth], groups.places[called], sample_weight=weight)
    np.testing.assert_allclose(group_confusion(confusion, groups).counts, theirs)


def test_no_errors_at_all() -> None:
    perfect = ClassConfusion(np.eye(5, dtype=int), CLASSES, 5)
    found = GroupErrors(perfect, ClassGroups("g", GROUPS))
    assert found.sentence == "There are no errors among the 5 classes."
    assert found.table()["recall_group"].tolist() == [1, 1, 1]
