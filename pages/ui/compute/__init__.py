"""Everything that is computed once and kept, for all visitors; what is kept is shared and never changed.

`kept` is the one decorator: its keys hold all that an evaluation carries (`identity`), so that nobody is shown
another's title, notes or numbers, and its values lie on one `shelf` that is bounded in bytes (`sizes`).
`evaluations` opens, `binary`, `classes` and `images` compute; `policy` serves the matrix and the policy of the
Classes page and is imported by its own name.
Knows `evalcore`; neither the session nor the link.
"""

from __future__ import annotations

from pages.ui.compute.answers import (
    answers_to,
    as_answered,
    forget_answers,
    outcome_of,
    remember_answer,
)
from pages.ui.compute.binary import (
    BUTTONS,
    explorer_table,
    models_beside,
    scores_alone,
    suspects,
    sweep,
    thin,
    threshold_step,
)
from pages.ui.compute.classes import (
    class_confusion,
    class_results,
    classes_to_choose,
    levels,
    output_results,
    picture_sweep,
    sweeps_of_labels,
)
from pages.ui.compute.evaluations import (
    against_rest,
    as_read,
    at_level,
    command_line_evaluation,
    evaluation,
    from_store,
    have_at_hand,
    name_parts,
    names_given,
    one_output,
    samples,
    slices,
    store,
    store_fault,
    with_roles,
    within_slice,
)
from pages.ui.compute.goals import (
    amount_columns,
    amounts_on_desk,
    average_precision_there,
    cheapest_with_amounts,
    decisions_of,
    fewest_reviews,
    goal_on_desk,
    prevalence_of,
)
from pages.ui.compute.images import (
    called_pixels,
    error_of_input,
    image_results,
    image_source,
    pixels_as_classes,
    thumbnails,
    typical,
)
from pages.ui.compute.validation import (
    THIRDS,
    mean_curves,
    part_columns,
    parts_of,
    pooled_parts,
    splits_of,
)

__all__ = [
    "BUTTONS",
    "THIRDS",
    "against_rest",
    "amount_columns",
    "amounts_on_desk",
    "answers_to",
    "as_answered",
    "as_read",
    "at_level",
    "average_precision_there",
    "called_pixels",
    "cheapest_with_amounts",
    "class_confusion",
    "class_results",
    "classes_to_choose",
    "command_line_evaluation",
    "decisions_of",
    "error_of_input",
    "evaluation",
    "explorer_table",
    "fewest_reviews",
    "forget_answers",
    "from_store",
    "goal_on_desk",
    "have_at_hand",
    "image_results",
    "image_source",
    "levels",
    "mean_curves",
    "models_beside",
    "name_parts",
    "names_given",
    "one_output",
    "outcome_of",
    "output_results",
    "part_columns",
    "parts_of",
    "picture_sweep",
    "pixels_as_classes",
    "pooled_parts",
    "prevalence_of",
    "remember_answer",
    "samples",
    "scores_alone",
    "slices",
    "splits_of",
    "store",
    "store_fault",
    "suspects",
    "sweep",
    "sweeps_of_labels",
    "thin",
    "threshold_step",
    "thumbnails",
    "typical",
    "with_roles",
    "within_slice",
]
