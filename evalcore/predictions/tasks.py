"""The table of tasks: for each its words, its pages, what a threshold decides, what to look at first.

A new task is one entry here and one file beside this with its type; whoever does something of its own for each
task (what tells its figures: `evalcore.describing.description.DESCRIBERS`) has a table by the same names.
Where no score ranks the cases (a confusion matrix, labels that a model decided for), `DECIDED` holds in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

__all__ = ["DECIDED", "TASKS", "Decision", "Page", "Part", "Task", "TaskTraits"]

Task = Literal[
    "binary", "multiclass", "multilabel", "multioutput", "image_outputs", "counts", "history", "scores"
]

#: Pages that not every task has.
Page = Literal[
    "threshold", "counts", "errors", "classes", "outputs", "calibration", "compare", "slices", "history"
]

#: What a threshold decides: between the two classes, for one part against the rest, of every pixel, or nothing.
Decision = Literal["two classes", "part", "pixels", ""]

#: What the parts are that can be looked at on their own.
Part = Literal["class", "label", "output", ""]


@dataclass(frozen=True)
class TaskTraits:
    """What differs from task to task, for whoever shows or tells an evaluation.

    Parameters
    ----------
    words : str
        The task in few words.
    recognised : str
        After "was recognised as".
    pages : tuple of Page
        Those that have something to show.
    first : Page or ""
        The one that is shown once a file is open; empty where there is none.
    decides : Decision
    part : Part
    alone : str
        What it means to look at one part on its own; "{}" is its name.
    choice, explanation : str
        How the box is called in which a part is chosen, and what it says.
    next_step : str
        What to do once the file is open; empty where there is nothing.
    judged : bool
        Whether there is a truth, so that figures can be told.
    """

    words: str
    recognised: str
    pages: tuple[Page, ...] = ()
    first: Page | Literal[""] = ""
    decides: Decision = ""
    part: Part = ""
    alone: str = ""
    choice: str = ""
    explanation: str = ""
    next_step: str = ""
    judged: bool = True


#: Every task that a file can be.
TASKS: Mapping[Task, TaskTraits] = MappingProxyType(
    {
        "binary": TaskTraits(
            words="two classes",
            recognised="two classes",
            pages=("threshold", "errors", "compare", "slices", "calibration"),
            first="threshold",
            decides="two classes",
            next_step="move the threshold",
        ),
        "multiclass": TaskTraits(
            words="several classes",
            recognised="several classes",
            pages=("threshold", "errors", "compare", "slices", "classes", "calibration"),
            first="classes",
            decides="part",
            part="class",
            alone="“{}” against all other classes together. Among all classes at once the model decides by the "
            "highest score: see the Classes page.",
            choice="Class against the rest",
            explanation="The class that the threshold decides for. All other classes together are the other side.",
            next_step="look at the classes",
        ),
        "multilabel": TaskTraits(
            words="several labels",
            recognised="several labels a row",
            pages=("threshold", "errors", "compare", "slices", "classes", "calibration"),
            first="classes",
            decides="part",
            part="label",
            alone="The label “{}”: it applies, or it does not. All labels together are on the Classes page.",
            choice="Label",
            explanation="The label that the threshold decides for: it applies, or it does not.",
            next_step="look at the labels",
        ),
        "multioutput": TaskTraits(
            words="several outputs",
            recognised="several outputs a row, each of them a class",
            pages=("threshold", "errors", "compare", "slices", "classes", "calibration"),
            first="classes",
            part="output",
            explanation="Every page shows this output as a task of its own. All outputs together are on the "
            "Classes page.",
            next_step="look at the outputs",
        ),
        "image_outputs": TaskTraits(
            words="images as outputs",
            recognised="images as outputs: a target and what a model made of it",
            pages=("threshold", "outputs"),
            first="outputs",
            decides="pixels",
            alone="Every pixel of every image is a case: ink where the target is at least 128 of 255, called ink "
            "where the output is at least the threshold. Pixels of one image hang together, so that any interval "
            "shown for them is too narrow.",
            next_step="look at the images",
        ),
        "counts": TaskTraits(
            words="counts of two classes",
            recognised="counts of two classes by score",
            pages=("threshold",),
            first="threshold",
            decides="two classes",
            next_step="move the threshold",
        ),
        "history": TaskTraits(
            words="a training history",
            recognised="a training history",
            pages=("history",),
            first="history",
            next_step="see how training went",
        ),
        "scores": TaskTraits(
            words="scores without a truth", recognised="scores without a truth", judged=False
        ),
    }
)

_SEE_COUNTS = "see what was called what"

#: What holds instead where only decisions are known: no threshold, and no curve of a single point.
DECIDED: Mapping[Task, TaskTraits] = MappingProxyType(
    {
        "binary": replace(
            TASKS["binary"],
            recognised="two classes, decided: labels that were predicted, without scores",
            pages=("counts", "errors", "slices"),
            first="counts",
            next_step=_SEE_COUNTS,
        ),
        "multiclass": replace(
            TASKS["multiclass"],
            recognised="several classes, decided: labels that were predicted, without scores",
            pages=("counts", "errors", "slices", "classes"),
            explanation="The class that is looked at. All other classes together are the other side.",
        ),
        "multilabel": replace(
            TASKS["multilabel"],
            recognised="several labels a row, decided: labels that were predicted, without scores",
            pages=("counts", "errors", "slices", "classes"),
            explanation="The label that is looked at: it applies, or it does not.",
        ),
        "counts": replace(
            TASKS["counts"],
            recognised="counts of a confusion matrix",
            pages=("counts",),
            first="counts",
            next_step=_SEE_COUNTS,
        ),
    }
)
