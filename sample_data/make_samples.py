"""Make the samples of this folder from real data and real models.

From the project's folder::

    python sample_data/make_samples.py                    # MNIST by scikit-learn's fetch_openml
    python sample_data/make_samples.py --mnist FOLDER     # MNIST from a folder of IDX .gz files
    python sample_data/make_samples.py breast-cancer      # one sample only

Everything is seeded: the same scikit-learn makes the same files. README.md beside this script
says what came out and where the data are from.
"""

from __future__ import annotations

import argparse
import gzip
import io
import struct
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image, ImageFilter
from sklearn.datasets import fetch_openml, load_breast_cancer, load_digits
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import accuracy_score, confusion_matrix, mean_absolute_error, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SEED = 42
TRAINING_IMAGES = 60_000
SMALL_ROWS = 2_000
LABEL_ROWS = 3_000
DENOISED_ROWS = 400
MOST_NOISE = 100

# Published confusion matrices: (model, true positives, false negatives, false positives, true negatives).
HOT_DOG = (
    ("first model", 47, 67, 14, 760),
    ("class weights 7:1", 71, 43, 30, 744),
    ("20 more epochs", 81, 33, 81, 693),
)
MNIST_5_PUBLISHED = (("SGD (published)", 4096, 1325, 1522, 53057),)


def read_idx(path: Path) -> np.ndarray:
    """Read one gzipped IDX file of bytes: the format that MNIST is published in."""
    with gzip.open(path, "rb") as file:
        data = file.read()
    zeros, kind, dimensions = struct.unpack(">HBB", data[:4])
    if zeros != 0 or kind != 8:
        raise SystemExit(f"{path} is not an IDX file of unsigned bytes")
    start = 4 + 4 * dimensions
    shape = struct.unpack(f">{dimensions}I", data[4:start])
    return np.frombuffer(data, dtype=np.uint8, offset=start).reshape(shape)


def load_mnist(folder: Path | None, part: str = "train") -> tuple[np.ndarray, np.ndarray]:
    """Return images, shape (n, 784), and their digits, in the published order; `part` is train or t10k."""
    if folder is None:
        images, digits = fetch_openml("mnist_784", version=1, as_frame=False, return_X_y=True)
        rows = slice(TRAINING_IMAGES) if part == "train" else slice(TRAINING_IMAGES, None)
        return images[rows], digits[rows].astype(np.uint8)
    images = read_idx(folder / f"{part}-images-idx3-ubyte.gz")
    return images.reshape(len(images), -1), read_idx(folder / f"{part}-labels-idx1-ubyte.gz")


def fold_numbers(cv: StratifiedKFold, truth: np.ndarray) -> np.ndarray:
    """Return for each row the fold, from 1, in which it was held out."""
    folds = np.zeros(len(truth), dtype=np.int8)
    for number, (_, held_out) in enumerate(cv.split(np.zeros(len(truth)), truth), start=1):
        folds[held_out] = number
    return folds


def make_mnist_5(output: Path, mnist: Path | None) -> None:
    """Write the large MNIST sample, "is it a 5?", and its small CSV."""
    images, digits = load_mnist(mnist)
    is_five = digits == 5
    cv = StratifiedKFold(3)  # what cross_val_predict(cv=3) takes for a classifier

    def held_out(model: Any, method: str) -> np.ndarray:
        values = cross_val_predict(model, images, is_five, cv=cv, method=method)
        return values if values.ndim == 1 else values[:, 1]

    table = pd.DataFrame(
        {
            "image_id": np.arange(len(digits), dtype=np.int32),
            "digit": digits.astype(np.int8),
            "fold": fold_numbers(cv, is_five),
            "actual": np.where(is_five, "5", "not 5"),
            "sgd_decision_score": held_out(SGDClassifier(random_state=SEED), "decision_function"),
            "random_forest_probability": held_out(
                RandomForestClassifier(n_estimators=100, random_state=SEED, n_jobs=2), "predict_proba"
            ),
            "never_5_probability": held_out(DummyClassifier(strategy="most_frequent"), "predict_proba"),
        }
    )
    table.to_parquet(output / "mnist_5.parquet", index=False, compression="zstd", compression_level=19)
    tell_binary("MNIST 5", table, "actual", "5", {"sgd_decision_score": 0.0, **probabilities(table)})

    small, _ = train_test_split(table, train_size=SMALL_ROWS, stratify=table["digit"], random_state=SEED)
    small = small.sort_values("image_id").round({"sgd_decision_score": 2})
    small.to_csv(output / "mnist_5_small.csv", index=False)
    tell_binary("MNIST 5, small", small, "actual", "5", {"sgd_decision_score": 0.0, **probabilities(small)})


def png(pixels: np.ndarray) -> bytes:
    """Return one image as PNG, not packed: the table's own compression then sees what images share."""
    file = io.BytesIO()
    Image.fromarray(pixels.reshape(28, 28).astype(np.uint8)).save(file, "PNG", compress_level=0)
    return file.getvalue()


def fitted(model: Any, images: np.ndarray, truth: np.ndarray) -> Any:
    """Train on pixels scaled to [0, 1]; a network that stops by its number of rounds is meant to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(images / np.float32(255), truth)


def write_images(table: pd.DataFrame, path: Path) -> None:
    """Write a table with images as small as it goes."""
    table.to_parquet(path, index=False, compression="zstd", compression_level=19)
    print(f"{path.name}: {len(table):,} rows, {path.stat().st_size:,} bytes")


def make_mnist_test(output: Path, mnist: Path | None) -> None:
    """Write the samples with images inside, all of MNIST's test set: ten digits, "a 5?", two labels."""
    images, digits = load_mnist(mnist)
    held_out, actual = load_mnist(mnist, "t10k")
    pixels = held_out / np.float32(255)
    ids = {
        "image_id": np.arange(len(actual), dtype=np.int32),
        "image": [png(image) for image in held_out],
    }

    network = fitted(MLPClassifier((256,), max_iter=12, random_state=SEED), images, digits)
    linear = fitted(LogisticRegression(max_iter=60), images, digits)
    columns: dict[str, Any] = {**ids, "actual": actual.astype(np.int8)}
    for name, model in (("network", network), ("logistic", linear)):
        values = model.predict_proba(pixels).astype(np.float32).round(6)
        columns |= {f"{name}_prob_{digit}": values[:, digit] for digit in range(10)}
        print(f"  ten digits, {name}: accuracy {accuracy_score(actual, values.argmax(axis=1))}")
    write_images(pd.DataFrame(columns), output / "mnist_test.parquet")

    five = digits == 5
    # The two models of the large sample, trained on the same raw pixels.
    sgd = SGDClassifier(random_state=SEED).fit(images, five)
    forest = RandomForestClassifier(n_estimators=100, random_state=SEED, n_jobs=2).fit(images, five)
    table = pd.DataFrame(
        {
            **ids,
            "digit": actual.astype(np.int8),
            "actual": np.where(actual == 5, "5", "not 5"),
            "sgd_decision_score": sgd.decision_function(held_out),
            "random_forest_probability": forest.predict_proba(held_out)[:, 1],
        }
    )
    write_images(table, output / "mnist_5_images.parquet")
    tell_binary("MNIST 5, test", table, "actual", "5", {"sgd_decision_score": 0.0, **probabilities(table)})

    labels = np.column_stack([digits >= 7, digits % 2 == 1]).astype(np.uint8)
    values = fitted(MLPClassifier((64,), max_iter=8, random_state=SEED), images, labels).predict_proba(pixels)
    columns = {
        **ids,
        "digit": actual.astype(np.int8),
        "large": np.int8(actual >= 7),
        "odd": np.int8(actual % 2),
    }
    columns |= {
        f"{name}_prob": values[:, place].astype(np.float32).round(6)
        for place, name in enumerate(("large", "odd"))
    }
    # A part is enough here, and keeps the folder small.
    write_images(pd.DataFrame(columns)[:LABEL_ROWS], output / "mnist_labels.parquet")


def make_mnist_denoising(output: Path, mnist: Path | None) -> None:
    """Write the sample of images as outputs: noisy digits, the clean ones, and what two models made of them."""
    images, _ = load_mnist(mnist)
    held_out, digits = load_mnist(mnist, "t10k")
    clean, digits = held_out[:DENOISED_ROWS], digits[:DENOISED_ROWS]
    rng = np.random.default_rng(SEED)

    def spoilt(pixels: np.ndarray) -> np.ndarray:
        """Add noise from 0 to below 100 to each pixel; what is brighter than white is white."""
        noise = rng.integers(0, MOST_NOISE, pixels.shape, dtype=np.uint16)
        return np.minimum(pixels + noise, 255).astype(np.uint8)

    noisy_training, noisy = spoilt(images), spoilt(clean)
    # Every pixel is an output of its own, and its 256 shades are the classes: scikit-learn's own multi-output.
    neighbours = KNeighborsClassifier().fit(noisy_training, images)
    made = {
        "cleaned_neighbours": neighbours.predict(noisy),
        "cleaned_median": np.array([median_filtered(image) for image in noisy]),
    }
    table = pd.DataFrame(
        {
            "image_id": np.arange(len(clean), dtype=np.int32),
            "digit": digits.astype(np.int8),
            "noisy": [png(image) for image in noisy],
            "clean": [png(image) for image in clean],
            **{name: [png(image) for image in each] for name, each in made.items()},
        }
    )
    write_images(table, output / "mnist_denoising.parquet")
    for name, each in {"noisy": noisy, **made}.items():
        matrix = confusion_matrix(clean.ravel() >= 128, each.ravel() >= 128).tolist()
        joint = accuracy_score(clean >= 128, each >= 128)
        error = mean_absolute_error(clean.astype(float), each.astype(float))
        print(f"  {name}: mean absolute error {error}, ink at 128 {matrix}, whole images right {joint}")


def median_filtered(pixels: np.ndarray) -> np.ndarray:
    """Return the median of each pixel and its eight neighbours."""
    image = Image.fromarray(pixels.reshape(28, 28))
    return np.asarray(image.filter(ImageFilter.MedianFilter(3))).ravel()


def make_breast_cancer(output: Path) -> None:
    """Write the breast-cancer sample, "is the tumour malignant?"."""
    data = load_breast_cancer(as_frame=True)
    malignant = (data.target == list(data.target_names).index("malignant")).to_numpy()
    cv = StratifiedKFold(5, shuffle=True, random_state=SEED)

    def held_out(model: Any) -> np.ndarray:
        values = cross_val_predict(model, data.data.to_numpy(), malignant, cv=cv, method="predict_proba")
        return values[:, 1].round(6)

    table = pd.DataFrame(
        {
            "case_id": np.arange(1, len(malignant) + 1),
            "fold": fold_numbers(cv, malignant),
            "diagnosis": np.where(malignant, "malignant", "benign"),
            "logistic_regression_probability": held_out(
                make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
            ),
            "gradient_boosting_probability": held_out(GradientBoostingClassifier(random_state=SEED)),
            "mean_radius": data.data["mean radius"],
            "mean_texture": data.data["mean texture"],
            "mean_area": data.data["mean area"],
        }
    )
    table.to_csv(output / "breast_cancer.csv", index=False)
    tell_binary("Breast cancer", table, "diagnosis", "malignant", probabilities(table))


def make_digits(output: Path) -> None:
    """Write the ten-class sample, "which digit is it?"."""
    images, digits = load_digits(return_X_y=True)
    cv = StratifiedKFold(5, shuffle=True, random_state=SEED)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    values = cross_val_predict(model, images, digits, cv=cv, method="predict_proba").round(6)
    table = pd.DataFrame(
        {
            "image_id": np.arange(1, len(digits) + 1),
            "fold": fold_numbers(cv, digits),
            "actual": digits,
            "predicted": values.argmax(axis=1),
        }
    ).join(pd.DataFrame(values, columns=[f"prob_{digit}" for digit in range(10)]))
    table.to_csv(output / "digits.csv", index=False)
    print(f"Digits: {len(table):,} rows, accuracy {accuracy_score(table['actual'], table['predicted'])}")


def make_counts(path: Path, matrices: Sequence[tuple[str, int, int, int, int]], positive: str) -> None:
    """Write published confusion matrices as one row per model and cell."""
    negative = f"not {positive}"
    cells = ((positive, positive), (positive, negative), (negative, positive), (negative, negative))
    rows = [
        (model, actual, predicted, count)
        for model, *counts in matrices
        for (actual, predicted), count in zip(cells, counts, strict=True)
    ]
    pd.DataFrame(rows, columns=["model", "actual", "predicted", "count"]).to_csv(path, index=False)
    print(f"{path.name}: {len(matrices)} model(s)")


def probabilities(table: pd.DataFrame) -> dict[str, float]:
    """Return the table's probability columns with their default threshold."""
    return {name: 0.5 for name in table.columns if name.endswith("_probability")}


def tell_binary(title: str, table: pd.DataFrame, truth: str, positive: str, scores: dict[str, float]) -> None:
    """Print the figures that README.md quotes."""
    actual = table[truth] == positive
    print(f"{title}: {len(table):,} rows, {actual.sum():,} of them {positive!r}")
    for name, threshold in scores.items():
        matrix = confusion_matrix(actual, table[name] >= threshold).tolist()
        print(f"  {name}: ROC AUC {roc_auc_score(actual, table[name])}, at {threshold:g} {matrix}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the samples that were asked for, or all of them."""
    parser = argparse.ArgumentParser(description="Make the samples from real data and real models.")
    parser.add_argument("--mnist", type=Path, metavar="FOLDER", help="IDX .gz files (default: fetch_openml)")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    parser.add_argument("samples", nargs="*", metavar="SAMPLE", help="which to make (default: all)")
    chosen = parser.parse_args(arguments)
    output: Path = chosen.output
    makers: dict[str, Callable[[], None]] = {
        "hot-dog": lambda: make_counts(output / "hot_dog.csv", HOT_DOG, "hot dog"),
        "mnist-5-published": lambda: make_counts(output / "mnist_5_published.csv", MNIST_5_PUBLISHED, "5"),
        "breast-cancer": lambda: make_breast_cancer(output),
        "digits": lambda: make_digits(output),
        "mnist-5": lambda: make_mnist_5(output, chosen.mnist),
        "mnist-test": lambda: make_mnist_test(output, chosen.mnist),
        "mnist-denoising": lambda: make_mnist_denoising(output, chosen.mnist),
    }
    unknown = set(chosen.samples) - set(makers)
    if unknown:
        parser.error(f"SAMPLE must be of {', '.join(makers)}; got {', '.join(sorted(unknown))}")
    for name in chosen.samples or makers:
        start = time.perf_counter()
        makers[name]()
        print(f"  made in {time.perf_counter() - start:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
