"""What was found out about a file while its roles were settled: decisions, questions, warnings, lost rows."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.predictions.evaluation import Question, RoleDecision, UnmatchedRows

__all__ = ["Findings"]


class Findings:
    """Collects what people should see; the order of what is added is kept.

    Examples
    --------
    >>> findings = Findings()
    >>> findings.decide("truth", ["label"], "its name says so", 0.9)
    >>> findings.decisions[0].columns
    ('label',)
    """

    def __init__(self) -> None:
        self.decisions: list[RoleDecision] = []
        self.questions: list[Question] = []
        self.warnings: list[str] = []
        self.unmatched: list[UnmatchedRows] = []

    def decide(self, role: str, columns: Sequence[str | None], reason: str, confidence: float) -> None:
        """Note which columns carry a role, and why."""
        named = tuple(name for name in columns if name)
        self.decisions.append(RoleDecision(role, named, reason, min(1.0, max(0.0, confidence))))

    def ask(self, role: str, text: str, options: Sequence[str]) -> None:
        """Note a doubt; the first of the options is what was taken.

        A second doubt about a role joins the question that there is: no two questions speak of one role.
        """
        for place, known in enumerate(self.questions):
            if known.role == role:
                every = tuple(dict.fromkeys((*known.options, *options)))
                told = known.text if text in known.text else f"{known.text} {text}"
                self.questions[place] = Question(role, told, every, known.chosen)
                return
        self.questions.append(Question(role, text, tuple(options), options[0]))

    def warn(self, text: str) -> None:
        """Note something that a person should know."""
        if text not in self.warnings:
            self.warnings.append(text)

    def extend(self, other: Findings) -> None:
        """Take over all that another reading of the file found."""
        self.decisions += other.decisions
        self.unmatched += other.unmatched
        for each in other.questions:
            self.ask(each.role, each.text, each.options)
        for text in other.warnings:
            self.warn(text)
