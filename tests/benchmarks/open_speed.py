"""From a CSV's bytes to its first picture, beside the bare typed parse of the same bytes in the same run.

python -m tests.benchmarks.open_speed [--rows 1e6] [--wide-rows 1e4] [--wide-columns 1000] [--repeats 7]
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pcsv

from evalcore.figures.live.explorer import explorer_data, find_presets
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.reading.reader import read_table
from evalcore.metrics.sweep.delong import delong
from evalcore.metrics.sweep.distribution import score_histogram
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.store.store import EvaluationStore
from tests.benchmarks.sweep_speed import medians


def csv_bytes(rows: int) -> bytes:
    """An id, a truth, a score of 17 digits, and three more columns."""
    random = np.random.default_rng(0)
    truth = random.random(rows) < 0.1
    table = pd.DataFrame(
        {
            "id": np.arange(rows),
            "truth": truth.astype(int),
            "score": 1 / (1 + np.exp(1 - random.normal(size=rows) - 1.5 * truth)),
            "site": random.choice(["north", "south", "east", "west"], rows),
            "age": random.integers(18, 95, rows),
            "dose": random.gamma(2.0, size=rows),
        }
    )
    file = io.BytesIO()
    table.to_csv(file, index=False)
    return file.getvalue()


def wide_bytes(rows: int, columns: int) -> bytes:
    """A truth, a score and many features: most of the time goes into asking what each column is."""
    random = np.random.default_rng(1)
    truth = random.random(rows) < 0.3
    score = 1 / (1 + np.exp(1 - random.normal(size=rows) - 1.5 * truth))
    features = pd.DataFrame(
        random.normal(size=(rows, columns - 2)).round(4), columns=[f"v{k}" for k in range(columns - 2)]
    )
    named = pd.DataFrame({"truth": truth.astype(int), "score": score})
    return pd.concat([named, features], axis=1).to_csv(index=False).encode()


def bare_wide_parse(raw: bytes) -> pa.Table:
    """As `bare_parse`, for the wide table."""
    names = raw[: raw.index(b"\n")].decode().split(",")
    types = {name: pa.int64() if name == "truth" else pa.float64() for name in names}
    return pcsv.read_csv(pa.BufferReader(raw), convert_options=pcsv.ConvertOptions(column_types=types))


def bare_parse(raw: bytes) -> pa.Table:
    """The fastest reader of `notes/performance.md`: every type said beforehand, nothing checked."""
    types = {"id": pa.int64(), "truth": pa.int64(), "score": pa.float64(), "site": pa.string()}
    types |= {"age": pa.int64(), "dose": pa.float64()}
    return pcsv.read_csv(
        pa.BufferReader(raw),
        read_options=pcsv.ReadOptions(block_size=8 << 20),
        convert_options=pcsv.ConvertOptions(column_types=types),
    )


def first_picture(opened: Evaluation) -> str:
    """What the browser is sent to draw from."""
    scores = opened.predictions.models[0]
    sweep = ThresholdSweep.from_scores(
        opened.predictions.truth, scores.values, weight=opened.predictions.weights
    )
    presets = find_presets(sweep, ("default", "max_f1", "youden_j"), default=scores.default_threshold)
    data = explorer_data(
        sweep, sweep.thin(), score_histogram(sweep), presets,
        positive=opened.predictions.positive, negative=opened.predictions.negative, auc=delong(sweep),
    )  # fmt: skip
    return json.dumps(data)


def peak_beyond_process(path: Path) -> int:
    """Open a file in this process; bytes that it held at most, beyond what a small file needs."""
    first_picture(open_predictions(("few.csv", csv_bytes(1000))))
    before = held_at_most()
    first_picture(open_predictions(path))
    return held_at_most() - before


def held_at_most() -> int:
    """Bytes in memory at the process's peak, from Linux (`getrusage` would tell of the parent's peak)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=float, default=1e6)
    parser.add_argument("--wide-rows", type=float, default=1e4)
    parser.add_argument("--wide-columns", type=float, default=1000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument(
        "--peak", type=Path, help="print the bytes that opening this file takes, and nothing else"
    )
    options = parser.parse_args()
    if options.peak:
        print(peak_beyond_process(options.peak))
        return
    raw = csv_bytes(int(options.rows))
    opened = open_predictions(("rows.csv", raw))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.csv")
        file.write_bytes(raw)
        again = [sys.executable, "-m", "tests.benchmarks.open_speed", "--peak", str(file)]
        # A process of its own: this one's peak is that of making the rows.
        peak = int(subprocess.run(again, check=True, capture_output=True, text=True).stdout)
        store = EvaluationStore(None, Path(folder), retention=timedelta(days=1), size_limit=None)
        owners = iter(range(1000))
        took = medians(
            {
                "bare parse": lambda: bare_parse(raw),
                "read_table": lambda: read_table(raw, name="rows.csv"),
                "open_predictions": lambda: open_predictions(("rows.csv", raw)),
                "first picture's data": lambda: first_picture(opened),
                "save": lambda: store.save(opened, owner=f"owner {next(owners)}"),
            },
            options.repeats,
        )
        store.close()
    print(f"{options.rows:g} rows x 6 columns, {len(raw) / 1e6:.0f} MB; medians of {options.repeats}.")
    print(f"Peak memory beyond the process: {peak / len(raw):.1f} times the file.\n")
    show(took)
    wide = wide_bytes(int(options.wide_rows), int(options.wide_columns))
    steps = {
        "bare parse": lambda: bare_wide_parse(wide),
        "read_table": lambda: read_table(wide, name="wide.csv"),
        "open_predictions": lambda: open_predictions(("wide.csv", wide)),
    }
    size = f"{options.wide_rows:g} rows x {options.wide_columns:,.0f} columns, {len(wide) / 1e6:.0f} MB"
    print(f"\n{size}; medians of {options.repeats}.\n")
    show(medians(steps, options.repeats))


def show(took: dict[str, float]) -> None:
    """Print the steps as a table."""
    print("| step | ms | of the bare parse |\n|---|---|---|")
    for name, seconds in took.items():
        print(f"| {name} | {1000 * seconds:.0f} | {seconds / took['bare parse']:.2f} |")


if __name__ == "__main__":
    main()
