"""The register's profiles by their keys, in the index beside the store: what is near is found in one look.

The table is made from the register and follows it. Before the register changes it is noted which profiles do, so what
a process leaves undone that is stopped in between, the next one makes up for.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection

import pyoxigraph as ox

from kg.identity.register import Register, local_id
from kg.index.database import Database
from kg.rdf.identities import Known
from ontology import terms

COLUMNS = {terms.SAYS: "said", terms.IDENTIFIES: "node", terms.CALLED: "label"}
"""What the register states of a profile once, and the column that has it."""

Row = tuple[str, str | None, str | None]
"""What a profile says, and the IRI and label of its node."""


class Filed:
    """The profiles of a store, as `Register` gives them, but from the index.

    Raises StoreError where the disk refuses.
    """

    def __init__(self, database: Database, register: Register) -> None:
        self.database = database
        self.register = register
        self._rows: dict[str, Row | None] = {}
        if database.connection.execute("SELECT 1 FROM about WHERE key = 'filed'").fetchone() is None:
            self._file_all()
        self._file_unfiled()

    def near(self, keys: Collection[str]) -> dict[str, set[str]]:
        """For each key the ids of the profiles filed under it."""
        found: dict[str, set[str]] = {key: set() for key in keys}
        asked = "SELECT key, id, said, node, label FROM filed JOIN profile USING (id)"
        where = "WHERE key IN (SELECT value FROM json_each(?))"
        for key, id, *row in self.database.connection.execute(f"{asked} {where}", (json.dumps(list(found)),)):
            found[key].add(id)
            self._rows[id] = (row[0], row[1], row[2])
        return found

    def said(self, id: str) -> str | None:
        """What a profile says, as it was written; `None` for one that is new."""
        row = self._row(id)
        return row and row[0]

    def known(self, id: str) -> Known | None:
        """The node that a profile has, or `None` where it is new."""
        row = self._row(id)
        return Known(ox.NamedNode(row[1]), row[2]) if row and row[1] and row[2] else None

    def _row(self, id: str) -> Row | None:
        if id not in self._rows:
            asked = "SELECT said, node, label FROM profile WHERE id = ?"
            self._rows[id] = self.database.connection.execute(asked, (id,)).fetchone()
        return self._rows[id]

    @contextmanager
    def filing(self, gone: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> Iterator[None]:
        """What files these changes of the register once they are made in it."""
        old, new = _of_profiles(gone), _of_profiles(added)
        with self.database.change() as connection:
            ids = {(_id(quad),) for quad in (*old, *new)}
            connection.executemany("INSERT OR IGNORE INTO unfiled VALUES (?)", ids)
        yield
        with self.database.change() as connection:
            _drop(connection, old)
            _file(connection, new)
            connection.execute("DELETE FROM unfiled")

    def _file_all(self) -> None:
        with self.database.change() as connection:
            for table in ("profile", "filed", "unfiled"):
                connection.execute(f"DELETE FROM {table}")
            for predicate in (*COLUMNS, terms.KEY):
                _file(connection, filter(self.register.is_of_profile, self.register.all(predicate)))
            connection.execute("INSERT INTO about VALUES ('filed', '')")

    def _file_unfiled(self) -> None:
        unfiled = [id for (id,) in self.database.connection.execute("SELECT id FROM unfiled ORDER BY id")]
        if not unfiled:
            return
        with self.database.change() as connection:
            for id in unfiled:
                for table in ("profile", "filed", "unfiled"):
                    connection.execute(f"DELETE FROM {table} WHERE id = ?", (id,))
                _file(connection, _of_profiles(self.register.quads(self.register.profile_node(id))))


def _of_profiles(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [quad for quad in quads if quad.predicate == terms.KEY or quad.predicate in COLUMNS]


def _drop(connection: Connection, quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if quad.predicate == terms.KEY:
            connection.execute("DELETE FROM filed WHERE key = ? AND id = ?", (_text(quad), _id(quad)))
        elif quad.predicate == terms.SAYS:
            connection.execute("DELETE FROM profile WHERE id = ?", (_id(quad),))


def _file(connection: Connection, quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        if quad.predicate == terms.KEY:
            connection.execute("INSERT OR IGNORE INTO filed VALUES (?, ?)", (_text(quad), _id(quad)))
        else:
            column = COLUMNS[quad.predicate]
            put = f"INSERT INTO profile (id, {column}) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET {column} = ?"
            connection.execute(put, (_id(quad), _text(quad), _text(quad)))


def _id(quad: ox.Quad) -> str:
    assert isinstance(quad.subject, ox.NamedNode)
    return local_id(quad.subject)


def _text(quad: ox.Quad) -> str:
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)
    return quad.object.value
