"""Best epoch, onset of over-fitting, early stopping: on the published histories, and on simulated ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import evalcore as ec
from evalcore.predictions.history import HistorySeries, TrainingHistory
from evalcore.training.fitting import Verdict, early_stop, verdict_of
from evalcore.training.runs import Course, continues, course, end_to_end, metrics_of
from evalcore.training.smoothing import running_mean, thinned
from evalcore.training.telling import history_sentences, tell

Numbers = npt.NDArray[np.float64]
HOT_DOG = Path(__file__).parents[3] / "sample_data" / "hot_dog_histories.csv"
WEIGHTED, LONGER = "class weights 7:1", "class weights 7:1, 20 epochs more"


@pytest.fixture(scope="module")
def hot_dog() -> TrainingHistory:
    history = ec.open_predictions(HOT_DOG).predictions
    assert isinstance(history, TrainingHistory)
    return history


def series(values: Numbers, split: str = "validation", goal: str = "min") -> HistorySeries:
    return HistorySeries(split, "loss", split, np.arange(1.0, len(values) + 1), values, goal)  # type: ignore[arg-type]


def judged(train: Numbers, validation: Numbers) -> Verdict:
    return verdict_of(Course("", "loss", "min", series(train, "train"), series(validation)))


def test_published_histories_come_out_to_the_last_digit(hot_dog: TrainingHistory) -> None:
    assert hot_dog.runs == ("first", WEIGHTED, LONGER)
    best = {run: hot_dog.find("loss", "validation", run) for run in hot_dog.runs}
    assert [(each.best_step, each.best_value) for each in best.values() if each] == [
        (10, 0.2338),
        (2, 0.2481),
        (2, 0.2492),
    ]
    longer = hot_dog.find("loss", "train", LONGER)
    assert longer is not None
    assert [longer.values[0], longer.values.min(), longer.values[-1]] == [0.5746, 0.3865, 0.4193]


def test_ten_and_twenty_epochs_become_thirty_and_overfit_from_epoch_8(hot_dog: TrainingHistory) -> None:
    """The published example says so: validation loss stops improving from epoch 8 on."""
    assert [continues(hot_dog, *pair) for pair in (("first", WEIGHTED), (WEIGHTED, LONGER))] == [False, True]
    joined = end_to_end(hot_dog, [WEIGHTED, LONGER])
    assert [(each.at, each.after) for each in joined.seams] == [(10.5, LONGER)]
    assert metrics_of(joined.history) == ("loss", "accuracy")
    told = tell(course(joined.history, "loss"), patience=5)
    onset = told.verdict.onset
    assert onset is not None
    assert (onset.step, told.verdict.state) == (8, "no better")
    assert (onset.train, onset.train_end) == pytest.approx((0.59584, 0.41038))
    assert told.stop is not None
    assert (told.stop.stopped, told.stop.kept, told.stop.value) == (7, 2, 0.2481)
    assert history_sentences(told, step="epoch", patience=5)[:2] == [
        "From epoch 8 on validation loss no longer falls (0.2549 there, 0.2793 on average after it) while training "
        "loss goes on from 0.5958 to 0.4104.",
        "Validation loss is best at epoch 2 of 30: 0.2481 (training 0.7168).",
    ]


def test_early_stopping_is_that_of_keras() -> None:
    """As `keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)` walks through the figures."""
    values = np.array([0.9, 0.7, 0.71, 0.69, 0.8, 0.75, 0.7, 0.1])
    found = early_stop(series(values), 3)
    assert found is not None
    assert (found.stopped, found.early, found.kept, found.value) == (7, True, 4, 0.69)
    ends = early_stop(series(1 - values, goal="max"), 4)
    assert ends is not None
    assert (ends.stopped, ends.early, ends.kept, ends.value) == (8, False, 8, 0.9)


SIZES = [(20, 0.02), (30, 0.05), (100, 0.05)]


@pytest.mark.parametrize(("epochs", "noise"), SIZES)
def test_false_alarms_are_few(epochs: int, noise: float) -> None:
    """Of 200 trainings whose validation goes on falling at most 10 % have an onset (0 to 7 % of 1,000), none a rise."""
    rng, steps = np.random.default_rng(7), np.arange(epochs)
    train, falling = 0.2 + 0.8 * np.exp(-3 * steps / epochs), 0.3 + 0.7 * np.exp(-2 * steps / epochs)
    states = [
        judged(train + rng.normal(0, noise / 2, epochs), falling + rng.normal(0, noise, epochs)).state
        for _ in range(200)
    ]
    assert states.count("no better") <= 20
    assert states.count("gets worse") == 0


@pytest.mark.parametrize(("epochs", "noise"), SIZES)
def test_a_plateau_is_not_called_a_rise(epochs: int, noise: float) -> None:
    rng, steps = np.random.default_rng(8), np.arange(epochs)
    train, flat = 0.2 + 0.8 * np.exp(-3 * steps / epochs), 0.3 + 0.7 * np.exp(-12 * steps / epochs)
    states = [
        judged(train + rng.normal(0, noise / 2, epochs), flat + rng.normal(0, noise, epochs)).state
        for _ in range(200)
    ]
    assert states.count("gets worse") <= 4


@pytest.mark.parametrize(("epochs", "noise"), SIZES)
def test_a_known_onset_is_found(epochs: int, noise: float) -> None:
    """Nine in ten lie within 1 to 7 epochs of where validation turns, by length and noise."""
    rng, steps, turn = np.random.default_rng(9), np.arange(epochs), epochs // 3
    train = 0.2 + 0.8 * np.exp(-3 * steps / epochs)
    turns = 0.3 + 0.3 * np.where(steps < turn, 1 - steps / turn, (steps - turn) / (epochs - turn))
    onsets = [
        judged(train + rng.normal(0, noise / 2, epochs), turns + rng.normal(0, noise, epochs)).onset
        for _ in range(200)
    ]
    found = np.array([each.step - 1 - turn for each in onsets if each])
    assert len(found) >= 195
    assert np.mean([each.rises for each in onsets if each]) >= 0.9
    assert np.quantile(np.abs(found), 0.9) <= max(2, 0.08 * epochs)


def test_what_cannot_be_told_is_said() -> None:
    steps = np.arange(1.0, 41)
    assert judged(1 / steps[:9], 1 / steps[:9]).state == "too short"
    assert judged(1 / steps, 1 / steps).state == "still better"
    assert judged(np.ones(40), 1 + steps / 100).state == "both stopped"
    alone = tell(Course("", "loss", "min", series(1 / steps, "train"), None), patience=5)
    (told,) = history_sentences(alone, step="epoch", patience=5)
    assert "Nothing was measured on validation data" in told


def test_sparse_training_is_laid_beside_validation() -> None:
    """Training told at every step, validation once an epoch: the mean since the last time counts."""
    steps = np.arange(1.0, 101)
    train = HistorySeries("t", "loss", "train", steps, 1 / steps, "min")
    at = steps[4::5]
    dip = HistorySeries("v", "loss", "validation", at, 1 / at + at / 400, "min")
    onset = verdict_of(Course("", "loss", "min", train, dip)).onset
    assert onset is not None
    assert abs(onset.step - 20) <= 5


def test_a_run_that_was_resumed_keeps_its_steps() -> None:
    one, two = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    parts = tuple(
        HistorySeries("loss", "loss", "train", each, each, "min", run)
        for each, run in ((one, "a"), (two, "b"))
    )
    joined = end_to_end(TrainingHistory(parts, "epoch", None, 4, ("a", "b")), ["a", "b"])  # type: ignore[arg-type]
    assert joined.history.series[0].steps.tolist() == [1, 2, 3, 4]


def test_smoothing_is_tensorboards_and_thinning_keeps_spikes() -> None:
    values = np.array([1.0, 0.0, 0.0, np.nan, 4.0])
    last, calm = 0.0, []
    for place, value in enumerate(values[np.isfinite(values)], start=1):
        last = 0.6 * last + 0.4 * value
        calm.append(last / (1 - 0.6**place))
    assert running_mean(values, 0.6)[np.isfinite(values)] == pytest.approx(calm)
    spiky = np.zeros(100_000)
    spiky[12_345] = 9
    steps, kept = thinned(np.arange(100_000.0), spiky)
    assert len(kept) <= 1502
    assert steps[np.argmax(kept)] == 12_345
