"""The committed samples: what they hold, what their README and list say of them, and how they are made."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import re
import struct
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    mean_absolute_error,
    precision_score,
    recall_score,
    roc_auc_score,
)

from evalcore.inputs.images.sources import find_images
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Roles

FOLDER = Path(__file__).parents[2] / "sample_data"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
SAMPLES = json.loads((FOLDER / "samples.json").read_text(encoding="utf-8"))
DATA_FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".parquet", ".csv"})

# file, truth column, positive label, score column, threshold, ROC AUC, confusion at the threshold
BINARY = [
    ("mnist_5.parquet", "5", "sgd_decision_score", 0, 0.9604938554008616, [[53892, 687], [1891, 3530]]),
    (
        "mnist_5.parquet",
        "5",
        "random_forest_probability",
        0.5,
        0.9983436731328145,
        [[54530, 49], [691, 4730]],
    ),
    ("mnist_5.parquet", "5", "never_5_probability", 0.5, 0.5, [[54579, 0], [5421, 0]]),
    ("mnist_5_small.csv", "5", "sgd_decision_score", 0, 0.9620731444330715, [[1796, 23], [60, 121]]),
    ("mnist_5_small.csv", "5", "random_forest_probability", 0.5, 0.9975564863214869, [[1815, 4], [29, 152]]),
    (
        "mnist_5_images.parquet",
        "5",
        "sgd_decision_score",
        0,
        0.9666231184923914,
        [[8707, 401], [107, 785]],
    ),
    (
        "mnist_5_images.parquet",
        "5",
        "random_forest_probability",
        0.5,
        0.9991516845192026,
        [[9102, 6], [111, 781]],
    ),
    (
        "breast_cancer.csv",
        "malignant",
        "logistic_regression_probability",
        0.5,
        0.9946884414143016,
        [[354, 3], [12, 200]],
    ),
    (
        "breast_cancer.csv",
        "malignant",
        "gradient_boosting_probability",
        0.5,
        0.9904074837482162,
        [[348, 9], [19, 193]],
    ),
]


@cache
def sample(name: str) -> pd.DataFrame:
    path = FOLDER / name
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def truth(name: str, positive: str) -> pd.Series:
    return sample(name)["diagnosis" if name == "breast_cancer.csv" else "actual"] == positive


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", FOLDER / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------- the list, the README


def test_list_has_the_samples_in_order_and_one_first() -> None:
    assert [each["id"] for each in SAMPLES] == [
        "sample-mnist-5",
        "sample-mnist-5-images",
        "sample-mnist-test",
        "sample-mnist-labels",
        "sample-mnist-denoising",
        "sample-breast-cancer",
        "sample-hot-dog",
        "sample-hot-dog-training",
        "sample-mnist-5-published",
        "sample-mnist-5-small",
        "sample-digits",
    ]
    assert [each["id"] for each in SAMPLES if each["first"]] == ["sample-mnist-5"]


@pytest.mark.parametrize("each", SAMPLES, ids=lambda each: each["id"])
def test_list_entry_is_complete(each: dict[str, object]) -> None:
    assert each.keys() - {"hidden", "roles"} == {"id", "files", "title", "summary", "about", "first"}
    assert all((FOLDER / name).is_file() for name in each["files"])
    assert re.fullmatch(r"[^.]+(\.\d[^.]*)*\.", each["summary"]), "a summary is one sentence"


@pytest.mark.parametrize("each", [each for each in SAMPLES if "roles" in each], ids=lambda each: each["id"])
def test_roles_that_are_stated_fit_the_files(each: dict[str, object]) -> None:
    roles = Roles(**each["roles"])
    for name in each["files"]:
        assert {roles.truth, *roles.scores} <= set(sample(name).columns)


def test_list_names_every_data_file() -> None:
    assert sorted(name for each in SAMPLES for name in each["files"]) == [path.name for path in DATA_FILES]


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_readme_names_file_and_columns(path: Path) -> None:
    assert f"`{path.name}`" in README
    for column in sample(path.name).columns:
        if re.search(r"(^|_)prob_\d$", column):  # one a digit: the README names the first and the last
            continue
        assert f"`{column}`" in README, column


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_readme_has_the_number_of_rows(path: Path) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `{path.name}`"))
    assert f"| {len(sample(path.name)):,} |" in row


# ------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize(("name", "positive", "column", "threshold", "auc", "matrix"), BINARY)
def test_figures_of_binary_samples(
    name: str, positive: str, column: str, threshold: float, auc: float, matrix: list[list[int]]
) -> None:
    actual, score = truth(name, positive), sample(name)[column]
    assert roc_auc_score(actual, score) == auc
    assert confusion_matrix(actual, score >= threshold).tolist() == matrix
    assert str(auc) in README
    if name != "mnist_5_small.csv":
        assert str(matrix) in README


def test_mnist_is_complete_and_within_its_size() -> None:
    table = sample("mnist_5.parquet")
    assert (FOLDER / "mnist_5.parquet").stat().st_size <= 3_000_000
    assert table["image_id"].tolist() == list(range(60_000))
    assert table["sgd_decision_score"].dtype == np.float64
    assert not table.isna().any(axis=None)
    assert ((table["digit"] == 5) == truth("mnist_5.parquet", "5")).all()


@pytest.mark.parametrize(
    ("name", "positive", "folds"), [("mnist_5.parquet", "5", 3), ("breast_cancer.csv", "malignant", 5)]
)
def test_folds_are_stratified(name: str, positive: str, folds: int) -> None:
    by_fold = truth(name, positive).groupby(sample(name)["fold"]).agg(["size", "sum"])
    assert by_fold.index.tolist() == list(range(1, folds + 1))
    assert (by_fold.max() - by_fold.min() <= 1).all()


def test_small_mnist_is_a_part_of_the_large_one() -> None:
    small, large = sample("mnist_5_small.csv"), sample("mnist_5.parquet")
    there = large.iloc[small["image_id"]].reset_index(drop=True)
    assert there["sgd_decision_score"].round(2).tolist() == small["sgd_decision_score"].tolist()
    same = ["image_id", "digit", "fold", "actual", "random_forest_probability", "never_5_probability"]
    pd.testing.assert_frame_equal(there[same], small[same], check_dtype=False)


COUNTS = [
    ("hot_dog.csv", "first model", "hot dog", [[760, 14], [67, 47]], 0.7704918032786885, 0.41228070175438597),
    (
        "hot_dog.csv",
        "class weights 7:1",
        "hot dog",
        [[744, 30], [43, 71]],
        0.7029702970297029,
        0.6228070175438597,
    ),
    ("hot_dog.csv", "20 more epochs", "hot dog", [[693, 81], [33, 81]], 0.5, 0.7105263157894737),
    (
        "mnist_5_published.csv",
        "SGD (published)",
        "5",
        [[53057, 1522], [1325, 4096]],
        0.7290850836596654,
        0.7555801512636044,
    ),
]


@pytest.mark.parametrize(("name", "model", "positive", "matrix", "precision", "recall"), COUNTS)
def test_figures_of_counted_samples(
    name: str, model: str, positive: str, matrix: list[list[int]], precision: float, recall: float
) -> None:
    cells = sample(name)[lambda table: table["model"] == model]
    actual, predicted, count = cells["actual"] == positive, cells["predicted"] == positive, cells["count"]
    assert confusion_matrix(actual, predicted, sample_weight=count).tolist() == matrix
    assert precision_score(actual, predicted, sample_weight=count) == pytest.approx(precision, rel=1e-15)
    assert recall_score(actual, predicted, sample_weight=count) == pytest.approx(recall, rel=1e-15)
    assert str(matrix) in README
    assert str(precision) in README
    assert str(recall) in README


@pytest.mark.parametrize(("model", "accuracy"), [("network", 0.9793), ("logistic", 0.9242)])
def test_figures_of_ten_digits(model: str, accuracy: float) -> None:
    table = sample("mnist_test.parquet")
    probabilities = table[[f"{model}_prob_{digit}" for digit in range(10)]].to_numpy()
    assert probabilities.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert accuracy_score(table["actual"], probabilities.argmax(axis=1)) == accuracy
    assert str(accuracy) in README


@pytest.mark.parametrize("label", ["large", "odd"])
def test_figures_of_two_labels(label: str) -> None:
    table = sample("mnist_labels.parquet")
    assert str(accuracy_score(table[label], table[f"{label}_prob"] >= 0.5)) in README
    expected = table["digit"] >= 7 if label == "large" else table["digit"] % 2 == 1
    assert (table[label] == expected).all()


IMAGES = [path for path in DATA_FILES if path.name in README and "image" in sample(path.name).columns]


def test_samples_with_images_are_within_their_size() -> None:
    assert len(IMAGES) == 3
    assert sum(path.stat().st_size for path in IMAGES) <= 8_000_000


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.name)
def test_samples_with_images_open_without_a_question(path: Path) -> None:
    evaluation = open_predictions(path)
    task = {"mnist_test": "multiclass", "mnist_labels": "multilabel", "mnist_5_images": "binary"}[path.stem]
    assert (evaluation.task, evaluation.questions, evaluation.warnings) == (task, (), ())
    source = find_images(evaluation)
    assert source is not None
    assert source.columns == ("image",)
    with Image.open(io.BytesIO(source.thumbnail(0).data or b"")) as image:
        assert (image.format, image.size) == ("PNG", (28, 28))


def pixels(column: str) -> np.ndarray:
    """All images of the denoising sample, as scikit-learn takes several outputs: shape (rows, pixels)."""
    images = [Image.open(io.BytesIO(raw)) for raw in sample("mnist_denoising.parquet")[column]]
    return np.array([np.asarray(image).ravel() for image in images])


@pytest.mark.parametrize("column", ["noisy", "cleaned_neighbours", "cleaned_median"])
def test_figures_of_denoising(column: str) -> None:
    clean, made = pixels("clean"), pixels(column)
    assert clean.shape == (400, 784)
    error = mean_absolute_error(clean.astype(float), made.astype(float))
    matrix = confusion_matrix(clean.ravel() >= 128, made.ravel() >= 128).tolist()
    assert f"| `{column}` | {error} | {matrix} |" in README
    assert accuracy_score(clean >= 128, made >= 128) == 0


def test_noise_is_as_the_readme_says() -> None:
    clean, noisy = pixels("clean").astype(int), pixels("noisy").astype(int)
    noise = (noisy - clean)[clean == 0]
    assert (noise.min(), noise.max()) == (0, 99)
    assert noise.mean() == pytest.approx(49.5, abs=0.5)
    assert (noisy >= clean).all()
    assert np.array_equal(
        clean,
        np.array(
            [
                np.asarray(Image.open(io.BytesIO(raw))).ravel()
                for raw in sample("mnist_test.parquet")["image"][:400]
            ]
        ),
    )


def test_denoising_opens_as_images() -> None:
    evaluation = open_predictions(FOLDER / "mnist_denoising.parquet")
    assert (evaluation.task, evaluation.questions, evaluation.warnings) == ("image_outputs", (), ())
    assert evaluation.models == ("cleaned_neighbours", "cleaned_median")
    assert (evaluation.roles.image, evaluation.roles.truth) == ("noisy", "clean")


def test_all_samples_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in DATA_FILES) <= 8_000_000


def test_figures_of_digits() -> None:
    table = sample("digits.csv")
    probabilities = table[[f"prob_{digit}" for digit in range(10)]]
    assert probabilities.sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-5)
    assert (probabilities.to_numpy().argmax(axis=1) == table["predicted"]).all()
    accuracy = accuracy_score(table["actual"], table["predicted"])
    assert accuracy == 0.9710628825820813
    assert str(accuracy) in README


# --------------------------------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize(
    "path", [path for path in DATA_FILES if path.suffix == ".csv"], ids=lambda path: path.name
)
def test_csv_opens_in_a_spreadsheet(path: Path) -> None:
    assert path.stat().st_size < 200_000
    with path.open(encoding="ascii", newline="") as file:
        header, *rows = csv.reader(file)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in header)
    assert {len(row) for row in rows} == {len(header)}
    assert all(cell for row in rows for cell in row)


# ------------------------------------------------------------------------------------------- the script


def test_script_makes_the_counted_samples_again(script: ModuleType, tmp_path: Path) -> None:
    script.main(["hot-dog", "mnist-5-published", "--output", str(tmp_path)])
    for name in ("hot_dog.csv", "mnist_5_published.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_script_makes_the_mnist_samples_from_idx_files(script: ModuleType, tmp_path: Path) -> None:
    rows = script.SMALL_ROWS + 1000
    digits = np.arange(rows, dtype=np.uint8) % 10
    images = np.zeros((rows, 2, 2), dtype=np.uint8)
    images[digits == 5] = 200
    for name, array in (("train-images-idx3-ubyte.gz", images), ("train-labels-idx1-ubyte.gz", digits)):
        head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
        (tmp_path / name).write_bytes(gzip.compress(head + array.tobytes()))

    script.main(["mnist-5", "--mnist", str(tmp_path), "--output", str(tmp_path)])

    table = pd.read_parquet(tmp_path / "mnist_5.parquet")
    assert list(table.columns) == list(sample("mnist_5.parquet").columns)
    assert table["digit"].tolist() == digits.tolist()
    assert roc_auc_score(table["actual"] == "5", table["sgd_decision_score"]) == 1
    assert len(pd.read_csv(tmp_path / "mnist_5_small.csv")) == script.SMALL_ROWS


def test_script_makes_the_denoising_sample_from_idx_files(script: ModuleType, tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    for part in ("train", "t10k"):
        images = ((rng.random((450, 28, 28)) < 0.2) * 255).astype(np.uint8)
        digits = (np.arange(450) % 10).astype(np.uint8)
        for name, array in ((f"{part}-images-idx3", images), (f"{part}-labels-idx1", digits)):
            head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
            (tmp_path / f"{name}-ubyte.gz").write_bytes(gzip.compress(head + array.tobytes()))

    script.main(["mnist-denoising", "--mnist", str(tmp_path), "--output", str(tmp_path)])

    table = pd.read_parquet(tmp_path / "mnist_denoising.parquet")
    assert list(table.columns) == list(sample("mnist_denoising.parquet").columns)
    assert len(table) == script.DENOISED_ROWS
    with Image.open(io.BytesIO(table["clean"].iloc[0])) as image:
        assert np.array_equal(np.asarray(image), images[0])


def test_script_refuses_what_is_no_idx_file(script: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(b"hello, world"))
    with pytest.raises(SystemExit, match="is not an IDX file"):
        script.load_mnist(tmp_path)


def test_script_names_the_samples_it_knows(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        script.main(["mnist-6"])
    assert "got mnist-6" in capsys.readouterr().err
