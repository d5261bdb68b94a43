"""One small file for each format in which trainings leave a history, opened as every file is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalcore as ec
from evalcore.errors import InputError
from evalcore.inputs.reading.guard.guarded import guarded_tables
from evalcore.predictions.history import TrainingHistory
from evalcore.training.readers.event_records import masked_crc

FOLDER = Path(__file__).parent / "histories"
#: By file: what counts, the runs, and by (metric, split, run) how many values, the first and the last.
Expected = tuple[str, tuple[str, ...], dict[tuple[str, str, str], tuple[int, float, float]]]
FILES: dict[str, Expected] = {
    "keras_csv_logger.csv": ("epoch", ("",), {
        ("loss", "train", ""): (10, 0.454, 0.1826), ("loss", "validation", ""): (10, 0.3445, 0.2338),
        ("accuracy", "validation", ""): (10, 0.8725, 0.9109), ("learning rate", "train", ""): (10, 0.001, 0.001),
    }),
    "keras_history.json": ("row", ("",), {
        ("loss", "train", ""): (10, 0.454, 0.1826), ("accuracy", "validation", ""): (10, 0.8725, 0.9109),
    }),
    "keras_histories_of_runs.json": ("epoch", ("class weights 7:1", "first", "trained longer"), {
        ("loss", "train", "first"): (10, 0.454, 0.1826), ("loss", "validation", "trained longer"): (20, 0.2872, 0.2927),
    }),
    "keras_printed.txt": ("epoch", ("run 1", "run 2"), {
        ("loss", "train", "run 1"): (10, 0.7615, 0.5668), ("loss", "train", "run 2"): (20, 0.5746, 0.4193),
        ("accuracy", "validation", "run 2"): (20, 0.8998, 0.8664),
    }),
    "keras_3_notebook.txt": ("epoch", ("",), {
        ("loss", "train", ""): (6, 0.9, 0.15), ("accuracy", "validation", ""): (6, 0.725, 0.9),
        ("learning rate", "train", ""): (6, 0.001, 0.00025),
    }),
    "lightning_metrics.csv": ("step", ("",), {
        ("loss", "train", ""): (8, 0.824747, 0.024905), ("loss, each step", "train", ""): (16, 0.954561, 0.001979),
        ("loss", "validation", ""): (8, 0.844878, 0.332535), ("accuracy", "validation", ""): (8, 0.685041, 0.879155),
    }),
    "trainer_state.json": ("step", ("",), {
        ("loss", "train", ""): (12, 1.2281, 0.1361), ("loss", "validation", ""): (6, 0.9472, 0.4848),
        ("learning rate", "train", ""): (12, 4.5833e-05, 0.0),
    }),
    "ultralytics_results.csv": ("epoch", ("",), {
        ("box loss", "train", ""): (10, 1.7346, 0.8985), ("box loss", "validation", ""): (10, 1.7667, 1.0903),
        ("mAP50-95(B)", "validation", ""): (10, 0.3106, 0.65896),
        ("lr pg0", "train", ""): (10, 0.0091667, 0.0016667),
    }),
    "wandb_export.csv": ("Step", ("swift-river-3", "calm-lake-7"), {
        ("loss", "validation", "swift-river-3"): (10, 0.9, 0.27378),
        ("loss", "validation", "calm-lake-7"): (10, 1.05, 0.30281),
    }),
    "fastai_printed.txt": ("epoch", ("run 1", "run 2"), {
        ("loss", "train", "run 1"): (1, 0.801532, 0.801532), ("loss", "validation", "run 2"): (6, 0.5, 0.274626),
        ("accuracy", "validation", "run 2"): (6, 0.89, 0.935896),
    }),
    "sklearn_loss_curve.json": ("row", ("",), {
        ("loss", "train", ""): (20, 1.9, 0.140267), ("score", "validation", ""): (20, 0.33, 0.924809),
    }),
    "loss_curve.json": ("row", ("",), {("loss", "train", ""): (20, 1.9, 0.140267)}),
    "sklearn_printed.txt": ("iteration", ("",), {
        ("loss", "train", ""): (12, 1.9, 0.29944568), ("score", "validation", ""): (12, 0.33, 0.891643),
    }),
    "xgboost_evals_result.json": ("round", ("",), {
        ("logloss", "train", ""): (16, 0.74, 0.06623), ("logloss", "validation", ""): (16, 0.81, 0.2195),
        ("auc", "validation", ""): (16, 0.626, 0.91894),
    }),
    "lightgbm_evals_result.json": ("round", ("",), {
        ("binary logloss", "train", ""): (16, 0.74, 0.06623), ("binary logloss", "validation", ""): (16, 0.81, 0.2195),
    }),
    "xgboost_printed.txt": ("round", ("",), {
        ("logloss", "train", ""): (16, 0.74, 0.06623), ("logloss", "validation", ""): (16, 0.81, 0.2195),
    }),
    "lightgbm_printed.txt": ("round", ("",), {
        ("binary logloss", "train", ""): (16, 0.74, 0.06623), ("binary logloss", "validation", ""): (16, 0.81, 0.2195),
    }),
    "events.out.tfevents.1795682300.host": ("step", ("",), {
        ("loss", "train", ""): (12, 1.0, 0.06392786), ("learning rate", "train", ""): (12, 0.001, 0.0003138106),
    }),
    "tensorboard_logs.zip": ("step", ("",), {
        ("loss", "train", ""): (12, 1.0, 0.06392786), ("loss", "validation", ""): (12, 1.1, 0.27392787),
    }),
    "any_table.tsv": ("iteration", ("",), {
        ("error", "train", ""): (10, 0.3066, 0.0343), ("error", "validation", ""): (10, 0.3363, 0.1136),
    }),
}  # fmt: skip


def opened(*sources: Any) -> TrainingHistory:
    evaluation = ec.open_predictions(*sources)
    assert evaluation.task == "history"
    assert isinstance(evaluation.predictions, TrainingHistory)
    return evaluation.predictions


@pytest.mark.parametrize("name", FILES)
def test_each_format(name: str) -> None:
    step, runs, figures = FILES[name]
    history = opened(FOLDER / name)
    assert (history.step, set(history.runs)) == (step, set(runs))
    for (metric, split, run), (count, first, last) in figures.items():
        series = history.find(metric, split, run)
        assert series is not None, (metric, split, run, [each.metric for each in history.series])
        assert len(series.values) == count
        assert [series.values[0], series.values[-1]] == pytest.approx([first, last], abs=1e-6)
        assert (np.diff(series.steps) >= 0).all()


def test_every_file_is_expected() -> None:
    assert set(FILES) == {path.name for path in FOLDER.iterdir()}


def test_event_files_go_through_the_bounded_process() -> None:
    raw = (FOLDER / "events.out.tfevents.1795682300.host").read_bytes()
    (read,) = guarded_tables(raw, name="events")
    assert read.table["epoch_learning_rate"].iloc[0] == 0.001  # as it was written, not its single precision


def test_a_cut_event_file_is_read_as_far_as_it_goes_and_a_damaged_one_says_so() -> None:
    raw = (FOLDER / "events.out.tfevents.1795682300.host").read_bytes()
    assert opened(("events", raw[:-10])).rows == 12  # a last record that was being written
    damaged = bytearray(raw)
    damaged[1000] ^= 1
    evaluation = ec.open_predictions(("events", bytes(damaged)))
    assert 0 < evaluation.predictions.rows < 12
    assert any("damaged in the middle" in each for each in evaluation.warnings)


def test_an_event_file_without_scalars_is_refused() -> None:
    raw = (FOLDER / "events.out.tfevents.1795682300.host").read_bytes()
    first = 12 + int.from_bytes(raw[:8], "little") + 4
    with pytest.raises(InputError, match="without scalars"):
        ec.open_predictions(("events", raw[:first]))


def test_check_sum_is_the_published_one() -> None:
    """CRC-32C of thirty-two zeros (RFC 3720, B.4) is 0x8a9136aa; masked as TensorFlow does."""
    value = 0x8A9136AA
    assert masked_crc(bytes(32)) == (((value >> 15) | (value << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def test_runs_of_several_files_lie_over_each_other() -> None:
    files = [(f"run_{name}.csv", f"epoch,loss\n1,0.{name}\n2,0.1\n".encode()) for name in (5, 6)]
    history = opened(*files)
    assert history.runs == ("run_5", "run_6")
    assert [each.values[0] for each in history.series] == [0.5, 0.6]


def test_files_of_training_and_validation_are_one_run() -> None:
    files = [
        (f"{name}.csv", f"epoch,loss\n1,0.{size}\n2,0.1\n".encode())
        for name, size in (("train", 5), ("val", 6))
    ]
    history = opened(*files)
    assert [(each.metric, each.split) for each in history.series] == [
        ("loss", "train"),
        ("loss", "validation"),
    ]


def test_a_log_to_which_every_training_was_appended() -> None:
    table = pd.DataFrame({"epoch": [0, 1, 2, 0, 1, 2], "loss": [0.9, 0.7, 0.6, 0.8, 0.5, 0.4]})
    assert opened(table).runs == ("run 1", "run 2")


def test_predictions_that_mention_a_training_stay_predictions() -> None:
    table = pd.DataFrame(
        {"label": [0, 1] * 6, "score": np.linspace(0, 1, 12), "note": ["Epoch 1/3 loss: 0.5"] * 12}
    )
    assert ec.open_predictions(("p.csv", table.to_csv(index=False).encode())).task == "binary"


def test_a_saved_history_of_several_files_opens_again() -> None:
    files = [
        (f"run_{name}.json", json.dumps({"loss": [0.9, 0.5], "val_loss": [0.8, 0.7]}).encode())
        for name in "ab"
    ]
    first = ec.open_predictions(*files)
    again = ec.open_predictions(first.table, roles=first.roles)
    assert again.predictions.runs == first.predictions.runs == ("run_a", "run_b")
