"""Pieces of sentences that pages share, and the viewer's palette."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from evalcore.figures.style import DARK, LIGHT, Palette
from evalcore.numbers import count
from evalcore.predictions.evaluation import Evaluation, Omission

_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&@\"'")
#: The space between a number and its sign, where no line may end; `base/svg.js` of the explorer has the same.
_BEFORE_SIGN = re.compile(r"(?<=\d) (?=%)")
#: Streamlit looks for `:skull:` and `:material/skull:` once escapes are gone: only a letter between keeps it a text.
_NAMED_SIGN = re.compile(r":(?=[\w+\-/]+:)")


def palette() -> Palette:
    """Return the colours for the viewer's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def plain(text: str) -> str:
    r"""Escape text that came from a file or a link, so that Markdown shows it as it is.

    Here, where a sentence is drawn, a number is tied to its percent sign, so that no line ends between them.

    Examples
    --------
    >>> plain("a*b: 77.0 %")
    'a\\*b\\: 77\\.0\xa0%'
    >>> plain(":skull:")
    '\\:\u2060skull\\:'
    """
    told = _BEFORE_SIGN.sub("\N{NO-BREAK SPACE}", " ".join(text.split()))
    told = _NAMED_SIGN.sub(":\N{WORD JOINER}", told)
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in told)


def opening_sentence(text: str) -> None:
    """Say what a page shows in one sentence, in larger type."""
    with st.container(key="opening_sentence"):
        st.markdown(plain(text))


def named(label: str, subject: str) -> str:
    """Name a button after what it is about, for who hears the page: the house's style hides the subject from sight."""
    return f"{label} :gray[{plain(subject)}]"


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Number the first rows of a file from 1, as messages and spreadsheets do."""
    return rows.set_axis(pd.RangeIndex(1, len(rows) + 1, name="row"), axis="index")


def sentence(text: str) -> str:
    """Begin with a capital, and end with a full stop where nothing else ends it.

    Examples
    --------
    >>> sentence("no case is left"), sentence("Is it a 5?")
    ('No case is left.', 'Is it a 5?')
    """
    told = text.rstrip(".")
    return f"{with_capital(told)}{'' if told.endswith(('?', '!', '…')) else '.'}"


def with_capital(text: str) -> str:
    """Begin with a capital, and leave the rest as it is.

    Examples
    --------
    >>> with_capital("patients of Ward B")
    'Patients of Ward B'
    """
    return f"{text[:1].upper()}{text[1:]}"


def heading(opened: Evaluation) -> str:
    """Return the title of what a page is about, without the slice, which its caption says.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> heading(SimpleNamespace(title="Cases (within site = B), in 3 groups", within="site = B"))
    'Cases, in 3 groups'
    """
    return opened.title.replace(f" (within {opened.within})", "") if opened.within else opened.title


def within(opened: Evaluation) -> str:
    r"""Say which rows are looked at, to stand behind a sentence's last word; nothing where it is all of them.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> within(SimpleNamespace(within="site = B")), within(SimpleNamespace(within=""))
    (' within site \\= B', '')
    """
    return f" within {plain(opened.within)}" if opened.within else ""


def file_name(opened: Evaluation, name: str) -> str:
    """Name a table of cases to download by what they are, and within which rows.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> file_name(SimpleNamespace(within="site = B"), "False alarms")
    'false-alarms-within-site-b.csv'
    """
    words = re.sub(r"[^\w.,%–-]+", "-", f"{name} within {opened.within}" if opened.within else name)
    return f"{words.strip('-').lower()}.csv"


def left_out(omission: Omission) -> str:
    """Say which rows were left out, and why."""
    some = ", ".join(map(count, omission.rows))
    more = ", …" if omission.count > len(omission.rows) else ""
    rows = "row was" if omission.count == 1 else "rows were"
    return f"{count(omission.count)} {rows} left out: {omission.reason} (row {some}{more})."


def remarks(opened: Evaluation) -> list[str]:
    """Return all that a person should know of what was opened, a sentence each."""
    return [sentence(each) for each in opened.warnings] + [
        left_out(each) for each in opened.predictions.omitted
    ]
