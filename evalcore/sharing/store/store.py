"""Saved evaluations: what was uploaded outlives the session, and a link opens it again.

A saved evaluation is a table in a `DataFolder` and a row in a `Database`. To save, the table
is written first and the row afterwards, in one transaction; to delete, the row goes first. A crash
at any moment therefore leaves every evaluation that has a row whole, and at most a file
without a row, which `EvaluationStore.sweep_expired` removes when it is an hour old.

What its owner deletes lies in a bin for a while: nobody can open it, its owner can bring it back, and then it goes
for good, the file too.

Anyone who has the link may open an evaluation: the id in it cannot be guessed. Only the
browser that saved it may change or delete it: it proves that by an owner token of its own,
which is kept here as a digest only.
"""

from __future__ import annotations

import contextlib
import errno
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd

from evalcore.describing.naming import Names
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Evaluation, Roles
from evalcore.sharing.store.annotations import Annotation, Annotations
from evalcore.sharing.store.configuration import read_configuration
from evalcore.sharing.store.contents import DataFolder, StoredTable, make_private_folder, new_evaluation_id
from evalcore.sharing.store.database import Database
from evalcore.sharing.store.given import AnsweredQuestions, GivenNames
from evalcore.sharing.store.ledger import Entry, Ledger
from evalcore.sharing.store.opened import findings_of, revise_findings
from evalcore.sharing.store.records import Record, Records, owner_digest
from evalcore.sharing.store.saved import SavedEvaluation
from evalcore.sharing.store.wastebasket import Binned, Wastebasket

__all__ = ["UNDO_TIME", "EvaluationStore", "SavedEvaluation", "store_from_environment"]

#: So long what was deleted can be brought back.
UNDO_TIME = timedelta(hours=1)

_GRACE = timedelta(
    hours=1
)  # a file without a row is let alone so long: it may be half-way through being saved
_SWEEP_STEP = timedelta(hours=1)  # saving and opening clean up at most so often


def _now() -> datetime:
    return datetime.now(UTC)


class EvaluationStore:
    """Keeps evaluations on disk; safe to share by threads, and by processes on one folder.

    Parameters
    ----------
    url : str or None
        A SQLAlchemy database URL; None for a SQLite file in `folder`.
    folder : Path
        Where the tables are kept; made with access for this user only where it is not there yet.
    retention : timedelta or None
        An evaluation that was not opened for so long is removed; None keeps all.
    size_limit : int or None
        Bytes that all tables together may take; None for no limit.
    clock : callable, default the system's
        Returns the time, with a time zone.

    Raises
    ------
    InputError
        If the folder or the database cannot be used.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     store = EvaluationStore(None, Path(folder), retention=timedelta(days=30), size_limit=None)
    ...     evaluation = open_predictions(Path("sample_data/breast_cancer.csv"))
    ...     saved = store.save(evaluation, owner="a token that the browser keeps")
    ...     print(store.open(saved.id).task, len(saved.id), saved.rows)
    ...     store.close()
    binary 22 569
    """

    def __init__(
        self,
        url: str | None,
        folder: Path,
        *,
        retention: timedelta | None,
        size_limit: int | None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.retention = retention
        self.size_limit = size_limit
        self._clock = clock
        home = make_private_folder(folder)
        self._database = Database(url, home)
        self._folder = DataFolder(home, origin=self._database.origin)
        self._records = Records(self._database, retention=retention, clock=clock)
        self._annotations = Annotations(self._database, clock=clock)
        self._ledger = Ledger(self._database, clock=clock)
        self._names = GivenNames(self._database)
        self._answers = AnsweredQuestions(self._database, clock=clock)
        self._bin = Wastebasket(self._database, keep=UNDO_TIME, clock=clock)
        self._later: list[threading.Timer] = []
        self._swept = datetime.min.replace(tzinfo=UTC)

    def save(self, evaluation: Evaluation, *, owner: str) -> SavedEvaluation:
        """Keep an evaluation; the same content and roles saved again by the same owner keep their id.

        Parameters
        ----------
        evaluation : Evaluation
        owner : str
            The browser's own token.

        Raises
        ------
        InputError
            If the size limit is reached, the disk is full or a column cannot be saved; nothing that was
            there before is changed then.
        """
        self._sweep_when_due()
        keeper = owner_digest(owner)
        earlier = self._records.same_as(evaluation, owner=keeper)
        if earlier is None:
            return self._save_new(evaluation, keeper)
        if self._folder.is_whole(earlier.id, earlier.stored):
            self._records.note_use(earlier)
        else:
            self._records.replace_file(earlier, self._write(earlier.id, evaluation))
        lost = [each.count for each in earlier.findings.unmatched]
        asked = earlier.findings.questions
        if lost != [each.count for each in evaluation.unmatched] or asked != evaluation.questions:
            # The same rows were joined, but of other files: what found no partner is told anew. Or a question was
            # answered meanwhile, or is asked again.
            self._records.replace_content(earlier, evaluation, findings_of(evaluation))
        return self.find(earlier.id)

    def open(self, evaluation_id: str) -> Evaluation:
        """Open a saved evaluation as it was saved, with the reasons, questions and warnings of then.

        Raises
        ------
        InputError
            If there is none under this id, or its data are gone or damaged.
        """
        record = self._records.find(evaluation_id)
        table = self._folder.read(record.id, record.stored)
        self._records.note_use(record)
        self._sweep_when_due()
        return record.findings.applied_to(_evaluate(table, record))

    def find(self, evaluation_id: str) -> SavedEvaluation:
        """Return what is known of a saved evaluation, without its data.

        Raises
        ------
        InputError
            If there is none under this id.
        """
        return self._records.find(evaluation_id).saved

    def recent(self, owner: str, *, limit: int = 50) -> tuple[SavedEvaluation, ...]:
        """Return an owner's evaluations, the one that was used last first."""
        return tuple(record.saved for record in self._records.of_owner(owner_digest(owner), limit=limit))

    def is_owner(self, evaluation_id: str, *, owner: str) -> bool:
        """Whether this owner may rename, change and delete the evaluation."""
        record = self._records.get(evaluation_id)
        return record is not None and record.owner == owner_digest(owner)

    def rename(self, evaluation_id: str, title: str, *, owner: str) -> SavedEvaluation:
        """Give an evaluation another title.

        Raises
        ------
        InputError
            If the title is empty, or the evaluation is another's or not there.
        """
        record = self._records.find_own(evaluation_id, owner=owner_digest(owner), action="rename")
        self._records.rename(record, title)
        return self.find(evaluation_id)

    def update_roles(
        self, evaluation_id: str, roles: Roles, *, owner: str, answered: str | None = None
    ) -> SavedEvaluation:
        """Put roles right, under the same id and link.

        Parameters
        ----------
        evaluation_id : str
        roles : Roles
            As for `open_predictions`: what is None is found anew.
        owner : str
        answered : str, optional
            The role whose question this answers: it is not asked again, also where what was taken is confirmed.

        Raises
        ------
        InputError
            If the table cannot be evaluated with these roles, or the evaluation is another's or not
            there; nothing has changed then.
        """
        record = self._records.find_own(evaluation_id, owner=owner_digest(owner), action="change")
        table = self._folder.read(record.id, record.stored)
        after = open_predictions(table, roles=roles, title=record.saved.title)
        findings = revise_findings(record.findings, _evaluate(table, record), after, answered=answered)
        self._records.replace_content(record, after, findings)
        return self.find(evaluation_id)

    def discard(self, evaluation_id: str, *, owner: str) -> Binned:
        """Delete an evaluation so that its owner can bring it back for `UNDO_TIME`; then it goes for good.

        Raises
        ------
        InputError
            If it is another's or not there.
        """
        record = self._records.find_own(evaluation_id, owner=owner_digest(owner), action="delete")
        gone = self._bin.put(record.id)
        self._clean_up_later()
        return gone

    def discarded(self, *, owner: str) -> tuple[Binned, ...]:
        """Return what an owner deleted and can still bring back, the last first."""
        return self._bin.of_owner(owner_digest(owner))

    def restore(self, evaluation_id: str, *, owner: str) -> SavedEvaluation:
        """Bring back what was deleted, under the same id and link.

        Raises
        ------
        InputError
            If it is another's, or the time for it is over.
        """
        self._bin.take_back(evaluation_id, owner=owner_digest(owner))
        return self.find(evaluation_id)

    def delete(self, evaluation_id: str, *, owner: str) -> None:
        """Remove an evaluation and its data for good, also one that lies in the bin.

        Raises
        ------
        InputError
            If it is another's or not there, or if its file could not be removed yet.
        """
        if any(each.id == evaluation_id for each in self.discarded(owner=owner)):
            self._remove_files(self._bin.empty(only=evaluation_id))
            return
        record = self._records.find_own(evaluation_id, owner=owner_digest(owner), action="delete")
        try:
            try:
                self._records.remove(record)
            except InputError:
                # On a full disk the database cannot write: the file makes room for that.
                self._folder.remove(record.id)
                self._records.remove(record)
            self._folder.remove(record.id)
        except OSError as error:
            raise InputError(
                f"the evaluation's file could not be removed yet ({error.strerror}): "
                "the next clean-up tries again"
            ) from error

    def names(self, evaluation_id: str) -> Names:
        """Return what the owner of an evaluation calls its classes and models; whoever has the link sees it."""
        return self._names.of(evaluation_id)

    def give_names(self, evaluation_id: str, names: Names, *, owner: str) -> SavedEvaluation:
        """Keep what classes and models are called; no names take all back.

        Raises
        ------
        InputError
            If the evaluation is another's or not there.
        """
        record = self._records.find_own(evaluation_id, owner=owner_digest(owner), action="name what is in")
        self._names.write(record.id, names)
        return record.saved

    def answers(self, columns: Iterable[str], *, owner: str) -> dict[str, str]:
        """Return what a visitor answered about files of these columns, by the role that was asked about."""
        return self._answers.of(columns, owner=owner_digest(owner))

    def remember_answers(self, columns: Iterable[str], answers: Mapping[str, str], *, owner: str) -> None:
        """Keep what a visitor answered about files of these columns, for this visitor only; none forgets all."""
        self._answers.write(columns, answers, owner=owner_digest(owner))

    def annotations(self, evaluation_id: str, *, owner: str, about: str = "") -> dict[int, Annotation]:
        """Return what a visitor noted on the rows of an evaluation or a sample.

        Parameters
        ----------
        evaluation_id : str
        owner : str
            The visitor's own token: everyone sees their own notes only.
        about : str
            Which label of the row, where it has several.

        Returns
        -------
        dict of int to Annotation
            By the row's position in the table.
        """
        return self._annotations.of(evaluation_id, owner=owner_digest(owner), about=about)

    def annotate(
        self, evaluation_id: str, notes: Mapping[int, Annotation], *, owner: str, about: str = ""
    ) -> None:
        """Keep a visitor's notes on rows; an empty one takes the row's note away.

        Raises
        ------
        InputError
            If the evaluation is gone, a comment is too long, or there are too many notes; nothing has changed
            then.
        """
        self._annotations.write(evaluation_id, notes, owner=owner_digest(owner), about=about)

    def entries(self, evaluation_id: str, *, owner: str) -> tuple[Entry, ...]:
        """Return what was decided about an evaluation (by anyone) or a sample (by this visitor), oldest first."""
        return self._ledger.of(evaluation_id, owner=owner_digest(owner))

    def enter(self, evaluation_id: str, kind: str, text: str, *, owner: str) -> None:
        """Write down that something was decided; it cannot be taken back.

        Raises
        ------
        InputError
            If the evaluation is gone, the text is too long, or there are too many entries.
        """
        self._ledger.add(evaluation_id, kind, text, owner=owner_digest(owner))

    def sweep_expired(self, now: datetime | None = None) -> int:
        """Remove what was not used for the retention time, and what a crash left behind.

        Parameters
        ----------
        now : datetime, optional
            With a time zone; the store's clock where it is None.

        Returns
        -------
        int
            How many evaluations were removed.
        """
        moment = self._clock() if now is None else now
        removed = self._remove_expired(moment)
        self._remove_files(self._bin.empty(before=moment - UNDO_TIME))
        leftovers = list(self._folder.leftovers(before=moment - _GRACE))
        known = self._records.all_ids()  # after the files were listed, so that no row is too new for it
        for table_of, path in leftovers:
            with contextlib.suppress(OSError):
                if table_of is None or (table_of not in known and self._folder.is_own(path)):
                    path.unlink(missing_ok=True)
        return removed

    def close(self) -> None:
        """Close the connections to the database."""
        for timer in self._later:
            timer.cancel()
        self._database.close()

    def _remove_expired(self, now: datetime) -> int:
        try:
            removed = self._records.remove_expired(now)
        except InputError:
            # On a full disk the database cannot write: the files make room for that.
            self._remove_files(self._records.expired_ids(now))
            removed = self._records.remove_expired(now)
        self._remove_files(removed)
        return len(removed)

    def _remove_files(self, evaluation_ids: Iterable[str]) -> None:
        for evaluation_id in evaluation_ids:
            with contextlib.suppress(OSError):  # without a row, a later sweep finds it
                self._folder.remove(evaluation_id)

    def _save_new(self, evaluation: Evaluation, keeper: str) -> SavedEvaluation:
        evaluation_id = new_evaluation_id()
        stored = self._write(evaluation_id, evaluation)
        try:
            if self.size_limit is not None and self._records.total_size() + stored.size > self.size_limit:
                self._remove_expired(self._clock())
                if self._records.total_size() + stored.size > self.size_limit:
                    self._remove_files(self._bin.empty())  # whoever deletes to make room gets the room
            record = self._records.add(
                evaluation_id, evaluation, stored, owner=keeper, size_limit=self.size_limit
            )
        except BaseException:
            self._discard_unless_recorded(evaluation_id)
            raise
        if record.id != evaluation_id:  # another tab saved the same at the same time, and was first
            self._discard_unless_recorded(evaluation_id)
        return record.saved

    def _clean_up_later(self) -> None:
        """See to it that the bin is emptied in time, whether or not anyone comes by."""
        self._later = [timer for timer in self._later if timer.is_alive()]
        timer = threading.Timer(UNDO_TIME.total_seconds() + 1, self._clean_up)
        timer.daemon = True
        timer.start()
        self._later.append(timer)

    def _clean_up(self) -> None:
        with contextlib.suppress(InputError, OSError):  # the next clean-up tries again
            self._remove_files(self._bin.empty(before=self._clock() - UNDO_TIME))

    def _write(self, evaluation_id: str, evaluation: Evaluation) -> StoredTable:
        try:
            try:
                return self._folder.write(evaluation_id, evaluation.table)
            except OSError as error:
                thrown = self._bin.empty() if error.errno in (errno.ENOSPC, errno.EDQUOT) else ()
                if not thrown:
                    raise
                self._remove_files(thrown)
                return self._folder.write(evaluation_id, evaluation.table)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            cause = "the disk is full" if full else error.strerror
            raise InputError(f"the evaluation could not be saved: {cause}") from error

    def _discard_unless_recorded(self, evaluation_id: str) -> None:
        """Remove a file that got no row."""
        # Where even that cannot be told, the file stays: a commit may have come through before the
        # connection broke. A later sweep knows.
        with contextlib.suppress(InputError, OSError):
            if evaluation_id not in self._records.all_ids():
                self._folder.remove(evaluation_id)

    def _sweep_when_due(self) -> None:
        now = self._clock()
        if now - self._swept >= _SWEEP_STEP:
            self._swept = now
            with contextlib.suppress(InputError, OSError):  # cleaning up must not stop anyone's work
                self.sweep_expired(now)


def _evaluate(table: pd.DataFrame, record: Record) -> Evaluation:
    return open_predictions(table, roles=record.saved.roles, title=record.saved.title)


def store_from_environment(environ: Mapping[str, str], *, default_folder: Path) -> EvaluationStore:
    """Make the store that the environment's variables describe (see `read_configuration`).

    Parameters
    ----------
    environ : mapping
        As `os.environ`.
    default_folder : Path
        The folder of the data where OPERATING_POINT_DATA names none.

    Raises
    ------
    InputError
        If a variable's value is not allowed, or the folder or database cannot be used.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     store = store_from_environment({"OPERATING_POINT_DATA": folder}, default_folder=Path(".data"))
    ...     print(store.retention.days, store.size_limit, store.recent("a token that the browser keeps"))
    ...     store.close()
    30 2000000000 ()
    """
    found = read_configuration(environ, default_folder=default_folder)
    return EvaluationStore(found.url, found.folder, retention=found.retention, size_limit=found.size_limit)
