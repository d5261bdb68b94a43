"""Names from files are never markup: every page, with a name in each role that would be if it were not escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyarrow as pa
import pytest
from google.protobuf.message import Message

from pages.ui import compute
from pages.ui.understand.class_board import CASES, CURVES, FIGURES, GROUPS, PAIRS, TABLE
from pages.ui.understand.label_table import TABS as LABEL_TABS
from tests.pages.app_pages import page
from tests.pages.hostile_names import FOREIGN, KINDS, saved
from tests.pages.ui.test_sentences_to_people import PAGES as SCRIPTS

OWNER = "markup-token-of-one-browser"
#: Fields that Streamlit shows as they are, or never shows; whatever is not named here is taken for Markdown.
PLAIN = {
    "Selectbox": {"options", "raw_value", "placeholder"},
    "MultiSelect": {"options", "raw_values", "placeholder"},
    "TextInput": {"default", "value", "placeholder"},
    "TextArea": {"default", "value", "placeholder"},
    "Code": {"code_text"},
    "DownloadButton": {"url"},
    "PageLink": {"page", "query_string"},
}
NEVER_SHOWN = {"id", "form_id", "element_id", "group_id", "user_key"}
MARKUP = re.compile(r"!\[|:material/skull|<img|<a |\]\(//|:red\[|\$x\^2\$")
HTML = re.compile(r"<img|<a |%\{skull")


def texts(message: Message) -> Iterator[tuple[str, str]]:
    """Every text of an element that Streamlit may take for Markdown, by where it stands."""
    kind = message.DESCRIPTOR.name
    for field, value in message.ListFields():
        if field.name in PLAIN.get(kind, ()) or field.name in NEVER_SHOWN:
            continue
        for each in (
            (value,) if isinstance(value, str | Message) else value if hasattr(value, "__iter__") else ()
        ):
            if isinstance(each, str):
                yield f"{kind}.{field.name}", each
            elif isinstance(each, Message):
                yield from texts(each)


def bare(text: str) -> str:
    """Markdown without the signs that a backslash makes plain."""
    return re.sub(r"\\[!-/:-@\[-`{-~]", "", text)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key != "legendgroup":  # which is never shown
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def made(message: Message) -> list[tuple[str, str]]:
    """What an element would take for markup."""
    kind = message.DESCRIPTOR.name
    if kind == "BidiComponent":  # its scripts set texts: tests/browser holds that
        return []
    if kind == "PlotlyChart":
        return [("PlotlyChart", each) for each in strings(json.loads(message.spec)) if HTML.search(each)]
    if kind in ("Dataframe", "Table"):
        return in_table(message)
    return [(where, text) for where, text in texts(message) if MARKUP.search(bare(text))]


def in_table(message: Any) -> list[tuple[str, str]]:
    """A table's cells are Markdown, those of a data frame are drawn as they are: but what explains its columns."""
    if message.DESCRIPTOR.name == "Table":
        table = pa.ipc.open_stream(message.arrow_data.data).read_all()
        cells = [*table.column_names, *(str(each) for column in table.columns for each in column.to_pylist())]
        return [("Table", each) for each in cells if MARKUP.search(bare(each))]
    told = json.loads(message.columns or "{}").values()
    helps = [("Dataframe.help", each["help"]) for each in told if each.get("help")]
    kinds = [str((each.get("type_config") or {}).get("type")) for each in told]
    return [
        *((where, each) for where, each in helps if MARKUP.search(bare(each))),
        *(("Dataframe.type", kind) for kind in kinds if kind in ("image", "link", "video", "audio")),
    ]


def nodes(node: Any) -> Iterator[Message]:
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        yield proto
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


@cache
def identifier(kind: str) -> str:
    return saved(kind, owner=OWNER)


#: What the pages show beside what they begin with.
MORE: dict[str, list[tuple[str, dict[str, str]]]] = {
    "binary": [
        *((SCRIPTS["threshold"], {"tool": tool}) for tool in ("goal", "costs", "review")),
        *((SCRIPTS["errors"], {"view": view}) for view in ("What flips", "Suspect labels")),
        ("pages/decide/validation.py", {}),
    ],
    "classes": [
        *((SCRIPTS["classes"], {"tab": tab}) for tab in (CASES, PAIRS, TABLE, FIGURES, CURVES, GROUPS)),
        (SCRIPTS["errors"], {"rest": "1"}),
    ],
    "labels": [(SCRIPTS["classes"], {"tab": tab}) for tab in LABEL_TABS],
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_is_markup(kind: str) -> None:
    opened = compute.evaluation(identifier(kind))
    firsts = [SCRIPTS[each] for each in sorted(opened.traits.pages)] + ["pages/start/data.py"]
    found = []
    for script, link in [*((each, {}) for each in firsts), *MORE.get(kind, [])]:
        app = page(script, identifier(kind), session={"visitor": OWNER}, **link)
        shown = list(nodes(app._tree))
        assert FOREIGN in str(shown), "the names are shown, or this test tells nothing"
        found += [(script, link, *each) for message in shown for each in made(message)]
    assert "\n".join(map(str, found)) == ""
