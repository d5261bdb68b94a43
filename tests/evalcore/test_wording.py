"""Long names in narrow boxes."""

from __future__ import annotations

import pytest

from evalcore.wording import told_apart

LONG = "resnet50_imagenet_pretrained_augmented"


@pytest.mark.parametrize(
    "names",
    [
        [f"{LONG}_fold_1", f"{LONG}_fold_2", "small"],
        [f"{LONG}_a_{LONG}", f"{LONG}_b_{LONG}", f"{LONG}_c_{LONG}"],
        [f"{LONG}{i}{LONG}{j}{LONG}" for i in range(4) for j in range(4)],
        [LONG, LONG + "x", LONG[:20]],
        ["a" * 200, "a" * 201],
    ],
)
def test_no_two_names_look_alike(names: list[str]) -> None:
    shown = told_apart(names, 24)
    assert list(shown) == names
    assert len(set(shown.values())) == len(names)


def test_short_names_stay_and_long_ones_are_cut() -> None:
    assert told_apart(["small", LONG], 24) == {"small": "small", LONG: "resnet50_imagenet_pretr…"}
    cut = told_apart([f"{LONG}_fold_{i}" for i in range(9)], 24)
    assert max(map(len, cut.values())) <= 24
