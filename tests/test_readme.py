"""The README's promises that a test can hold: its example runs, its commands and files are there."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_notebook_example_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```python\n(.*?)```\n\nprints\n\n```text\n(.*?)```", README, flags=re.DOTALL)
    assert found is not None
    program, printed = found.groups()
    assert len([line for line in program.splitlines() if line.strip()]) <= 5
    monkeypatch.chdir(ROOT)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, "README.md", "exec"), {})
    assert output.getvalue() == printed


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"it"}))
def test_commands_are_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:app\.py|[\w.]+/[\w./]*))`", README))))
def test_paths_that_are_named_are_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(\w+\.csv)`", README))))
def test_samples_that_are_named_are_there(name: str) -> None:
    assert (ROOT / "sample_data" / name).is_file()


def test_settings_are_those_that_are_read() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "evalcore").rglob("*.py"))
    assert set(re.findall(r"`(OPERATING_POINT_\w+)`", README)) == set(
        re.findall(r"OPERATING_POINT_[A-Z_]+", sources)
    )


def test_picture_is_small() -> None:
    assert (ROOT / "sample_data" / "screenshot.png").stat().st_size < 300_000
