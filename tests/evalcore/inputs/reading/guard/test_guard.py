"""Files far larger than they weigh, read in a process whose memory and time the operating system bounds."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.inputs.progress import watched
from evalcore.inputs.reading.guard.guarded import Allowance, ReadingProcess, guarded_tables, keep_one_ready
from evalcore.inputs.reading.reader import Limits, read_tables
from tests.evalcore.inputs.reading.hostile_files import shared, sheet, whole, with_sheet, zipped

pytestmark = pytest.mark.whole
SMALL = Allowance(least=150 << 20, most=150 << 20)
TOO_MUCH = "takes far more memory or time to read than its size allows|is the limit|at most"


@pytest.mark.parametrize("kind", [*whole()])
def test_what_is_sound_is_read_alike(kind: str) -> None:
    raw = whole()[kind]
    for here, there in zip(read_tables(raw, name=kind), guarded_tables(raw, name=kind), strict=True):
        pd.testing.assert_frame_equal(here.table, there.table)
        assert (here.name, here.format, here.notes) == (there.name, there.format, there.notes)


def test_cells_of_bytes_pass_as_they_are() -> None:
    file = io.BytesIO()
    pd.DataFrame({"image": [b"\x89PNG", None], "when": pd.to_datetime(["2024-01-01", None])}).to_parquet(file)
    here, there = (read(file.getvalue())[0].table for read in (read_tables, guarded_tables))
    pd.testing.assert_frame_equal(here, there)


def parquet_of_one_value() -> bytes:
    file = io.BytesIO()
    values = pa.DictionaryArray.from_arrays(pa.array(np.zeros(25_000, np.int32)), pa.array([b"x" * 200_000]))
    pq.write_table(pa.table({"image": values}), file)
    return file.getvalue()


def feather_of_long_texts() -> bytes:
    file = io.BytesIO()
    feather.write_feather(pa.table({"text": ["x" * 50_000] * 4_000}), file, compression="zstd")
    return file.getvalue()


def json_of_lists() -> bytes:
    return gzip.compress(b"[" + b"[]," * 8_000_000 + b"[]]", 1)


def run_lengths() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"label": pa.array(np.zeros(60_000_000, np.int8))}), file)
    return file.getvalue()


def texts_of_numpy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(1_000_000, "U30"))
    return gzip.compress(file.getvalue(), 1)


def csv_of_numbers() -> bytes:
    return gzip.compress(b"truth,score\n" + b"1,0.5\n0,0.25\n" * 6_000_000, 1)


def csv_of_four_gigabytes() -> bytes:
    header, rows = b"truth,score\n", b"1,0.5\n0,0.25\n" * 5_000_000
    return gzip.compress(header, 1) + gzip.compress(rows, 6) * 62


def workbook_of_one_text() -> bytes:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    return with_sheet(sheet(row * 2_000), shared(f"<si><t>{'x' * 500_000}</t></si>"))


def workbook_of_cells() -> bytes:
    return with_sheet(sheet(("<row>" + "<c><v>1</v></c>" * 50 + "</row>") * 100_000))


def workbook_of_far_cells() -> bytes:
    return with_sheet(sheet('<row><c r="XFD1"><v>1</v></c></row>' * 100_000))


def workbook_of_texts() -> bytes:
    return with_sheet(sheet('<row><c t="s"><v>0</v></c></row>'), shared("<si><t>x</t></si>" * 5_000_000))


def csv_of_long_cells() -> bytes:
    return gzip.compress(b"truth,score,text\n" + (b"1,0.5," + b"x" * 60_000 + b"\n") * 6_000, 1)


BOMBS = [
    parquet_of_one_value,
    feather_of_long_texts,
    json_of_lists,
    run_lengths,
    texts_of_numpy,
    csv_of_numbers,
    csv_of_four_gigabytes,
    csv_of_long_cells,
    workbook_of_one_text,
    workbook_of_cells,
    workbook_of_far_cells,
    workbook_of_texts,
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_one_sentence(bomb: Callable[[], bytes]) -> None:
    raw = bomb()
    assert len(raw) < 10 << 20
    with pytest.raises(InputError, match=TOO_MUCH) as refused:
        guarded_tables(raw, name="predictions", allowance=SMALL)
    assert "\n" not in str(refused.value)


def test_a_table_beside_an_image_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalcore.inputs.reading.limits._SMALL", 2_000_000)
    packed = zipped({"a.png": b"\x89PNG\r\n\x1a\n", "a.csv": b"truth,score\n" + b"1,0.5\n" * 400_000})
    with pytest.raises(InputError, match="unpacks to more than 2 MB"):
        open_predictions(("all.zip", packed))


def test_what_an_honest_file_may_hold_stays() -> None:
    """400 MB as it came, and 10^7 rows however well they are packed."""
    assert Limits().fair_to(400_000_000) == Limits()
    assert Allowance().memory(400_000_000) == 6 << 30
    least = Limits().fair_to(0)
    assert least.rows == Limits().rows > 10_000_000
    assert least.size > 10_000_000 * len("1,0.123456789\n")


def test_time_is_bounded() -> None:
    raw = json.dumps([{"truth": 1, "score": [place / 7] * 3} for place in range(100_000)]).encode()
    assert len(guarded_tables(raw)[0].table) == 100_000
    with pytest.raises(InputError, match="takes far more memory or time"):
        guarded_tables(raw, allowance=Allowance(seconds=-5.0))


def test_a_process_that_died_is_not_asked() -> None:
    keep_one_ready()
    dead = ReadingProcess()
    dead.end()
    assert not dead.waits
    with pytest.raises(InputError, match="takes far more memory or time"):
        dead.read("a.parquet", whole()["parquet"], Limits(), Allowance())


def test_refusals_and_progress_pass() -> None:
    with pytest.raises(InputError, match=r'"a\.json" begins as JSON but is damaged'):
        guarded_tables(b'{"a": [1, 2', name="a.json")
    heard: list[tuple[float, str]] = []
    with watched(lambda share, text: heard.append((share, text))):
        guarded_tables(whole()["json"], name="a.json")
    assert heard[-1][1] == 'Reading "a.json"'
    assert [share for share, _ in heard] == sorted(share for share, _ in heard)


def test_opening_reads_by_the_reader_that_it_is_given() -> None:
    evaluation = open_predictions(("a.parquet", whole()["parquet"]), read=guarded_tables)
    assert evaluation.fingerprint == open_predictions(("a.parquet", whole()["parquet"])).fingerprint
