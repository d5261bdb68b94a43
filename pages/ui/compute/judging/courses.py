"""A training's runs, laid over each other or end to end, and what each says; computed once and kept."""

from __future__ import annotations

from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.history import TrainingHistory
from evalcore.training.runs import Joined, continues, course, end_to_end, runs_kept
from evalcore.training.telling import JudgedCourse, tell
from pages.ui.compute.kept import kept


@kept(most=16)
def continued(opened: Evaluation) -> tuple[str, ...]:
    """Return the first runs of which each goes on where the one before ended; none where no two do."""
    history: TrainingHistory = opened.predictions
    for place in range(len(history.runs) - 1):
        chain = [history.runs[place]]
        for after in history.runs[place + 1 :]:
            if not continues(history, chain[-1], after):
                break
            chain.append(after)
        if len(chain) > 1:
            return tuple(chain)
    return ()


@kept(most=16)
def laid_out(opened: Evaluation, runs: tuple[str, ...], joined: bool) -> Joined:
    """Return the runs that are looked at: behind each other, or each for itself."""
    history: TrainingHistory = opened.predictions
    return end_to_end(history, runs) if joined else Joined(runs_kept(history, runs), ())


@kept(most=64)
def judged(
    opened: Evaluation, runs: tuple[str, ...], joined: bool, metric: str, patience: int
) -> tuple[JudgedCourse, ...]:
    """Return what each run's figure says."""
    history = laid_out(opened, runs, joined).history
    found = [course(history, metric, run) for run in history.runs]
    return tuple(
        tell(each, patience=patience) for each in found if each.train or each.validation or each.test
    )
