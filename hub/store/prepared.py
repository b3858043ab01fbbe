"""Statements that every command runs, compiled once: SQLAlchemy words the SQL, the driver gets plain values.

Building and caching a statement anew costs SQLAlchemy several times what the database needs to carry it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Executable, LargeBinary, Table, insert

Row = Mapping[str, object]

_SAVEPOINT = "one_command"
_known: dict[tuple[object, ...], Prepared] = {}


class Prepared:
    """One statement in one database's words; `run` takes its values by the names of its bound parameters."""

    def __init__(self, statement: Executable, dialect: Dialect, columns: Iterable[str] | None = None) -> None:
        compiled: Any = statement.compile(  # type: ignore[attr-defined]  # every statement is also a ClauseElement
            dialect=dialect, column_keys=None if columns is None else list(columns)
        )
        self._sql = str(compiled)
        names: Sequence[str] = compiled.positiontup if compiled.positional else list(compiled.binds)
        self._plan = [(name, _processor(compiled.binds[name].type, dialect)) for name in names]
        self._positional = bool(compiled.positional)

    def run(self, tx: Connection, rows: Sequence[Row]) -> CursorResult[Any]:
        """Runs the statement for all rows by one `executemany`, or for a single one by `execute`."""
        values = [self._values(row) for row in rows]
        return tx.exec_driver_sql(self._sql, values if len(values) > 1 else values[0])

    def _values(self, row: Row) -> Any:
        plain = [row[name] if process is None else process(row[name]) for name, process in self._plan]
        return tuple(plain) if self._positional else dict(zip((name for name, _ in self._plan), plain, strict=True))


def prepared(tx: Connection, key: object, make: Callable[[], Executable]) -> Prepared:
    """The statement called `key` for this connection's database; `make` words it the first time."""
    name = (tx.dialect.name, key)
    if name not in _known:
        _known[name] = Prepared(make(), tx.dialect)
    return _known[name]


def insert_rows(tx: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that all have the same columns; columns they leave out get their default."""
    if not rows:
        return
    columns = tuple(rows[0])
    name = (tx.dialect.name, table.name, columns)
    if name not in _known:
        _known[name] = Prepared(insert(table), tx.dialect, columns)
    _known[name].run(tx, rows)


@contextmanager
def savepoint(tx: Connection) -> Iterator[None]:
    """What is done within is taken back by itself when it fails; the rest of the transaction stays."""
    tx.exec_driver_sql(f"SAVEPOINT {_SAVEPOINT}")
    try:
        yield
    except BaseException:
        tx.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
        tx.exec_driver_sql(f"RELEASE SAVEPOINT {_SAVEPOINT}")
        raise
    tx.exec_driver_sql(f"RELEASE SAVEPOINT {_SAVEPOINT}")


def _processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """How the column's type turns a value into the driver's own, if it does; drivers take bytes as they are."""
    if isinstance(kind, LargeBinary):
        return None
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found
