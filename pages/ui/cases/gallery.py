"""Cases to look at: a gallery where the rows have images, a table where they have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from evalcore import numbers
from evalcore.inputs.images.sources import columns_to_show
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from pages.ui import compute, phrases
from pages.ui.live.gallery import gallery
from pages.ui.state.errors import gallery_says, place_in_gallery

PAGE = 60
TABLE_ROWS = 1000
SMALL, LARGE = 112, 320
#: Of one case: columns shown, and letters of one cell.
MOST_COLUMNS, MOST_LETTERS = 200, 400

Positions = npt.NDArray[np.intp]


def readable_columns(opened: Evaluation) -> list[str]:
    """Return the columns that people can read: neither images nor pixels."""
    return columns_to_show(opened.table, compute.image_source(opened))


def case_table(opened: Evaluation, cases: Positions) -> pd.DataFrame:
    """Return the readable columns of some cases; the index is the row's number in the file, from 1."""
    rows = opened.predictions.rows[cases]
    table = opened.table.iloc[rows][readable_columns(opened)]
    return table.set_axis(pd.Index(rows + 1, name="row"), axis="index")


def show_cases(
    opened: Evaluation, ranking: CaseRanking, cases: Positions, *, key: str, subject: str, name: str
) -> None:
    """Show cases in the order given, a page at a time.

    Parameters
    ----------
    opened : Evaluation
    ranking : CaseRanking
        What is true of each case and what was called.
    cases : ndarray of intp
        Positions among the evaluated cases; at least one.
    key : str
        The session key of this gallery.
    subject : str
        Changes with whatever changes the list: then the first page is shown again.
    name : str
        What the cases are, in words; also the name of the file to download.
    """
    source = compute.image_source(opened)
    if source is None:
        st.dataframe(case_table(opened, cases[:TABLE_ROWS]), key=f"{key}_table", placeholder=UNDEFINED)
        shown = f"{min(len(cases), TABLE_ROWS):,} of {len(cases):,} shown"
    else:
        show_pictures(opened, ranking, cases, key=key, subject=subject, name=name)
        shown = f"{phrases.with_capital(source.description)}."
        if source.linked:
            shown += " Your browser loads them from where they are; this server does not."
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.caption(phrases.plain(shown))
    with right:
        _download(
            phrases.file_name(opened, name),
            lambda: case_table(opened, cases),
            len(cases),
            key=f"{key}_download",
        )


def _download(file_name: str, make: Callable[[], pd.DataFrame], count: int, *, key: str) -> None:
    st.download_button(
        f"Download all {count:,}",
        lambda: as_csv(make()),
        file_name=file_name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        key=key,
    )


def show_pictures(
    opened: Evaluation,
    ranking: CaseRanking,
    cases: Positions,
    *,
    key: str,
    subject: str,
    name: str,
) -> None:
    """Show the images of cases in the order given, a page at a time; arguments as in `show_cases`."""
    page, chosen = place_in_gallery(key, subject)
    pages = -(-len(cases) // PAGE)
    page = min(page, pages - 1)
    part = cases[page * PAGE : (page + 1) * PAGE]
    rows = tuple(int(row) for row in opened.predictions.rows[part])
    found = compute.thumbnails(opened, rows, size=SMALL)
    tiles = [
        {"key": int(case), "src": each.url, "problem": each.problem, **_words(ranking, case)}
        for case, each in zip(part, found, strict=True)
    ]
    data = {
        "name": name,
        "tiles": tiles,
        "first": page * PAGE + 1,
        "total": len(cases),
        "page": page,
        "pages": pages,
        "chosen": _chosen(opened, ranking, chosen) if chosen in part else None,
    }
    gallery(data, key=key, on=gallery_says(key))


def _words(ranking: CaseRanking, case: int) -> dict[str, str]:
    actual, called = ranking.truth_of(case), ranking.classes[ranking.called[case]]
    score = ranking.score[case]
    wrong = bool(ranking.wrong[case])
    return {
        "title": f"called {called}"[:80],
        "truth": f"is {actual}"[:80],
        "detail": "" if np.isnan(score) else f"score {numbers.score(float(f'{score:.4g}'))}",
        "tone": "wrong" if wrong else "right",
    }


def _chosen(opened: Evaluation, ranking: CaseRanking, case: int) -> dict[str, Any]:
    row = int(opened.predictions.rows[case])
    picture = compute.thumbnails(opened, (row,), size=LARGE)[0]
    cells = opened.table.iloc[row : row + 1]
    names = readable_columns(opened)[:MOST_COLUMNS]
    words = _words(ranking, case)
    actual = ranking.truth_of(case)
    rows = [["Called", ranking.classes[ranking.called[case]]], ["True class", actual]]
    rows += [[str(name), str(cells[name].iloc[0])[:MOST_LETTERS]] for name in names]
    title = f"Row {row + 1:,}: {'wrong' if words['tone'] == 'wrong' else 'right'}"
    return {"key": int(case), "src": picture.url, "problem": picture.problem, "title": title, "rows": rows}
