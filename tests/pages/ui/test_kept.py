"""What is kept: keys that hold all that a value depends on, bounds in bytes, one computation at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.opening import open_predictions
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.evaluation import (
    Evaluation,
    Omission,
    Question,
    RoleDecision,
    Roles,
    UnmatchedRows,
)
from pages.ui import compute
from pages.ui.compute import kept as kept_module
from pages.ui.compute.identity import identity, key_of
from pages.ui.compute.kept import kept
from pages.ui.compute.shelf import Shelf
from pages.ui.compute.sizes import size_of, together

TABLE = pd.DataFrame({"label": [0, 1, 1, 0, 1], "prob": [0.2, 0.9, 0.4, 0.1, 0.6]})
LARGE = 1_000_000


def opened(title: str = "Mine") -> Evaluation:
    return open_predictions(TABLE, title=title)


def lost(cell: str) -> tuple[UnmatchedRows, ...]:
    return (
        UnmatchedRows("a.csv", "b.csv", ("id",), "no partner", 1, pd.DataFrame({"id": [cell]}, index=[7])),
    )


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf of each test's own, of 20 MB and of 8 MB for one subject."""
    shelf = Shelf(20 * LARGE, 8 * LARGE)
    monkeypatch.setattr(kept_module, "SHELF", shelf)
    return shelf


# --------------------------------------------------------------------------------------------- keys


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another's"},
        {"task": "counts"},
        {"fingerprint": "0" * 32},
        {"roles": Roles(truth="other")},
        {"decisions": (RoleDecision("truth", ("label",), "because", 1.0),)},
        {"questions": (Question("positive", "Which?", ("0", "1"), "0"),)},
        {"warnings": ("Mind the gap.",)},
        {"unmatched": lost("one")},
        {"within": "site = B"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_all_that_an_evaluation_carries_is_in_its_identity(change: dict[str, object]) -> None:
    mine = opened()
    assert identity(mine) == identity(replace(mine)) == identity(opened())
    assert identity(mine) != identity(replace(mine, **change))


def test_every_field_of_an_evaluation_is_told_apart_here() -> None:
    """A new field needs a line in the test above; what the predictions carry stands in the next one."""
    (changes,) = [
        mark.args[1]
        for mark in test_all_that_an_evaluation_carries_is_in_its_identity.pytestmark
        if mark.name == "parametrize"
    ]
    told = {name for change in changes for name in change} | {"predictions"}
    assert told == set(Evaluation.__dataclass_fields__)


def test_names_and_omitted_rows_of_the_predictions_count() -> None:
    mine = opened()
    for change in ({"positive": "yes"}, {"omitted": (Omission("no label", 1, (3,)),)}):
        assert identity(mine) != identity(replace(mine, predictions=replace(mine.predictions, **change)))


def test_cells_and_places_of_unmatched_rows_count() -> None:
    mine = replace(opened(), unmatched=lost("one"))
    assert identity(mine) == identity(replace(mine, unmatched=lost("one")))
    assert identity(mine) != identity(replace(mine, unmatched=lost("two")))
    elsewhere = replace(lost("one")[0], rows=pd.DataFrame({"id": ["one"]}, index=[8]))
    assert identity(mine) != identity(replace(mine, unmatched=(elsewhere,)))


def test_arguments_of_other_types_or_lengths_are_others() -> None:
    arguments = [
        1, 1.0, True, "1", None, float("nan"), 0.0, -0.0, (), ("",), (1,), (1.0,), ((1,),), ("a", "b"), ("ab",),
        ("a,b",), (("a",), "b"), (("a", "b"),), np.array([1]), np.array([1.0]), np.array([[1]]),
    ]  # fmt: skip
    keys = [key_of(each) for each in arguments]
    assert len({(type(key), key) for key in keys}) == len(keys)
    assert key_of(float("nan")) == key_of(float("nan"))


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(TypeError, match="nothing that depends on a object can be kept"):
        key_of(object())


def test_another_title_is_another_value() -> None:
    for name in ("Anna's", "Bert's"):
        assert compute.against_rest(classes(name), "b").title == name
    mine = opened()
    assert (
        compute.sweep(mine, "prob")
        is compute.sweep(replace(mine), "prob")
        is compute.sweep(opened(), model="prob")
    )


def classes(title: str) -> Evaluation:
    names = np.array(["a", "b", "c"])
    return open_predictions(
        pd.DataFrame({"actual": names[[0, 1, 2, 0, 1, 2]], "predicted": names[[0, 1, 2, 1, 1, 0]]}),
        title=title,
    )


# ------------------------------------------------------------------------------------------- bounds


def test_the_longest_unused_goes_first() -> None:
    computed = []

    @kept(most=2)
    def double(number: int) -> int:
        computed.append(number)
        return 2 * number

    assert [double(1), double(2), double(1), double(3), double(1), double(2)] == [2, 4, 2, 6, 2, 4]
    assert computed == [1, 2, 3, 2]


def test_a_function_holds_no_more_bytes_than_it_may(own_shelf: Shelf) -> None:
    @kept(most=100, mebibytes=3)
    def zeros(number: int, *, size: int = LARGE) -> np.ndarray:
        return np.zeros(size, np.uint8)

    first = zeros(0)
    for number in range(10):
        zeros(number)
        assert own_shelf.held() <= 3 * 2**20
    assert len(own_shelf) == 3
    assert zeros(0) is not first
    large = zeros(1, size=5 * LARGE)
    assert zeros(1, size=5 * LARGE) is large, "what is larger than the bound is kept alone, not computed anew"
    assert len(own_shelf) == 1


def test_one_evaluation_does_not_push_out_another(own_shelf: Shelf) -> None:
    @kept(most=100)
    def copies(opened: Evaluation, number: int) -> np.ndarray:
        return np.full(LARGE, number, np.uint8)

    mine, large = opened(), replace(opened(), fingerprint="large")
    kept_of_mine = copies(mine, 0)
    for number in range(30):
        copies(replace(large, fingerprint=f"large/{number}"), number)
    assert own_shelf.held(subject="large") <= 8 * LARGE
    assert copies(mine, 0) is kept_of_mine


def test_all_functions_together_are_bounded(own_shelf: Shelf) -> None:
    @kept(most=100)
    def one(number: int) -> np.ndarray:
        return np.full(LARGE, number, np.uint8)

    @kept(most=100)
    def two(number: int) -> np.ndarray:
        return np.full(LARGE, number, np.uint8)

    for number in range(15):
        one(number)
        two(number)
    assert 18 * LARGE < own_shelf.held() <= 20 * LARGE


def test_what_values_share_counts_once() -> None:
    numbers = np.zeros(LARGE)
    sizes = [size_of({"these": numbers[i:]}) for i in range(5)]
    assert 8 * LARGE <= together(sizes) < 8.1 * LARGE
    mine = open_predictions(pd.DataFrame({"label": np.arange(LARGE) % 2, "prob": np.linspace(0, 1, LARGE)}))
    alone = size_of(mine)
    assert 16 * LARGE <= alone.whole < 60 * LARGE
    assert together([alone, size_of(replace(mine, title="Another"))]) < alone.whole + 100_000


def test_texts_and_nested_lists_are_counted() -> None:
    texts = pd.DataFrame({"text": pd.Series([b"x" * 1000] * 1000, dtype=object)})
    assert 900_000 < size_of(texts).whole < 1_200_000
    assert 400_000 < size_of([["y" * i for i in range(900)] for _ in range(1)]).whole < 600_000


def test_what_a_value_computes_later_is_counted(own_shelf: Shelf) -> None:
    @kept(most=4)
    def swept(number: int) -> ThresholdSweep:
        scores = np.linspace(0, 1, 100_000)
        return ThresholdSweep.from_scores((scores > 0.5).astype(np.uint8), scores)

    value = swept(1)
    before = own_shelf.held()
    lazy = [name for name, kind in vars(ThresholdSweep).items() if type(kind).__name__ == "cached_property"]
    for name in lazy:
        getattr(value, name)
    assert swept(1) is value
    kept(most=1)(len)(())
    assert own_shelf.held() > before


# --------------------------------------------------------------------------------------- together


def test_one_computation_at_a_time_for_each_key() -> None:
    computed, begun = [], threading.Event()
    go_on = threading.Event()

    @kept(most=4)
    def slow(number: int) -> object:
        computed.append(number)
        begun.set()
        assert go_on.wait(30)
        return object()

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(slow, 1)
        assert begun.wait(30)
        others = [pool.submit(slow, 1) for _ in range(2)]
        another = pool.submit(slow, 2)  # another key does not wait for this one
        while len(computed) < 2:
            assert not go_on.wait(0.01)
        go_on.set()
        assert {id(each.result(30)) for each in others} == {id(first.result(30))}
        assert another.result(30) is not first.result(30)
    assert sorted(computed) == [1, 2]


def test_what_fails_is_tried_again_by_whoever_waited(own_shelf: Shelf) -> None:
    answers = [ValueError("not now"), 5]

    @kept(most=4)
    def uncertain(number: int) -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="not now"):
        uncertain(1)
    assert len(own_shelf) == 0
    assert uncertain(1) == uncertain(number=1) == 5


def test_what_is_known_already_is_put() -> None:
    @kept(most=4)
    def never(number: int) -> int:
        raise AssertionError

    never.put(7, 1)
    assert never(1) == 7
    never.put(8, number=1)
    assert never(1) == 8


def test_one_spinner_is_shown_for_all_that_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []

    class Page:
        def spinner(self, text: str, **_: object) -> AbstractContextManager[None]:
            shown.append(text)
            return nullcontext()

    monkeypatch.setattr(kept_module, "get_dg_singleton_instance", lambda: SimpleNamespace(main_dg=Page()))

    @kept(most=4, spinner="Counting …")
    def inner(number: int) -> int:
        return number

    @kept(most=4, spinner="Adding …")
    def outer(number: int) -> int:
        return inner(number) + inner(number + 1)

    assert (outer(1), outer(1), inner(1), inner(5)) == (3, 3, 1, 5)
    assert shown == ["Adding …", "Counting …"]
