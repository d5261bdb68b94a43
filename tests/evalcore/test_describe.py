"""The command line's `describe`: exit codes, JSON, and figures as scikit-learn has them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

import evalcore
from evalcore.__main__ import main
from evalcore.describing.description import describe, description_text
from evalcore.describing.headline import count_figures, label_figures
from evalcore.inputs.opening import open_predictions
from evalcore.metrics.summaries.class_summary import class_figures
from evalcore.metrics.summaries.label_summary import (
    label_areas,
    label_confusion,
    label_summary,
    label_sweeps,
    label_table,
    label_thresholds,
)
from evalcore.predictions.counts import CountPredictions, ModelCounts
from evalcore.predictions.labels import LabelModel, LabelPredictions

N = 300
RNG = np.random.default_rng(5)
Y = (RNG.random(N) < 0.4).astype(int)
P = np.clip(0.35 * Y + 0.65 * RNG.random(N), 0.001, 0.999).round(3)
W = RNG.random(N) * 10


def saved(folder: Path, table: pd.DataFrame, name: str = "predictions.csv") -> str:
    table.to_csv(folder / name, index=False)
    return str(folder / name)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["describe", "--json", *arguments]) == 0
    output: dict[str, Any] = json.loads(capsys.readouterr().out)
    return output


def test_binary_figures_are_scikit_learn_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(
        capsys, saved(tmp_path, pd.DataFrame({"id": range(N), "label": Y, "prob": P, "sample_weight": W}))
    )
    assert (found["task"], found["rows"], found["positive"]) == ("binary", N, "1")
    assert found["roles"]["truth"] == "label"
    assert found["roles"]["scores"] == ["prob"]
    assert found["questions"][0]["role"] == "weight"
    model = found["models"]["prob"]
    called = P >= 0.5
    for figures, weight in ((model, W), (model["unweighted"], None)):
        expected = {
            "roc_auc": metrics.roc_auc_score(Y, P, sample_weight=weight),
            "average_precision": metrics.average_precision_score(Y, P, sample_weight=weight),
            "brier_score": metrics.brier_score_loss(Y, P, sample_weight=weight),
            "log_loss": metrics.log_loss(Y, P, sample_weight=weight),
            "accuracy": metrics.accuracy_score(Y, called, sample_weight=weight),
            "balanced_accuracy": metrics.balanced_accuracy_score(Y, called, sample_weight=weight),
            "matthews_corrcoef": metrics.matthews_corrcoef(Y, called, sample_weight=weight),
            "precision": metrics.precision_score(Y, called, sample_weight=weight),
            "recall": metrics.recall_score(Y, called, sample_weight=weight),
            "f1": metrics.f1_score(Y, called, sample_weight=weight),
        }
        assert {name: figures[name] for name in expected} == pytest.approx(expected, rel=1e-9)
        matrix = metrics.confusion_matrix(Y, called, sample_weight=weight)
        np.testing.assert_allclose(figures["confusion"], matrix)
    assert (model["n"], model["positives"], model["threshold"]) == (N, int(Y.sum()), 0.5)


def test_class_figures_are_scikit_learn_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = RNG.integers(0, 3, N)
    values = np.exp(RNG.normal(size=(N, 3)) + 1.5 * np.eye(3)[truth])
    values /= values.sum(axis=1, keepdims=True)
    names = np.array(["ant", "bee", "cow"])
    table = pd.DataFrame(
        {"label": names[truth], **{f"prob_{each}": values[:, i] for i, each in enumerate(names)}}
    )
    found = told(capsys, saved(tmp_path, table))
    model = next(iter(found["models"].values()))
    decided = values.argmax(axis=1)
    expected = {
        "accuracy": metrics.accuracy_score(truth, decided),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, decided),
        "matthews_corrcoef": metrics.matthews_corrcoef(truth, decided),
        "f1_macro": metrics.f1_score(truth, decided, average="macro"),
        "f1_weighted": metrics.f1_score(truth, decided, average="weighted"),
        "roc_auc_ovr_macro": metrics.roc_auc_score(truth, values, multi_class="ovr"),
        "roc_auc_ovr_weighted": metrics.roc_auc_score(truth, values, multi_class="ovr", average="weighted"),
        "roc_auc_ovo_macro": metrics.roc_auc_score(truth, values, multi_class="ovo"),
        "log_loss": metrics.log_loss(truth, values),
    }
    assert {name: model[name] for name in expected} == pytest.approx(expected, rel=1e-9)
    np.testing.assert_array_equal(model["confusion"], metrics.confusion_matrix(truth, decided))
    assert model["classes"] == list(names)
    assert found["positive"] is None


def test_label_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tags = RNG.integers(0, 2, (N, 2))
    scores = np.clip(0.4 * tags + 0.6 * RNG.random((N, 2)), 0, 1)
    table = pd.DataFrame(
        {
            f"{name}_{kind}": grid[:, i]
            for i, name in enumerate(("odd", "large"))
            for kind, grid in (("label", tags), ("prob", scores))
        }
    )
    model = told(capsys, saved(tmp_path, table))["models"]["scores"]
    assert model["labels"]["odd"]["roc_auc"] == pytest.approx(metrics.roc_auc_score(tags[:, 0], scores[:, 0]))
    assert model["roc_auc_macro"] == pytest.approx(metrics.roc_auc_score(tags, scores, average="macro"))
    assert model["hamming_loss"] == pytest.approx(metrics.hamming_loss(tags, scores >= 0.5))
    assert model["subset_accuracy"] == pytest.approx(metrics.accuracy_score(tags, scores >= 0.5))


def test_counts_and_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix = pd.DataFrame(
        {"": ["Actual_no", "Actual_yes"], "Predicted_no": [760, 67], "Predicted_yes": [14, 47]}
    )
    found = told(capsys, saved(tmp_path, matrix))
    figures = found["models"]["confusion matrix"]
    assert (found["task"], figures["confusion"], figures["n"]) == ("counts", [[760, 14], [67, 47]], 888)
    assert figures["precision"] == pytest.approx(47 / 61)
    history = told(
        capsys,
        saved(tmp_path, pd.DataFrame({"epoch": [0, 1, 2], "acc": [0.5, 0.9, 0.8], "loss": [0.9, 0.4, 0.5]})),
    )
    assert (history["task"], history["rows"], set(history["series"])) == ("history", 3, {"acc", "loss"})
    assert history["best"]["acc"] == {"goal": "max", "value": 0.9, "step": 1}
    assert "models" not in history


def test_stated_roles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, pd.DataFrame({"a": Y, "b": P, "c": RNG.random(N), "g": Y}))
    found = told(
        capsys,
        path,
        "--truth",
        "a",
        "--score",
        "b",
        "--score",
        "c",
        "--positive",
        "0",
        "--group",
        "g",
        "--weight",
        "",
    )
    assert set(found["models"]) == {"b", "c"}
    assert (found["positive"], found["roles"]["groups"]) == ("0", ["g"])


def test_several_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth = saved(tmp_path, pd.DataFrame({"id": range(N), "label": Y}), "truth.csv")
    scores = saved(tmp_path, pd.DataFrame({"id": range(N), "prob": P}), "scores.csv")
    assert told(capsys, scores, truth)["models"]["prob"]["n"] == N


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (pd.DataFrame({"model": ["a", "b"], "accuracy": [0.9, 0.8], "auc": [0.7, 0.8]}), "finished metrics"),
        (
            pd.DataFrame({"id": range(N), "gold_label": np.where(Y == 1, "yes", "no")}),
            "nothing to compare it with",
        ),
        (pd.DataFrame({"y_true": RNG.normal(size=N), "y_pred": RNG.normal(size=N)}), "regression"),
    ],
)
def test_refusals_are_one_sentence_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: pd.DataFrame, sentence: str
) -> None:
    assert main(["describe", saved(tmp_path, table)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert sentence in output.err
    assert output.err.count("\n") == 1


def test_scores_alone_are_described_and_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--json", saved(tmp_path, pd.DataFrame({"id": range(N), "prob": P}))]) == 2
    output = capsys.readouterr()
    found = json.loads(output.out)
    assert found["task"] == "scores"
    assert found["models"]["prob"]["flagged_share"] == pytest.approx((P >= 0.5).mean())
    assert "no truth" in output.err
    for threshold, share in found["models"]["prob"]["flagged_by_threshold"]:
        assert share == (threshold <= P).mean()
    assert len(found["models"]["prob"]["flagged_by_threshold"]) == 9
    assert main(["describe", saved(tmp_path, pd.DataFrame({"id": range(N), "prob": P}))]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("    share called positive by threshold: 0.1: ") for line in lines)
    assert any(line.startswith(f"    quantiles of the scores: 0%: {P.min():.6g}, ") for line in lines)


@pytest.mark.parametrize("infinite", [1, N])
def test_infinite_scores_without_a_truth_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], infinite: int
) -> None:
    score = RNG.normal(size=N)
    score[:infinite] = np.inf
    assert main(["describe", "--json", saved(tmp_path, pd.DataFrame({"id": range(N), "score": score}))]) == 2
    output = capsys.readouterr()
    if infinite < N:
        found = json.loads(output.out)["models"]["score"]
        for threshold, share in found["flagged_by_threshold"]:
            assert share == (score >= threshold).mean()
        assert found["quantiles"]["100%"] == score[infinite:].max()
    assert output.err.count("\n") == 1


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "nowhere.csv"]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_the_text_for_people() -> None:
    table = pd.DataFrame({"label": np.where(Y == 1, "dog", "cat"), "score": P})
    table.loc[2, "label"] = None
    text = description_text(describe(open_predictions(table, title="Pets")))
    lines = text.splitlines()
    assert lines[0] == f"Pets: two classes, {N} rows"
    assert {"Columns", "Left out", "Please confirm", "Models"} <= set(lines)
    assert '  1 rows: no truth in "label" (rows 3)' in lines
    assert any("ROC AUC" in line for line in lines)


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    path = saved(tmp_path, pd.DataFrame({"label": Y, "prob": P}))
    done = subprocess.run(
        [sys.executable, "-m", "evalcore", "describe", path, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["task"] == "binary"


def test_the_public_names_are_there_and_light() -> None:
    assert evalcore.__all__ == sorted(evalcore.__all__)
    for name in evalcore.__all__:
        assert getattr(evalcore, name) is not None
    assert set(evalcore.__all__) <= set(dir(evalcore))
    with pytest.raises(AttributeError, match="no attribute"):
        evalcore.nothing  # noqa: B018
    script = "import evalcore, sys; print([m for m in ('pandas', 'sklearn', 'plotly') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rows_without_a_partner_are_told_with_their_first_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pd.DataFrame({"id": range(N), "label": Y, "prob": P})
    truth = saved(tmp_path, table[["id", "label"]].iloc[:-1], "truth.csv")
    scores = saved(tmp_path, table[["id", "prob"]].iloc[7:], "scores.csv")
    found = {each["source"]: each for each in told(capsys, truth, scores)["unmatched"]}
    assert found["truth"] == {
        "source": "truth",
        "other": "scores",
        "columns": ["id"],
        "count": 7,
        "reason": 'no row of "scores" has the same "id"',
        "rows": [1, 2, 3, 4, 5],
        "keys": [["0"], ["1"], ["2"], ["3"], ["4"]],
    }
    assert found["scores"]["keys"] == [[str(N - 1)]]
    assert main(["describe", truth, scores]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Without a partner" in lines
    assert (
        '  7 rows of truth: no row of "scores" has the same "id" '
        "(row 1: 0; row 2: 1; row 3: 2; row 4: 3; row 5: 4; ...)"
    ) in lines
    assert f'  1 row of scores: no row of "truth" has the same "id" (row {N - 7}: {N - 1})' in lines


def test_groups_of_classes_are_told() -> None:
    names = ["animal/cat", "animal/dog", "vehicle/car"] * 4
    told = describe(open_predictions(pd.DataFrame({"actual": names, "predicted": names})))
    groups = {"animal": ["animal/cat", "animal/dog"], "vehicle": ["vehicle/car"]}
    assert told["levels"] == [{"name": "2 groups by name", "groups": groups}]


def test_weights_count_in_every_figure_of_several_labels() -> None:
    table = pd.DataFrame(
        {
            "large": [1, 0, 1, 0], "odd": [0, 1, 1, 0], "prob_large": [0.9, 0.2, 0.8, 0.7],
            "prob_odd": [0.1, 0.8, 0.7, 0.9], "weight": [1.0, 1.0, 1.0, 97.0],
        }
    )  # fmt: skip
    opened = open_predictions(table)
    assert opened.task == "multilabel"
    found = next(iter(describe(opened)["models"].values()))
    truth, scores = table[["large", "odd"]].to_numpy(), table[["prob_large", "prob_odd"]].to_numpy()
    weight = table["weight"]
    assert found["subset_accuracy"] == pytest.approx(
        metrics.accuracy_score(truth, scores >= 0.5, sample_weight=weight)
    )
    assert found["hamming_loss"] == pytest.approx(
        metrics.hamming_loss(truth, scores >= 0.5, sample_weight=weight)
    )


def test_a_label_that_is_never_known_does_not_end_the_others() -> None:
    truth = np.array([[1, 0], [0, 0], [1, 0]], dtype=np.uint8)
    scores = np.array([[0.9, 0.2], [0.3, 0.6], [0.4, 0.1]])
    known = np.column_stack([np.ones(3, bool), np.zeros(3, bool)])
    model = LabelModel("m", scores, "probability", np.full(2, 0.5))
    never = LabelPredictions(truth, ("cat", "dog"), (model,), pd.DataFrame(), np.arange(3), None, known=known)
    found = label_figures(never)["m"]
    assert found["labels"]["cat"]["roc_auc"] == found["roc_auc_macro"] == 1
    assert found["labels"]["dog"]["undefined"] == "its truth is known in no row"
    swept = label_sweeps(never, "m")
    confusion, areas = label_confusion(never, "m", model.thresholds), label_areas(swept)
    assert label_table(confusion, never.labels, model.thresholds, areas)["roc_auc"].isna().tolist() == [
        False,
        True,
    ]
    summary = {each.name: each.value for each in label_summary(never, "m", confusion, areas)}
    assert summary["f1_macro"] == found["f1_macro"]
    assert label_thresholds(swept, "max_f1", default=model.thresholds)[1] == 0.5


def test_one_model_of_no_cases_does_not_end_the_others() -> None:
    counts = [ModelCounts(name, np.array([1.0, 0.0]), np.array(p), np.array(n), "hard_label", 0.5, "")
              for name, p, n in (("none", [0, 0], [0, 0]), ("some", [9, 2], [1, 5]))]  # fmt: skip
    found = count_figures(CountPredictions(tuple(counts), "1", "0", pd.DataFrame()))
    assert found["none"]["undefined"] == "there are no cases"
    assert found["some"]["accuracy"] == pytest.approx(14 / 17)


def test_the_shipped_sample_of_ten_classes_is_scikit_learns_to_the_last_digits() -> None:
    sample = Path(evalcore.__file__).parents[1] / "sample_data" / "mnist_test.parquet"
    predictions = open_predictions(sample).predictions
    truth, scores = predictions.truth, predictions.models[0].probabilities
    found = {each.name: each.value for each in class_figures(predictions, predictions.models[0].name).summary}
    own = np.eye(scores.shape[1], dtype=int)[truth]
    for kind in ("ovr", "ovo"):
        expected = metrics.roc_auc_score(truth, scores, multi_class=kind)
        assert found[f"roc_auc_{kind}_macro"] == pytest.approx(expected, rel=1e-13)
    expected = metrics.average_precision_score(own, scores)
    assert found["average_precision_macro"] == pytest.approx(expected, rel=1e-13)


def test_an_error_that_nobody_foresaw_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside a reader")

    monkeypatch.setattr("evalcore.inputs.opening.open_predictions", broken)
    assert main(["describe", saved(tmp_path, pd.DataFrame({"label": [0, 1], "prob": [0.2, 0.8]}))]) == 2
    assert capsys.readouterr().err.startswith(
        "this file could not be read: that is a fault of Operating Point"
    )
