"""Opening: every kind of source, several files at once, what is saved and opened again."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.classes import ClassPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.predictions.history import TrainingHistory

N = 200
RNG = np.random.default_rng(11)
Y = (RNG.random(N) < 0.4).astype(int)
P = np.clip(0.35 * Y + 0.65 * RNG.random(N), 0, 1).round(3)
TABLE = pd.DataFrame({"id": np.arange(1000, 1000 + N), "label": Y, "prob": P})


def named(name: str, table: pd.DataFrame, *, header: bool = True) -> tuple[str, bytes]:
    return name, table.to_csv(index=False, header=header).encode()


def same(first: Evaluation, second: Evaluation) -> None:
    assert (first.task, first.roles, first.fingerprint) == (second.task, second.roles, second.fingerprint)


def test_every_kind_of_source_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "my_model.csv"
    path.write_bytes(named("", TABLE)[1])
    opened = open_predictions(path)
    assert (opened.title, opened.task) == ("my model", "binary")
    for source in (str(path), ("x.csv", path.read_bytes()), io.BytesIO(path.read_bytes()), TABLE):
        same(open_predictions(source), opened)


def test_parquet_with_an_index(tmp_path: Path) -> None:
    indexed = TABLE.assign(id=RNG.permutation(N) + 5000).set_index("id")
    indexed.to_parquet(tmp_path / "p.parquet")
    assert open_predictions(tmp_path / "p.parquet").roles.id == "id"
    assert open_predictions(indexed).roles.id == "id"


def test_title() -> None:
    assert open_predictions(TABLE, title="Mine").title == "Mine"
    assert open_predictions(("a/b/run_3.csv.gz", named("", TABLE)[1])).title == "run 3"


def test_the_settled_roles_open_the_same_again() -> None:
    opened = open_predictions(TABLE)
    same(open_predictions(opened.table, roles=opened.roles), opened)


def test_content_and_roles_make_the_fingerprint() -> None:
    opened = open_predictions(TABLE)
    changed = TABLE.copy()
    changed.loc[17, "prob"] += 1e-9
    assert open_predictions(changed).fingerprint != opened.fingerprint
    assert open_predictions(TABLE, positive="0").fingerprint != opened.fingerprint
    assert open_predictions(TABLE.iloc[::-1].reset_index(drop=True)).fingerprint != opened.fingerprint
    renamed = TABLE.rename(columns={"prob": "probability"})
    assert open_predictions(renamed).fingerprint != opened.fingerprint


def test_names_that_are_no_texts_or_come_twice() -> None:
    table = pd.DataFrame(np.column_stack([Y, P, P]), columns=[0, "prob", "prob"])
    assert [str(name) for name in open_predictions(table).table.columns] == ["0", "prob", "prob.1"]


def test_nothing_and_empty() -> None:
    with pytest.raises(InputError, match="no file"):
        open_predictions()
    with pytest.raises(InputError, match="no rows"):
        open_predictions(TABLE.iloc[:0])


# ---------------------------------------------------------------- several files


def test_truth_and_predictions_joined_by_a_key() -> None:
    truth = TABLE[["id", "label"]].sample(frac=1, random_state=1)
    predictions = TABLE[["id", "prob"]].assign(feature=RNG.random(N))
    opened = open_predictions(named("predictions.csv", predictions), named("truth.csv", truth))
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    assert opened.title == "predictions"
    assert any('joined by "id"' in warning and str(N) in warning for warning in opened.warnings)


def test_keys_of_other_names_and_types() -> None:
    truth = TABLE[["id", "label"]].rename(columns={"id": "case_id"}).astype({"case_id": float})
    opened = open_predictions(TABLE[["id", "prob"]], truth)
    np.testing.assert_array_equal(opened.predictions.truth, Y)


def test_a_key_of_two_columns() -> None:
    visits = TABLE.assign(person=[f"p{i // 2}" for i in range(N)], visit=[i % 2 for i in range(N)]).drop(
        columns="id"
    )
    opened = open_predictions(
        visits[["person", "visit", "prob"]], visits[["person", "visit", "label"]].iloc[::-1]
    )
    np.testing.assert_array_equal(opened.predictions.truth, Y)


def test_rows_that_do_not_match_are_counted() -> None:
    opened = open_predictions(
        named("p.csv", TABLE[["id", "prob"]]), named("t.csv", TABLE[["id", "label"]].iloc[5:])
    )
    assert opened.predictions.truth.size == N - 5
    assert any('5 of "p"' in warning for warning in opened.warnings)
    assert opened.predictions.omitted[0].count == 5


def test_files_of_equal_length_are_joined_by_order() -> None:
    opened = open_predictions(named("scores.csv", TABLE[["prob"]]), named("labels.csv", TABLE[["label"]]))
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    assert any("row by row" in warning for warning in opened.warnings)


def test_files_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(InputError, match="200 rows"):
        open_predictions(
            named("scores.csv", TABLE[["prob"]]), named("labels.csv", TABLE[["label"]].iloc[:50])
        )


def test_headerless_columns_and_a_label_map() -> None:
    truth = RNG.integers(0, 4, N)
    said = np.where(RNG.random(N) < 0.8, truth, 0)
    names = b"0\tanger\n1\tjoy\n2\toptimism\n3\tsadness"
    files = [
        named("emotion_pred.txt", pd.DataFrame({"x": said}), header=False),
        named("emotion_truth.txt", pd.DataFrame({"x": truth}), header=False),
        ("mapping.txt", names),
    ]
    for order in ((0, 1, 2), (2, 1, 0)):
        opened = open_predictions(*(files[i] for i in order))
        assert isinstance(opened.predictions, ClassPredictions)
        assert opened.predictions.classes == ("anger", "joy", "optimism", "sadness")
        np.testing.assert_array_equal(opened.predictions.truth, truth)
        np.testing.assert_array_equal(opened.predictions.models[0].labels, said)


def test_a_submission_and_its_solution_of_the_same_columns() -> None:
    said = (P >= 0.5).astype(int)
    submission = pd.DataFrame({"PassengerId": TABLE["id"], "Survived": said})
    solution = pd.DataFrame({"PassengerId": TABLE["id"], "Survived": Y}).sample(frac=1, random_state=2)
    for files in (
        (named("my_submission.csv", submission), named("solution.csv", solution)),
        (named("a.csv", solution), named("b.csv", submission)),
    ):
        opened = open_predictions(*files)
        assert (opened.roles.truth, opened.models) == ("Survived_true", ("Survived_pred",))
        order = opened.table["PassengerId"].to_numpy() - 1000
        np.testing.assert_array_equal(opened.predictions.truth, Y[order])
        np.testing.assert_array_equal(opened.predictions.models[0].values, said[order])
    assert opened.questions[0].role == "truth"


def test_a_submission_of_probabilities_needs_no_question() -> None:
    files = (
        named("b.csv", TABLE[["id", "prob"]].rename(columns={"prob": "y"})),
        named("a.csv", TABLE[["id", "label"]].rename(columns={"label": "y"})),
    )
    opened = open_predictions(*files)
    np.testing.assert_array_equal(opened.predictions.truth, Y)
    assert not opened.questions


def test_submissions_of_several_labels() -> None:
    tags = RNG.integers(0, 2, (N, 3))
    truth = pd.DataFrame(tags, columns=["toxic", "insult", "threat"]).assign(id=range(N))
    scores = pd.DataFrame(RNG.random((N, 3)), columns=["toxic", "insult", "threat"]).assign(id=range(N))
    opened = open_predictions(named("submission.csv", scores), named("test_labels.csv", truth))
    assert (opened.task, opened.predictions.labels) == ("multilabel", ("toxic", "insult", "threat"))


def test_one_file_per_model() -> None:
    other = TABLE.assign(prob=RNG.random(N))
    opened = open_predictions(
        named("resnet.csv", TABLE), named("vit.csv", other.sample(frac=1, random_state=3))
    )
    assert opened.models == ("resnet prob", "vit prob")
    np.testing.assert_array_equal(opened.predictions.models[1].values, other["prob"])


def test_one_file_per_fold() -> None:
    parts = [TABLE.iloc[i::3].reset_index(drop=True) for i in range(3)]
    opened = open_predictions(*(named(f"fold_{i}.csv", part) for i, part in enumerate(parts)))
    assert opened.predictions.truth.size == N
    assert opened.roles.fold == "fold"
    assert sorted(opened.table["fold"].unique()) == ["0", "1", "2"]


def test_parts_of_one_table() -> None:
    opened = open_predictions(named("north.csv", TABLE.iloc[:90]), named("south.csv", TABLE.iloc[90:]))
    assert opened.predictions.truth.size == N
    assert "file" in opened.roles.groups


def test_a_list_of_positions() -> None:
    rows = RNG.permutation(N)[:60]
    opened = open_predictions(
        named("predictions.csv", pd.DataFrame({"prob": P[rows]})),
        named("test_index.csv", pd.DataFrame({"i": rows})),
        named("labels.csv", TABLE[["label"]]),
    )
    np.testing.assert_array_equal(opened.predictions.truth, Y[rows])


def test_models_in_several_files_and_the_truth_in_another() -> None:
    other = RNG.random(N)
    opened = open_predictions(
        named("rf.csv", TABLE[["id", "prob"]]),
        named("svm.csv", TABLE[["id", "prob"]].assign(prob=other)),
        named("truth.csv", TABLE[["id", "label"]]),
    )
    assert opened.models == ("rf prob", "svm prob")
    np.testing.assert_array_equal(opened.predictions.models[1].values, other)


def test_predictions_under_the_name_of_the_truth() -> None:
    said = np.where(RNG.random(N) < 0.8, Y, 1 - Y)
    names = np.array(["non-entailment", "entailment"])
    predictions = pd.DataFrame({"pairID": [f"ex{i}" for i in range(N)], "gold_label": names[said]})
    truth = pd.DataFrame({"gold_label": names[Y], "sentence": "a b", "pairID": [f"ex{i}" for i in range(N)]})
    opened = open_predictions(named("bert_preds.txt", predictions), named("heuristics.tsv", truth))
    assert (opened.roles.truth, opened.models) == ("gold_label_true", ("gold_label_pred",))
    np.testing.assert_array_equal(opened.predictions.truth, Y)


def test_two_headerless_columns_of_probabilities_and_their_labels() -> None:
    dump = pd.DataFrame({"a": 1 - P, "b": P})
    opened = open_predictions(
        named("test_results.tsv", dump, header=False), named("labels.txt", TABLE[["label"]], header=False)
    )
    assert opened.models == ("column_2",)
    np.testing.assert_array_equal(opened.predictions.models[0].values, P)


# ---------------------------------------------------------------- counts and histories


def counted(table: pd.DataFrame, **roles: object) -> CountPredictions:
    opened = open_predictions(table, **roles)
    assert opened.task == "counts"
    assert isinstance(opened.predictions, CountPredictions)
    return opened.predictions


def cells(predictions: CountPredictions, place: int = 0) -> list[list[float]]:
    """[[tn, fp], [fn, tp]] of a matrix."""
    model = predictions.models[place]
    return [[model.negatives[1], model.negatives[0]], [model.positives[1], model.positives[0]]]


HOTDOG = [[47, 67], [14, 760]]


def test_long_counts_of_several_models() -> None:
    table = pd.DataFrame({
        "model": ["first"] * 4 + ["weighted"] * 4, "actual": ["hotdog", "hotdog", "not", "not"] * 2,
        "predicted": ["hotdog", "not"] * 4,
        "count": [47, 67, 14, 760, 71, 43, 30, 744],
    })  # fmt: skip
    predictions = counted(table)
    assert (predictions.positive, [model.name for model in predictions.models]) == (
        "hotdog",
        ["first", "weighted"],
    )
    assert cells(predictions) == [[760, 14], [67, 47]]
    assert cells(counted(table, positive="not")) == [[47, 67], [14, 760]]


@pytest.mark.parametrize("labels", [("Actual_no", "Actual_yes"), ("no", "yes"), ("true: no", "true: yes")])
def test_ready_made_matrices(labels: tuple[str, str]) -> None:
    table = pd.DataFrame({"": labels, "Predicted_no": [760, 67], "Predicted_yes": [14, 47]})
    assert cells(counted(table)) == [[760, 14], [67, 47]]
    assert cells(counted(table.assign(total=[774, 114]))) == [[760, 14], [67, 47]]


def test_a_matrix_that_stands_the_other_way() -> None:
    table = pd.DataFrame(
        {"": ["Predicted no", "Predicted yes"], "Actual no": [760, 14], "Actual yes": [67, 47]}
    )
    assert cells(counted(table)) == [[760, 14], [67, 47]]


def test_a_bare_matrix() -> None:
    assert cells(counted(pd.DataFrame({"column_1": [53057, 1325], "column_2": [1522, 4096]}))) == [
        [53057, 1522],
        [1325, 4096],
    ]


def test_four_cells_in_a_row() -> None:
    predictions = counted(
        pd.DataFrame({"model": ["a", "b"], "TP": [47, 71], "FP": [14, 30], "FN": [67, 43], "TN": [760, 744]})
    )
    assert [model.name for model in predictions.models] == ["a", "b"]
    assert cells(predictions, 1) == [[744, 30], [43, 71]]


def test_a_classification_report_of_two_classes() -> None:
    table = pd.DataFrame({
        "": ["not", "hotdog", "accuracy", "macro avg", "weighted avg"], "precision": [0.919, 0.770, 0.909,
        0.845, 0.900],
        "recall": [0.982, 0.412, 0.909, 0.697, 0.909], "f1-score": [0.949, 0.537, 0.909, 0.743, 0.896],
        "support": [774, 114, 0.909, 888, 888],
    })  # fmt: skip
    assert cells(counted(table)) == [[760, 14], [67, 47]]


@pytest.mark.parametrize(
    "names", [("score", "positives", "negatives"), ("score", "bad", "good"), ("score", "events", "n")]
)
def test_score_tables(names: tuple[str, str, str]) -> None:
    others = np.array([10, 20, 30]) if names[2] != "n" else np.array([15, 23, 31])
    predictions = counted(pd.DataFrame(dict(zip(names, ([1, 2, 3], [5, 3, 1], others), strict=True))))
    model = predictions.models[0]
    assert model.scores.tolist() == [3, 2, 1]
    assert (model.positives.tolist(), model.negatives.tolist()) == ([1, 3, 5], [30, 20, 10])


def test_a_matrix_of_many_classes_becomes_cases() -> None:
    table = pd.DataFrame(
        {"true": ["ant", "bee", "cow"], "ant": [5, 1, 0], "bee": [0, 7, 2], "cow": [1, 0, 9]}
    )
    opened = open_predictions(table)
    predictions = opened.predictions
    assert opened.task == "multiclass"
    assert isinstance(predictions, ClassPredictions)
    matrix = np.zeros((3, 3))
    np.add.at(matrix, (predictions.truth, predictions.models[0].labels), 1)
    assert predictions.weights is None
    assert matrix.tolist() == [[5, 0, 1], [1, 7, 0], [0, 2, 9]]


@pytest.mark.parametrize(
    ("table", "best"),
    [
        ({"epoch": [1, 2, 3], "loss": [0.9, 0.5, 0.6], "val_acc": [0.5, 0.8, 0.7]}, {"loss": (0.5, 2),
        "val_acc": (0.8, 2)}),
        ({"loss": [0.9, 0.5], "val_loss": [0.8, 0.9]}, {"loss": (0.5, 2), "val_loss": (0.8, 1)}),
        ({"epoch": [0.5, 0.5, 1.0, 1.0], "step": [10, 10, 20, 20], "loss": [1.0, None, 0.5, None],
        "eval_loss": [None, 1.1, None, 0.7]}, {"loss": (0.5, 20), "eval_loss": (0.7, 20)}),
        ({"Step": [1, 2], "run1 - train/accuracy": [0.2, 0.9]}, {"run1 - train/accuracy": (0.9, 2)}),
        ({"step": [1, 2, 1, 2], "metric": ["loss", "loss", "val_auc", "val_auc"], "value": [0.5, 0.4, 0.6,
        0.7]}, {"loss": (0.4, 2), "val_auc": (0.7, 2)}),
    ],
)  # fmt: skip
def test_training_histories(table: dict[str, list[float]], best: dict[str, tuple[float, float]]) -> None:
    opened = open_predictions(pd.DataFrame(table))
    assert opened.task == "history"
    assert isinstance(opened.predictions, TrainingHistory)
    found = {each.name: (each.best_value, each.best_step) for each in opened.predictions.series if each.goal}
    assert found == best


def test_a_column_called_epoch_does_not_make_a_history() -> None:
    assert open_predictions(TABLE.assign(epoch=3)).task == "binary"


# ---------------------------------------------------------------- whatever comes


def opened_or_refused(table: pd.DataFrame, roles: Roles) -> Evaluation | None:
    """The evaluation, or None where it was refused in one sentence."""
    try:
        return open_predictions(table, roles=roles)
    except InputError as refusal:
        sentence = str(refusal)
    assert sentence
    assert "\n" not in sentence
    return None


VALUES = st.one_of(
    st.none(), st.integers(-3, 3), st.floats(allow_nan=True, allow_infinity=True, width=32), st.booleans(),
    st.sampled_from(["a", "b", "yes", "no", "0.5", "[1, 2]", "", " "]),
)  # fmt: skip
HEADERS = st.sampled_from(
    [
        "label",
        "prob",
        "pred",
        "truth",
        "score",
        "x",
        "id",
        "fold",
        "epoch",
        "model",
        "weight",
        "loss",
        "a_prob",
        "a_label",
        "b_prob",
        "b_label",
        "count",
        "true",
        "0",
        "1",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(HEADERS, min_size=1, max_size=6, unique=True), st.integers(1, 8), st.data())
def test_any_table_opens_or_is_refused_in_one_sentence(
    names: list[str], rows: int, data: st.DataObject
) -> None:
    table = pd.DataFrame({name: data.draw(st.lists(VALUES, min_size=rows, max_size=rows)) for name in names})
    opened = opened_or_refused(table, Roles())
    if opened is None:
        return
    again = open_predictions(opened.table, roles=opened.roles)
    assert again.task == opened.task
    assert (again.roles, again.fingerprint) == (opened.roles, opened.fingerprint)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(HEADERS, min_size=1, max_size=6, unique=True),
    st.sampled_from(["binary", "multiclass", "multilabel", "counts", "history", "scores", None]),
    st.data(),
)
def test_any_stated_roles_open_or_are_refused(
    names: list[str], task: str | None, data: st.DataObject
) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    table = pd.DataFrame(
        {name: rng.integers(0, 4, 12) if rng.random() < 0.5 else rng.random(12) for name in names}
    )
    column = st.sampled_from([None, "", "none", *names])
    roles = Roles(
        truth=data.draw(column), scores=tuple(data.draw(st.lists(st.sampled_from(names), max_size=2))),
        weight=data.draw(column),
        predicted_label=data.draw(column), id=data.draw(column), fold=data.draw(column),
        model=data.draw(column), epoch=data.draw(column), task=task,  # type: ignore[arg-type]
    )  # fmt: skip
    opened_or_refused(table, roles)
