"""JSON in every shape: documents, lines, and what pandas and training tools write."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import InputError
from evalcore.inputs.reading.reader import read_table, read_tables

FRAME = pd.DataFrame({"truth": [1, 0], "score": [0.5, 0.25]})


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "document",
    [
        {"truth": [1, 0], "score": [0.5, 0.25]},
        {"results": {"truth": [1, 0], "score": [0.5, 0.25]}},
        {"data": [{"truth": 1, "score": 0.5}, {"truth": 0, "score": 0.25}], "version": 3},
        {"truth": {"0": 1, "1": 0}, "score": {"0": 0.5, "1": 0.25}},
        {"columns": ["truth", "score"], "index": [0, 1], "data": [[1, 0.5], [0, 0.25]]},
        [["truth", "score"], [1, 0.5], [0, 0.25]],
        [{"truth": "1", "score": "0.5"}, {"truth": "0", "score": "0.25"}],
    ],
)
def test_shapes_of_json(document: object) -> None:
    pd.testing.assert_frame_equal(read_table(as_json(document)).table, FRAME)


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table"])
def test_json_that_pandas_writes(orient: Any) -> None:
    frame = pd.DataFrame({"truth": [1, 0, 1], "score": [0.5, 0.25, 0.5], "label": ["a", "b", "a"]})
    pd.testing.assert_frame_equal(
        read_table(frame.to_json(orient=orient).encode()).table.drop(columns="index", errors="ignore"), frame
    )


def test_records_by_key() -> None:
    got = read_table(as_json({f"case{n}": {"truth": n % 2, "score": n / 8} for n in range(5)})).table
    assert list(got.columns) == ["index", "truth", "score"]
    assert got["index"][3] == "case3"


def test_nested_records_have_dotted_names() -> None:
    rows = [
        {"id": 1, "out": {"label": "a", "probs": {"a": 0.75, "b": 0.25}}, "vector": [1, 2]},
        {"id": 2, "out": {"label": "b", "probs": {"a": 0.5, "b": 0.5}}, "vector": [3, 4], "extra": None},
    ]
    got = read_table(as_json(rows)).table
    assert list(got.columns) == [
        "id",
        "out.label",
        "out.probs.a",
        "out.probs.b",
        "vector.0",
        "vector.1",
        "extra",
    ]
    assert got["extra"].isna().all()


def test_a_history_within_a_document() -> None:
    log = [
        {"step": 10, "loss": 1.5},
        {"step": 10, "eval_loss": 1.25},
        {"step": 20, "loss": 1.0},
        {"runtime": 5},
    ]
    got = read_table(as_json({"best": None, "betas": [0.9, 0.99], "log_history": log, "args": {"lr": 0.1}}))
    assert got.table.shape == (4, 4)
    assert got.table["step"].isna().tolist() == [False, False, False, True]
    assert 'The table is the part of the document called "log_history".' in got.notes


def test_scores_of_a_text_classification_pipeline() -> None:
    rows = [[{"label": "POS", "score": 0.75}, {"label": "NEG", "score": 0.25}]] * 3
    got = read_table(as_json(rows)).table
    assert got.iloc[0].to_dict() == {"POS": 0.75, "NEG": 0.25}


def test_several_models_in_a_document() -> None:
    document = {name: {"y_true": [1, 0, 1], "y_prob": [0.5, 0.25, 0.75]} for name in ("a", "b")}
    assert [each.name for each in read_tables(as_json(document), name="runs.json")] == [
        "runs.json: a",
        "runs.json: b",
    ]


def test_arrays_of_other_lengths_are_said() -> None:
    got = read_table(as_json({"classes": ["no", "yes"], "truth": [1, 0, 1], "score": [0.5, 0.25, 0.75]}))
    assert list(got.table.columns) == ["truth", "score"]
    assert 'Not part of the table and left out: "classes".' in got.notes


def test_values_of_json() -> None:
    rows = [
        {"big": 10**30, "mix": 1, "flag": True, "x": 1},
        {"big": 1, "mix": "best", "flag": None, "x": float("nan")},
    ]
    got = read_table(as_json(rows)).table
    assert got["big"].tolist() == ["1" + "0" * 30, "1"]
    assert got["mix"].tolist() == ["1", "best"]
    assert got["flag"].isna().tolist() == [False, True]
    assert got["x"].dtype == np.float64


def test_json_lines_with_a_broken_end() -> None:
    got = read_table(b'{"truth": 1, "score": 0.5}\n{"truth": 0, "score": 0.25}\n{"truth": 1, "sc')
    assert len(got.table) == 2
    assert got.notes == ('1 line was not JSON and was left out (line 3, "{"truth": 1, "sc").',)


def test_lists_by_line() -> None:
    assert read_table(b"[0.25, 0.75]\n[0.5, 0.5]\n").table.shape == (2, 2)


def test_brackets_that_are_no_json() -> None:
    assert read_table(b"[1] a line of a log\n[2] another\n[3] one\n").table.shape[0] == 3


@pytest.mark.parametrize("text", [b'{"a": 1', b'{"a": }', b'{"a":' * 100_000, b'{"a":[' + b"[" * 100_000])
def test_broken_json(text: bytes) -> None:
    with pytest.raises(InputError, match="begins as JSON but is damaged"):
        read_table(text)


@pytest.mark.parametrize("document", [{}, [], {"a": 1}, {"a": {"b": "c"}}, [[]], [{}], [None], "a"])
def test_json_without_a_table(document: object) -> None:
    with pytest.raises(InputError):
        read_table(b'{"x":' + as_json(document) + b"}")


# ---- JSON Lines, the fast way and the slow one ----


def lines_of(*records: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


@pytest.mark.parametrize("extra", [{}, {"nested": {"a": 1}}], ids=["fast", "slow"])
def test_json_lines(extra: dict[str, object]) -> None:
    records: list[dict[str, object]] = [
        {
            "id": "007",
            "truth": 1,
            "score": 1,
            "flag": True,
            "at": "2024-01-02T03:04:05",
            "n": None,
            "q": "0.5",
        },
        {"id": "008", "truth": 0, "score": 0.25, "flag": False, "at": "2024-01-02", "q": "0.25", "n": 3},
        {"id": "caf\u00e9 {", "truth": 0, "score": None, "flag": True, "at": "x", "n": 4, "q": "1"},
    ]
    got = read_table(lines_of(*({**record, **extra} for record in records)))
    table = got.table.drop(columns="nested.a", errors="ignore")
    assert got.format == "JSON Lines"
    assert table["id"].tolist() == ["007", "008", "caf\u00e9 {"]
    assert table["truth"].dtype == np.int64
    assert table["flag"].dtype == np.bool_
    assert table["at"].tolist() == ["2024-01-02T03:04:05", "2024-01-02", "x"]
    assert table["q"].tolist() == [0.5, 0.25, 1.0]
    assert table["score"].tolist()[:2] == [1.0, 0.25]
    assert table["score"].isna().tolist() == table["n"].isna().tolist()[::-1] == [False, False, True]


def test_json_lines_that_change_late() -> None:
    records = [{"score": row} for row in range(3000)]
    assert read_table(lines_of(*records, {"score": 0.5})).table["score"].iloc[-1] == 0.5
    assert read_table(lines_of(*records, {"score": "x"})).table["score"].iloc[-1] == "x"
    assert read_table(lines_of(*records, {"score": 1, "more": 2})).table["more"].iloc[-1] == 2
    assert len(read_table(lines_of(*records) + b'\n{"score": ').table) == 3000
    deep = b"\n" + b'{"score":' * 50_000 + b"1" + b"}" * 50_000
    assert len(read_table(lines_of(*records) + deep).table) == 3000


def test_answers_with_more_keys_than_label_and_score() -> None:
    first = [{"label": "a", "score": 0.75, "rank": 1}, {"label": "b", "score": 0.25, "rank": 2}]
    second = [{"label": "b", "score": 0.5, "rank": 1}, {"label": "a", "score": 0.5, "rank": 2}]
    table = read_table(
        json.dumps([{"truth": "a", "out": first}, {"truth": "b", "out": second}]).encode()
    ).table
    assert table.to_dict("list") == {"truth": ["a", "b"], "out.a": [0.75, 0.5], "out.b": [0.25, 0.5]}


def test_one_answer_each_is_a_decision_with_its_confidence() -> None:
    rows = [
        {"truth": truth, "out": [{"label": "a", "score": score}]}
        for truth, score in (("a", 0.75), ("b", 0.5))
    ]
    table = read_table(json.dumps(rows).encode()).table
    assert table["out.predicted_label"].tolist() == ["a", "a"]
    assert table["out.confidence"].tolist() == [0.75, 0.5]


def test_boxes_of_a_detector_are_no_scores_of_classes() -> None:
    boxes = [{"label": "a", "score": 0.75, "box": [1, 2]}, {"label": "b", "score": 0.5, "box": [3, 4]}]
    table = read_table(json.dumps([{"truth": "a", "out": boxes}, {"truth": "b", "out": []}]).encode()).table
    assert list(table.columns) == ["truth", "out"]
