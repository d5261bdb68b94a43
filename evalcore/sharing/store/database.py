"""The database of saved evaluations: its tables, and transactions that suit many sessions at once.

SQLite in a file by default; any database that SQLAlchemy knows by its URL. Every change takes
one lock for all (SQLite's write lock, elsewhere a lock on the only row of a small table), so
that checks such as the total size hold for what is then written. Changes are few and short.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)

from evalcore.errors import InputError
from evalcore.sharing.store.contents import make_private_file

__all__ = [
    "SCHEMA_VERSION",
    "Database",
    "binned",
    "entries",
    "evaluations",
    "given_answers",
    "given_names",
    "row_notes",
]

SCHEMA_VERSION = 1
_WAIT = 30.0  # seconds that one session waits for another's change

_metadata = sa.MetaData()
_long_text = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


class _Moment(sa.types.TypeDecorator[datetime]):
    """A time in UTC: many databases forget a time zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


evaluations = sa.Table(
    "operating_point_evaluations",
    _metadata,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    # A digest of owner and fingerprint: the same file saved again finds its row, also when two tabs
    # save it in one moment. Null where roles were changed to those of another row of the owner.
    sa.Column("claim", sa.String(64), unique=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("task", sa.String(20), nullable=False),
    sa.Column("fingerprint", sa.String(128), nullable=False),
    sa.Column("roles", _long_text, nullable=False),
    sa.Column("findings", _long_text, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("created", _Moment, nullable=False),
    sa.Column("used", _Moment, nullable=False, index=True),
)

# What was deleted and can still be brought back: the rows as they were, and when they left. An older program does
# not look at it, and takes the files away; so the version of the schema stays.
binned = sa.Table(
    "operating_point_bin",
    _metadata,
    *(sa.Column(each.name, each.type, primary_key=each.primary_key, nullable=each.nullable, index=each.name == "owner")
      for each in evaluations.columns),
    sa.Column("deleted", _Moment, nullable=False, index=True),
)  # fmt: skip

# What a visitor noted on rows of an evaluation. Made where a database of an earlier time lacks it: an older
# program does not look at it, so the version of the schema stays.
row_notes = sa.Table(
    "operating_point_annotations",
    _metadata,
    sa.Column("evaluation", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("about", sa.String(64), primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("wrong", sa.Boolean, nullable=False),
    sa.Column("comment", _long_text, nullable=False),
    sa.Column("changed", _Moment, nullable=False, index=True),
)

# What was decided about an evaluation, in the order in which it was: likewise made where it is lacking.
entries = sa.Table(
    "operating_point_entries",
    _metadata,
    sa.Column("evaluation", sa.String(64), primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("text", _long_text, nullable=False),
    sa.Column("made", _Moment, nullable=False, index=True),
)

# What the owner of an evaluation calls its classes and models; made later, as the notes were.
given_names = sa.Table(
    "operating_point_names",
    _metadata,
    sa.Column("evaluation", sa.String(22), primary_key=True),
    sa.Column("names", _long_text, nullable=False),
)

# What an owner answered to questions about files of the same columns.
given_answers = sa.Table(
    "operating_point_answers",
    _metadata,
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("columns", sa.String(64), primary_key=True),
    sa.Column("answers", _long_text, nullable=False),
    sa.Column("changed", _Moment, nullable=False, index=True),
)

_store = sa.Table(
    "operating_point_store",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("origin", sa.String(32), nullable=False),
)


class Database:
    """The rows of saved evaluations.

    Parameters
    ----------
    url : str or None
        A SQLAlchemy URL; None for a SQLite file in `folder`.
    folder : Path
        Must exist.

    Attributes
    ----------
    origin : str
        A random mark of this database.

    Raises
    ------
    InputError
        If the database cannot be opened, or was made by another version of the program.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     database = Database(None, Path(folder))
    ...     with database.read() as connection:
    ...         print(connection.execute(sa.select(evaluations)).all())
    ...     database.close()
    []
    """

    def __init__(self, url: str | None, folder: Path) -> None:
        target = _parse(url) if url is not None else None
        if target is None:
            file = folder / "evaluations.sqlite"
            make_private_file(file)
            target = sa.URL.create("sqlite", database=str(file))
        self._engine = _make_engine(target)
        self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        self.origin = self._prepare()

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Give a connection to read from; all reads see the same moment."""
        with _in_words(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def change(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that no other change overlaps; an error takes it back."""
        with _in_words(), self._writing.begin() as connection:
            connection.execute(sa.select(_store.c.version).with_for_update())
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _prepare(self) -> str:
        """Make the tables where there are none; return the mark of the database."""
        with _in_words():
            for attempt in range(5):
                try:
                    return self._make_tables()
                except (OperationalError, ProgrammingError, IntegrityError):
                    # Another process may be making the same tables at this moment.
                    if attempt == 4:
                        raise
                    time.sleep(0.2 * (attempt + 1))
        raise AssertionError("unreachable")

    def _make_tables(self) -> str:
        if self._engine.dialect.name == "sqlite":
            # With a write-ahead log, readers go on while another session writes. It stays set in the file.
            with self._engine.connect().execution_options(begin=None) as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        with self._writing.begin() as connection:
            _metadata.create_all(connection)
            found = connection.execute(sa.select(_store.c.version, _store.c.origin)).one_or_none()
            if found is None:
                origin = secrets.token_hex(16)
                connection.execute(sa.insert(_store).values(id=1, version=SCHEMA_VERSION, origin=origin))
                return origin
        if found.version != SCHEMA_VERSION:
            raise InputError(
                f"the database of saved evaluations must be of version {SCHEMA_VERSION}, got version "
                f"{found.version}: it was made by another version of the program"
            )
        return str(found.origin)


def _parse(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        # The text may hold a password: it is not repeated.
        raise InputError(
            "the database URL must be one that SQLAlchemy knows, such as "
            f"postgresql+psycopg://user:password@host/name, and it cannot be read: {type(error).__name__}"
        ) from None
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise InputError(
            "the database URL must name a file or a server, got SQLite in memory, which keeps nothing"
        )
    return url


def _make_engine(url: sa.URL) -> sa.Engine:
    sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"connect_args": {"timeout": _WAIT}} if sqlite else {"pool_pre_ping": True}
    try:
        engine = sa.create_engine(url, pool_timeout=_WAIT, **options)
    except ImportError as error:
        raise InputError(
            f"the driver of a {url.get_backend_name()} database must be installed, and {error.name!r} is not"
        ) from None
    if sqlite:
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: Any) -> None:
    # Python's driver would begin transactions late and end them before some statements: see _begin_sqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only forgotten


def _begin_sqlite(connection: sa.Connection) -> None:
    statement = connection.get_execution_options().get("begin", "BEGIN")
    if statement is not None:
        connection.exec_driver_sql(statement)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        # A server's own words may show its address and the statement; SQLite's are plain ("disk is full").
        origin = error.orig if isinstance(error, DBAPIError) else None
        cause = str(origin) if isinstance(origin, sqlite3.Error) else type(origin or error).__name__
        raise InputError(f"the database of saved evaluations does not answer: {cause}") from error
