"""Files that name the classes: for two classes as for several, and never turning a score round."""

from __future__ import annotations

import pandas as pd
import pytest

import evalcore as ec

TABLE = pd.DataFrame({"label": [0, 1, 1, 0, 1, 0, 1, 1], "score": [0.1, 0.9, 0.8, 0.2, 0.7, 0.3, 0.4, 0.6]})
CSV = TABLE.to_csv(index=False).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("names.csv", b"code,name\n0,benign\n1,malignant\n"),
        ("names.csv", b'"0","benign"\n"1","malignant"\n'),
        ("names.txt", b"benign\nmalignant\n"),
        ("names.json", b'{"0": "benign", "1": "malignant"}'),
        ("class_indices.json", b'{"benign": 0, "malignant": 1}'),
        (
            "config.json",
            b'{"id2label": {"0": "benign", "1": "malignant"}, "label2id": {"benign": 0, "malignant": 1}}',
        ),
    ],
)
def test_two_classes_are_named(name: str, content: bytes) -> None:
    opened = ec.open_predictions(("p.csv", CSV), (name, content))
    assert (opened.predictions.positive, opened.predictions.negative) == ("malignant", "benign")
    assert opened.predictions.truth.tolist() == TABLE["label"].tolist()


def test_labels_that_are_texts_are_named() -> None:
    table = TABLE.assign(label=["M" if each else "B" for each in TABLE["label"]])
    opened = ec.open_predictions(
        ("p.csv", table.to_csv(index=False).encode()), ("n.csv", b"code,name\nB,benign\nM,malignant\n")
    )
    assert opened.predictions.positive == "malignant"


def test_names_do_not_turn_a_score_round() -> None:
    opened = ec.open_predictions(("p.csv", CSV), ("names.csv", b"code,name\n0,malignant\n1,benign\n"))
    assert opened.predictions.positive == "benign (1)"
    assert opened.predictions.models[0].values.tolist() == TABLE["score"].tolist()
    assert any("the numbers were kept" in each for each in opened.warnings)


def test_four_counts_in_json() -> None:
    opened = ec.open_predictions(("c.json", b'{"tp": 5, "fp": 1, "fn": 2, "tn": 9}'))
    assert (opened.task, opened.predictions.cases) == ("counts", 17)


def test_figures_in_json_are_no_names_of_classes() -> None:
    with pytest.raises(ec.InputError, match="JSON without a table"):
        ec.open_predictions(("m.json", b'{"accuracy": 0.9, "epoch": 3}'))


def test_a_table_that_names_image_files_tells_how_to_bring_them() -> None:
    table = TABLE.assign(Filename=[f"test/{i}.jpg" for i in range(8)])
    assert any("drop a zip of the images" in each for each in ec.open_predictions(table).warnings)
    links = TABLE.assign(Filename=[f"https://example.org/{i}.jpg" for i in range(8)])
    assert not any("drop a zip" in each for each in ec.open_predictions(links).warnings)
