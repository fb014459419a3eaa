"""Opens the database of the catalogue, SQLite or PostgreSQL, and makes its tables."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from vectorstore.disk import is_full_disk
from vectorstore.tables import Base

Row = TypeVar("Row")
_AT_ONCE = 500  # SQLite takes 32,766 variables a statement and PostgreSQL 65,535; far below both.


class CatalogueError(Exception):
    """The catalogue does not open; the message says what to mend."""


def open_database(url: str) -> Engine:
    """The database at an address, with all tables. Raises CatalogueError where it cannot be used."""
    try:
        engine = _engine(url)
        _make_tables(engine)
        _check_columns(engine)
    except (SQLAlchemyError, ImportError) as error:
        if is_full_disk(error):
            raise CatalogueError("The catalogue does not open: its disk is full. Make room, then try again.") from error
        raise CatalogueError(
            f"The catalogue does not open ({type(error).__name__}): check INDEX_DATABASE_URL and INDEX_PATH, and "
            "that the database runs and its Python driver is installed."
        ) from error
    return engine


def insertion(engine: Engine, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An insertion as this database has it, which knows what to do about rows that are there."""
    return postgresql.insert(table) if engine.dialect.name == "postgresql" else sqlite.insert(table)


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows by as many as a statement can take."""
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


def _make_tables(engine: Engine) -> None:
    """Makes the tables that are not there yet, all or none."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Python's driver begins no transaction by itself for these, so that each was written to the disk apart.
            connection.exec_driver_sql("BEGIN")
        Base.metadata.create_all(connection)


def _check_columns(engine: Engine) -> None:
    """Refuses tables that another version of this program made."""
    inspector = inspect(engine)
    for table in Base.metadata.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        if there != {column.name for column in table.columns}:
            raise CatalogueError(
                "The catalogue was made by another version of Reformbot: set INDEX_PATH (and INDEX_DATABASE_URL) to a "
                "new place and ingest the reports again, or run that version."
            )


def _engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)  # errors are logged, and questions must not be
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    # The cache, by default of 2 MiB; each of 15 connections has one, and what was read lately is kept elsewhere too.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-16384",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
