"""Files of several outputs: recognised by their pairs of columns, and kept apart from what looks alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.describing.description import describe, description_text
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions

rng = np.random.default_rng(31)
N = 120
COLOURS = np.array(["red", "green", "blue"])
DIGIT, INK = rng.integers(0, 10, N), rng.integers(0, 3, N)
CALLED_DIGIT = np.where(rng.random(N) < 0.8, DIGIT, rng.integers(0, 10, N))
CALLED_INK = np.where(rng.random(N) < 0.7, INK, rng.integers(0, 3, N))


def table(**more: object) -> pd.DataFrame:
    columns = {
        "id": np.arange(N),
        "digit_true": DIGIT,
        "digit_pred": CALLED_DIGIT,
        "colour_true": COLOURS[INK],
        "colour_pred": COLOURS[CALLED_INK],
    }
    return pd.DataFrame({**columns, **more})


@pytest.mark.parametrize(
    "names",
    [
        ("digit_true", "digit_pred", "colour_true", "colour_pred"),
        ("true_digit", "pred_digit", "true_colour", "pred_colour"),
        ("digit", "predicted_digit", "colour", "predicted_colour"),
        ("digit_label", "digit_prediction", "colour_label", "colour_prediction"),
        ("y_true_0", "y_pred_0", "y_true_1", "y_pred_1"),
    ],
)
def test_pairs_are_found_by_their_names(names: tuple[str, ...]) -> None:
    renamed = table().set_axis(pd.Index(["id", *names]), axis=1)
    opened = open_predictions(renamed)
    assert (opened.task, opened.questions, opened.warnings) == ("multioutput", (), ())
    assert len(opened.predictions.names) == 2
    first, second = opened.predictions.outputs
    assert first.truth.tolist() == DIGIT.tolist()
    assert first.models[0].labels.tolist() == CALLED_DIGIT.tolist()
    assert [second.classes[i] for i in second.truth] == COLOURS[INK].tolist()
    assert opened.models == ("predictions",)
    assert opened.roles.id == "id"


def test_opening_again_from_the_settled_roles_is_the_same() -> None:
    opened = open_predictions(table())
    again = open_predictions(table(), roles=opened.roles)
    assert again.roles == opened.roles
    assert again.fingerprint == opened.fingerprint
    assert again.predictions.names == opened.predictions.names


def test_one_stated_truth_is_one_task() -> None:
    opened = open_predictions(table(), truth="digit_true")
    assert opened.task == "multiclass"
    assert opened.predictions.truth.tolist() == DIGIT.tolist()


def test_probabilities_of_each_output_are_its_own() -> None:
    shares = rng.dirichlet(np.ones(3), N)
    found = table(**{f"colour_prob_{name}": shares[:, i] for i, name in enumerate(COLOURS)})
    opened = open_predictions(found)
    assert opened.task == "multioutput"
    digit, colour = opened.predictions.outputs
    assert digit.models[0].probabilities is None
    said = colour.models[0].probabilities
    assert said is not None
    for place, name in enumerate(COLOURS):
        assert said[:, colour.classes.index(name)].tolist() == shares[:, place].tolist()
    # The file's own decisions are kept where they are not the arg max, and that is said.
    assert [colour.classes[i] for i in colour.models[0].labels] == COLOURS[CALLED_INK].tolist()
    assert any("colour_pred" in each for each in opened.warnings)


def test_rows_that_lack_anything_are_left_out_of_all() -> None:
    found = table().astype({"digit_true": "Int64"})
    found.loc[3, "digit_true"] = pd.NA
    found.loc[[5, 7], "colour_pred"] = None
    opened = open_predictions(found)
    assert opened.predictions.rows.tolist() == [i for i in range(N) if i not in (3, 5, 7)]
    assert [(each.count, each.rows) for each in opened.predictions.omitted] == [(1, (4,)), (2, (6, 8))]
    for each in opened.predictions.outputs:
        assert len(each.truth) == len(each.models[0].labels) == N - 3
    assert opened.predictions.outputs[0].truth.tolist() == np.delete(DIGIT, [3, 5, 7]).tolist()


def test_a_weight_counts_for_every_output() -> None:
    weight = rng.random(N)
    opened = open_predictions(table(sample_weight=weight))
    assert opened.task == "multioutput"
    assert opened.predictions.weights is not None
    assert opened.predictions.weights.tolist() == weight.tolist()


def test_a_class_that_is_only_predicted_is_kept() -> None:
    found = table()
    found.loc[0, "colour_pred"] = "violet"
    opened = open_predictions(found)
    assert "violet" in opened.predictions.output("colour").classes
    assert any("violet" in each for each in opened.warnings)


def test_two_valued_pairs_stay_labels() -> None:
    flags = {f"{name}_{side}": rng.integers(0, 2, N) for name in ("a", "b") for side in ("true", "pred")}
    assert open_predictions(pd.DataFrame(flags)).task == "multilabel"


def test_several_models_of_one_truth_are_no_outputs() -> None:
    found = pd.DataFrame({"a_true": INK, "a_pred": CALLED_INK, "b_true": INK, "b_pred": INK[::-1]})
    assert open_predictions(found).task != "multioutput"


def test_describe_tells_of_every_output() -> None:
    told = describe(open_predictions(table()))
    figures = told["models"]["predictions"]
    right = np.column_stack([DIGIT == CALLED_DIGIT, INK == CALLED_INK])
    assert figures["joint_accuracy"] == pytest.approx(right.all(axis=1).mean())
    assert figures["mean_wrong_outputs"] == pytest.approx((~right).sum(axis=1).mean())
    assert figures["outputs"]["digit"]["accuracy"] == pytest.approx(right[:, 0].mean())
    text = description_text(told)
    assert text.startswith(f"Several outputs, {N} rows")
    assert "    colour: accuracy " in text


def test_nothing_left_is_refused() -> None:
    found = table().astype({"digit_pred": "Int64"})
    found.loc[:59, "digit_pred"] = pd.NA
    found.loc[60:, "colour_pred"] = None
    with pytest.raises(InputError):
        open_predictions(found)
