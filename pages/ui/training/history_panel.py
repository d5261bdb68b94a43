"""The History page's sentences, picture and table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from evalcore.figures.training.history_panels import HistoryPanel, history_figure
from evalcore.numbers import UNDEFINED, score
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from evalcore.training.runs import course, rates_of
from evalcore.training.telling import RULE, JudgedCourse, history_sentences, runs_sentence
from pages.ui import phrases
from pages.ui.compute.judging import courses
from pages.ui.decide.curves import PLAIN_CONFIG
from pages.ui.house_tables import house_table
from pages.ui.training.history_boxes import Chosen


def sentences_panel(tolds: tuple[JudgedCourse, ...], chosen: Chosen, word: str) -> None:
    """Say what the runs show: the verdict in bold; of several runs which is best, and one verdict each."""
    if not tolds:
        st.markdown(phrases.plain(f"None of these runs measured {chosen.metric}."))
        return
    if len(tolds) == 1:
        verdict, *more = history_sentences(tolds[0], step=word, patience=chosen.patience)
        st.markdown(f"**{phrases.plain(verdict)}** {phrases.plain(' '.join(more))}")
        return
    best = runs_sentence(tolds, step=word)
    lines = [f"**{phrases.plain(best)}**"] if best else []
    for each in tolds[:8]:
        verdict = history_sentences(each, step=word, patience=chosen.patience)[0]
        lines.append(f"- **{phrases.plain(each.found.run)}**: {phrases.plain(verdict)}")
    st.markdown("\n".join([*lines[:1], "", *lines[1:]] if best else lines))


def picture_panel(opened: Evaluation, tolds: tuple[JudgedCourse, ...], chosen: Chosen, word: str) -> None:
    """Draw the panels: the figures, then the learning rate."""
    joined = courses.laid_out(opened, chosen.runs, chosen.joined)
    history = joined.history
    panels = []
    for metric in chosen.panels:
        found = [course(history, metric, run) for run in history.runs]
        drawn = tuple(each for each in found if each.train or each.validation or each.test)
        onset = tolds[0].verdict.onset if metric == chosen.metric and len(tolds) == 1 else None
        if drawn:
            panels.append(HistoryPanel(metric, drawn, onset=onset.step if onset else None))
    rates = rates_of(history)
    if rates:
        panels.append(HistoryPanel("learning rate", series=rates))
    figure = history_figure(
        panels,
        step=word,
        seams=joined.seams,
        smoothing=chosen.smoothing,
        log=chosen.log,
        palette=phrases.palette(),
    )
    st.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key="history_picture")


def table_panel(opened: Evaluation, tolds: tuple[JudgedCourse, ...], chosen: Chosen, word: str) -> None:
    """Show each run's figures exactly, and offer them and the whole history to download."""
    table = pd.DataFrame([_row(each, word) for each in tolds])
    spelt = {name: _spelt for name in table.columns if table[name].dtype.kind == "f"}
    st.dataframe(house_table(table, spelt), hide_index=True, key="history_table", placeholder=UNDEFINED)
    with st.container(horizontal=True):
        st.download_button(
            "Table", lambda: as_csv(table, index=False), "training_runs.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="history_table_download",
        )  # fmt: skip
        st.download_button(
            "All steps", lambda: as_csv(_tidy(opened, chosen), index=False), "training_history.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="history_steps_download",
        )  # fmt: skip
    with st.expander("How this is judged", icon=":material/rule:"):
        st.markdown(phrases.plain(RULE))
        st.markdown(
            phrases.plain(
                f"The best {word} is the single best value of validation (the ring in the picture). Early stopping "
                "follows the rule of Keras's EarlyStopping with restore_best_weights."
            )
        )


def _row(told: JudgedCourse, word: str) -> dict[str, object]:
    found, best, stop, gap, onset = told.found, told.best, told.stop, told.gap, told.verdict.onset
    judged = best if best is not None else found.train
    nan = float("nan")
    return {
        "run": found.run or "all",
        f"{word}s": len(judged.values) if judged is not None else 0,
        f"best {word}": best.best_step if best else nan,
        f"best {best.split if best else 'validation'} {found.metric}": best.best_value if best else nan,
        "last": float(best.values[-1]) if best else nan,
        f"last training {found.metric}": float(found.train.values[-1]) if found.train else nan,
        f"no better from {word}": onset.step if onset else nan,
        "early stop after": stop.stopped if stop and stop.early else nan,
        f"gap at best {word}": gap.there if gap else nan,
        "gap at the end": gap.at_end if gap else nan,
    }


def _spelt(value: float) -> str:
    return score(float(f"{value:.10g}"))


def _tidy(opened: Evaluation, chosen: Chosen) -> pd.DataFrame:
    """Every value of the runs as they are laid: a row for each figure and step."""
    history = courses.laid_out(opened, chosen.runs, chosen.joined).history
    parts = [
        pd.DataFrame(
            {
                "run": each.run,
                "metric": each.metric,
                "split": each.split,
                history.step: each.steps,
                "value": each.values,
            }
        )
        for each in history.series
    ]
    return pd.concat(parts, ignore_index=True)


def remarks(opened: Evaluation) -> None:
    """Say how the steps were counted where no column does."""
    if opened.predictions.step == "row":
        st.caption("No column counts the steps: each row is one.")
