"""The samples that come with the dashboard: always there, never in the database, never expiring."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation

__all__ = ["Sample", "find_sample", "is_sample_id", "open_sample", "read_samples"]

_ID = re.compile(r"sample-[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("title", "summary", "about")


@dataclass(frozen=True)
class Sample:
    """One sample.

    Parameters
    ----------
    id : str
        What stands in the link, such as ``sample-mnist-5``.
    files : tuple of Path
        Its files, which are there.
    title : str
    summary : str
        What it is, in a sentence.
    about : str
        How it was made.
    first : bool
        Whether it is what a first visit shows.
    hidden : bool
        Whether it is left out of lists; its link works all the same.
    """

    id: str
    files: tuple[Path, ...]
    title: str
    summary: str
    about: str
    first: bool = False
    hidden: bool = False


def is_sample_id(text: object) -> bool:
    """Whether a text from a link has the form of a sample's id.

    Examples
    --------
    >>> is_sample_id("sample-mnist-5"), is_sample_id("sample-../x")
    (True, False)
    """
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def read_samples(folder: Path) -> tuple[Sample, ...]:
    """Read the list of samples.

    Parameters
    ----------
    folder : Path
        Holds ``samples.json``, a list of objects with the keys id, files (names in the same folder), title,
        summary, about and, where they are true, first and hidden.

    Returns
    -------
    tuple of Sample
        In the file's order, but the one that a first visit shows comes first.

    Raises
    ------
    InputError
        If the list cannot be read, an entry is not as it must be or a file is missing.

    Examples
    --------
    >>> read_samples(Path("sample_data"))[0].id
    'sample-mnist-5'
    """
    path = folder / "samples.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"the list of samples {str(path)!r} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"the list of samples {str(path)!r} must be JSON: {error}") from error
    if not isinstance(entries, list):
        raise InputError(f"the list of samples must be a JSON list, got {type(entries).__name__}")
    samples = [_sample(entry, folder) for entry in entries]
    ids = [sample.id for sample in samples]
    for each in ids:
        if ids.count(each) > 1:
            raise InputError(f"each sample must have an id of its own, got {each!r} twice")
    return tuple(sorted(samples, key=lambda sample: not sample.first))


def find_sample(samples: Iterable[Sample], sample_id: str) -> Sample:
    """Return the sample with an id.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> find_sample(read_samples(Path("sample_data")), "sample-breast-cancer").files[0].name
    'breast_cancer.csv'
    """
    for sample in samples:
        if sample.id == sample_id:
            return sample
    raise InputError(f"there is no sample {sample_id[:40]!r}")


def open_sample(sample: Sample) -> Evaluation:
    """Open a sample as any file is opened, under its own title.

    Examples
    --------
    >>> open_sample(find_sample(read_samples(Path("sample_data")), "sample-breast-cancer")).task
    'binary'
    """
    return open_predictions(*sample.files, title=sample.title)


def _sample(entry: Any, folder: Path) -> Sample:
    if not isinstance(entry, dict) or not is_sample_id(entry.get("id")):
        raise InputError('each sample must have an id such as "sample-mnist-5"')
    name = entry["id"]
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise InputError(f"sample {name!r} must have a text for {key!r}")
    files = entry.get("files")
    if not isinstance(files, list) or not files:
        raise InputError(f"sample {name!r} must have a list of files")
    for file in files:
        if not isinstance(file, str) or Path(file).name != file:
            raise InputError(f"sample {name!r} must name files in its own folder, got {file!r}")
        if not (folder / file).is_file():
            raise InputError(f"sample {name!r} names the file {file!r}, which is not there")
    return Sample(
        id=name,
        files=tuple(folder / file for file in files),
        first=entry.get("first") is True,
        hidden=entry.get("hidden") is True,
        **{key: entry[key].strip() for key in _TEXTS},
    )
