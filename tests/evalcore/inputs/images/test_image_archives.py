"""Zip archives of images beside a table."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from evalcore.__main__ import main
from evalcore.errors import InputError
from evalcore.inputs.images import archives as image_archives
from evalcore.inputs.images.archives import attach_images, separate_images
from evalcore.inputs.images.sources import find_images
from evalcore.inputs.opening import open_predictions


def png(shade: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.full((4, 4), shade, dtype=np.uint8)).save(file, "PNG")
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def csv(names: list[object]) -> bytes:
    rows = len(names)
    truth = [place % 2 for place in range(rows)]
    table = pd.DataFrame({"file": names, "label": truth, "prob": np.linspace(0.05, 0.95, rows)})
    return table.to_csv(index=False).encode()


def shades(sources: list[tuple[str, bytes]]) -> list[int | None]:
    evaluation = open_predictions(*sources)
    source = find_images(evaluation)
    assert source is not None
    assert evaluation.roles.image == source.columns[0] == "image from zip"
    made = [source.thumbnail(place) for place in range(len(evaluation.table))]
    return [
        None if each.data is None else Image.open(io.BytesIO(each.data)).getpixel((0, 0)) for each in made
    ]  # type: ignore[misc]


FILES = {f"photos/{name}.png": png(10 * place) for place, name in enumerate("abcdef")}


@pytest.mark.parametrize(
    "names",
    [
        [f"photos/{name}.png" for name in "abcdef"],
        [f"/home/me/data/photos/{name}.png" for name in "abcdef"],
        [f"C:\\data\\photos\\{name}.PNG" for name in "abcdef"],
        [f"{name}.png" for name in "abcdef"],
        [f"x_{name}" for name in "abcdef"],
    ],
)
def test_images_are_matched_by_path_or_name(names: list[object]) -> None:
    files = (
        {path.replace("photos/", "photos/x_"): raw for path, raw in FILES.items()}
        if "x_a" in names
        else FILES
    )
    assert shades([("table.csv", csv(names)), ("photos.zip", zipped(files))]) == [0, 10, 20, 30, 40, 50]


def test_numbers_name_files() -> None:
    files = {f"{number}.png": png(number) for number in (101, 102, 103, 104)}
    assert shades([("table.csv", csv([101, 102, 103, 104])), ("p.zip", zipped(files))]) == [
        101,
        102,
        103,
        104,
    ]


def test_one_zip_with_table_and_images() -> None:
    names: list[object] = [f"{name}.png" for name in "abcdef"]
    assert shades([("all.zip", zipped({**FILES, "table.csv": csv(names)}))]) == [0, 10, 20, 30, 40, 50]


def test_what_does_not_match_is_said() -> None:
    names: list[object] = ["a.png", "b.png", "c.png", "nowhere.png"]
    tables, archives = separate_images([("t.csv", csv(names)), ("photos.zip", zipped(FILES))])
    evaluation = attach_images(open_predictions(*tables), archives)
    assert '1 of 4 rows have no image in "photos.zip", the first of them row 4' in evaluation.warnings
    assert '3 of 6 images in "photos.zip" are named by no row' in evaluation.warnings
    plain = attach_images(open_predictions(("t.csv", csv(["p", "q", "r", "s"]))), archives)
    assert plain.roles.image is None
    assert 'no column names the images of "photos.zip"' in plain.warnings[-1]


def test_a_name_that_fits_two_images_fits_none() -> None:
    files = {
        "cat/1.png": png(1),
        "dog/1.png": png(2),
        "cat/2.png": png(3),
        "cat/3.png": png(4),
        "cat/4.png": png(5),
    }
    assert shades([("t.csv", csv(["1.png", "2.png", "3.png", "4.png"])), ("p.zip", zipped(files))]) == [
        None,
        3,
        4,
        5,
    ]


def test_the_same_figures_with_and_without_images() -> None:
    names: list[object] = [f"{name}.png" for name in "abcdef"]
    plain = open_predictions(("t.csv", csv(names)))
    _, archives = separate_images([("photos.zip", zipped(FILES))])
    with_images = attach_images(plain, archives)
    assert with_images.fingerprint != plain.fingerprint
    assert with_images.predictions.truth is plain.predictions.truth
    again = open_predictions(with_images.table, roles=with_images.roles)
    assert again.roles == with_images.roles
    assert again.predictions.models[0].values.tolist() == plain.predictions.models[0].values.tolist()


def test_paths_from_a_zip_are_only_names() -> None:
    files = {"../../etc/evil.png": png(9), "/abs.png": png(8), "ok.png": png(7), "__MACOSX/._ok.png": png(6)}
    _, archives = separate_images([("p.zip", zipped(files))])
    assert list(archives[0].images) == ["abs.png", "ok.png"]


def test_what_is_named_an_image_and_is_none_is_left_out() -> None:
    _, archives = separate_images([("p.zip", zipped({"a.png": b"<svg onload='x'/>", "b.png": png(1)}))])
    assert list(archives[0].images) == ["b.png"]


def test_a_zip_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_archives, "LARGEST_ARCHIVE", 1_000_000)
    with pytest.raises(InputError, match=r"\"p.zip\" unpacks to more than 1 MB"):
        separate_images([("p.zip", zipped({"a.png": png(1), "b.png": bytes(2_000_000)}))])


def test_other_archives_stay_what_they_are() -> None:
    sources = [
        ("t.zip", zipped({"table.csv": csv(["a", "b"])})),
        ("broken.zip", b"PK\x03\x04rubbish"),
        ("t.csv", b"x"),
    ]
    assert separate_images(sources) == (tuple(sources), ())


def test_paths_streams_and_tables_take_a_zip_of_images_beside_them(tmp_path: Path) -> None:
    table = csv([f"{name}.png" for name in "abcdef"])
    (tmp_path / "table.csv").write_bytes(table)
    (tmp_path / "photos.zip").write_bytes(zipped(FILES))
    stream = io.BytesIO(zipped(FILES))
    for sources in (
        (tmp_path / "table.csv", str(tmp_path / "photos.zip")),
        (tmp_path / "photos.zip", tmp_path / "table.csv"),
        (pd.read_csv(io.BytesIO(table)), tmp_path / "photos.zip"),
        (io.BytesIO(table), stream),
    ):
        evaluation = open_predictions(*sources)
        assert evaluation.roles.image == "image from zip"
        assert evaluation.table["image from zip"].tolist() == list(FILES.values())
    assert stream.tell() == 0


def test_images_alone_ask_for_the_table() -> None:
    with pytest.raises(InputError, match=r'"photos\.zip" hold images only: drop the table'):
        open_predictions(("photos.zip", zipped(FILES)))


def test_describe_says_which_images_were_matched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "table.csv").write_bytes(csv(["a.png", "b.png", "c.png", "nowhere.png"]))
    (tmp_path / "photos.zip").write_bytes(zipped(FILES))
    assert main(["describe", "--json", str(tmp_path / "table.csv"), str(tmp_path / "photos.zip")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["roles"]["image"] == "image from zip"
    assert 'images of "photos.zip" were matched by "file"' in told["decisions"][-1]["reason"]
    assert '1 of 4 rows have no image in "photos.zip", the first of them row 4' in told["warnings"]


def test_images_beside_several_outputs() -> None:
    names = [f"{i}.png" for i in range(6)]
    table = pd.DataFrame({"image": names, "kind_true": list("xyzxyz"), "kind_pred": list("xyzxzz"),
                          "tone_true": list("uvwuvw"), "tone_pred": list("uvwuvv")})  # fmt: skip
    opened = open_predictions(("p.csv", table.to_csv(index=False).encode()), ("all.zip", _zip(names)))
    assert opened.task == "multioutput"
    assert opened.table["image from zip"].notna().all()


def test_a_member_without_a_name_is_passed_over() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        archive.writestr(nameless, b"x")
        archive.writestr("a.png", b"\x89PNG\r\n\x1a\n...")
    _, archives = separate_images([("all.zip", file.getvalue())])
    assert list(archives[0].images) == ["a.png"]


def _zip(names: list[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"\x89PNG\r\n\x1a\n...")
    return file.getvalue()
