"""The SQLite schema, as migrations that are applied in order when a database is opened."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database, Migrations

from ..app.ports import StoreTrouble
from . import access_schema, places

migrations = Migrations("motcua")

_JOURNAL = """
CREATE TABLE journal (
    site TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, type TEXT NOT NULL,
    version INTEGER NOT NULL, data TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL, ticket TEXT,
    PRIMARY KEY (site, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_ticket ON journal (site, ticket, seq) WHERE ticket IS NOT NULL;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END;
"""

_STATE = """
CREATE TABLE site (
    site TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, description TEXT NOT NULL,
    PRIMARY KEY (site, version)
) STRICT;
CREATE TABLE day (
    site TEXT NOT NULL, date TEXT NOT NULL, is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    PRIMARY KEY (site, date)
) STRICT;
CREATE TABLE ticket (
    site TEXT NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, queue TEXT NOT NULL, series TEXT NOT NULL,
    number INTEGER NOT NULL,
    label TEXT NOT NULL, secret TEXT NOT NULL, priority TEXT NOT NULL, service TEXT, language TEXT NOT NULL,
    origin TEXT, seq INTEGER NOT NULL, issued_at INTEGER NOT NULL, since INTEGER NOT NULL,
    state TEXT NOT NULL,
    only_counter TEXT NOT NULL, counter TEXT, calls INTEGER NOT NULL, called_at INTEGER, started_at INTEGER,
    ended_at INTEGER, outcome TEXT, memo TEXT, reason TEXT,
    PRIMARY KEY (site, id),
    CHECK (state IN ('waiting', 'called', 'serving', 'finished', 'no_show', 'cancelled', 'expired')),
    CHECK (state NOT IN ('called', 'serving') OR counter IS NOT NULL),
    CHECK (state <> 'waiting' OR counter IS NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ticket_number ON ticket (site, day, series, number);
CREATE UNIQUE INDEX ticket_secret ON ticket (site, secret);
CREATE UNIQUE INDEX one_open_call_per_counter ON ticket (site, counter) WHERE state IN ('called', 'serving');
CREATE INDEX ticket_waiting ON ticket (site, queue, priority, only_counter, since, seq)
    WHERE state = 'waiting';
CREATE INDEX ticket_seniority ON ticket (site, queue, since, seq) WHERE state = 'waiting';
CREATE INDEX ticket_called ON ticket (site, day, called_at) WHERE called_at IS NOT NULL;
CREATE INDEX ticket_at_counter ON ticket (site, counter, called_at) WHERE counter IS NOT NULL;
CREATE TABLE line (
    site TEXT NOT NULL, queue TEXT NOT NULL, priority TEXT NOT NULL, only_counter TEXT NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting >= 0),
    PRIMARY KEY (site, queue, priority, only_counter)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally (
    site TEXT NOT NULL, queue TEXT NOT NULL, day TEXT NOT NULL, last_number INTEGER NOT NULL,
    pace TEXT NOT NULL,
    PRIMARY KEY (site, queue)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk (
    site TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'paused')),
    officer TEXT, since INTEGER NOT NULL, reason TEXT, ticket TEXT,
    PRIMARY KEY (site, id),
    CHECK ((state = 'closed') = (officer IS NULL)),
    CHECK (state <> 'closed' OR ticket IS NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_counter_per_called_ticket ON desk (site, ticket) WHERE ticket IS NOT NULL;
"""

_TRAFFIC = """
CREATE TABLE answer (
    site TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (site, scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_age ON answer (site, at);
CREATE TABLE cursor (
    site TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
    site TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY, site TEXT NOT NULL, channel TEXT NOT NULL, target TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CHECK (state IN ('owed', 'claimed', 'done', 'failed', 'uncertain'))
) STRICT;
CREATE INDEX delivery_due ON delivery (site, channel, due_at) WHERE state IN ('owed', 'claimed');
"""

_LOOK_UP_BY_DAY = """
DROP INDEX ticket_called;
CREATE INDEX ticket_called ON ticket (site, day, called_at, seq, counter) WHERE called_at IS NOT NULL;
DROP INDEX ticket_at_counter;
CREATE INDEX ticket_at_counter ON ticket (site, counter, day, called_at, seq) WHERE counter IS NOT NULL;
DROP INDEX delivery_due;
CREATE INDEX delivery_due ON delivery (site, channel, target, id) WHERE state IN ('owed', 'claimed');
CREATE INDEX delivery_newest ON delivery (site, channel, target, id);
"""

_PAST_DAYS_ARE_CLOSED = """
UPDATE day SET is_open = 0
    WHERE date < (SELECT max(newest.date) FROM day AS newest WHERE newest.site = day.site);
"""

_WHAT_HAPPENS_TO_A_VISIT = """
CREATE TABLE ticket_of_visits (
    site TEXT NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, queue TEXT NOT NULL, series TEXT NOT NULL,
    number INTEGER NOT NULL,
    label TEXT NOT NULL, secret TEXT NOT NULL, priority TEXT NOT NULL, service TEXT, language TEXT NOT NULL,
    origin TEXT, seq INTEGER NOT NULL, issued_at INTEGER NOT NULL, since INTEGER NOT NULL,
    state TEXT NOT NULL,
    only_counter TEXT NOT NULL, counter TEXT, calls INTEGER NOT NULL, called_at INTEGER, started_at INTEGER,
    ended_at INTEGER, outcome TEXT, memo TEXT, reason TEXT,
    slot INTEGER, rang_at INTEGER, before TEXT,
    parked_by TEXT, parked_for TEXT, parked_at INTEGER, remind_at INTEGER,
    stops TEXT NOT NULL DEFAULT '', missed_at INTEGER, comebacks INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site, id),
    CHECK (state IN
        ('waiting', 'called', 'serving', 'finished', 'no_show', 'parked', 'cancelled', 'expired')),
    CHECK (state NOT IN ('called', 'serving') OR counter IS NOT NULL),
    CHECK (state NOT IN ('waiting', 'parked') OR counter IS NULL),
    CHECK (state <> 'parked' OR parked_by IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO ticket_of_visits
    (site, id, day, queue, series, number, label, secret, priority, service, language, origin, seq, issued_at,
     since, state, only_counter, counter, calls, called_at, started_at, ended_at, outcome, memo, reason,
     rang_at)
    SELECT site, id, day, queue, series, number, label, secret, priority, service, language, origin, seq,
        issued_at, since, state, only_counter, counter, calls, called_at, started_at, ended_at, outcome, memo,
        reason, called_at
    FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_of_visits RENAME TO ticket;
CREATE UNIQUE INDEX ticket_number ON ticket (site, day, series, number);
CREATE UNIQUE INDEX ticket_secret ON ticket (site, secret);
CREATE UNIQUE INDEX one_open_call_per_counter ON ticket (site, counter) WHERE state IN ('called', 'serving');
CREATE INDEX ticket_waiting ON ticket (site, queue, priority, only_counter, since, seq)
    WHERE state = 'waiting';
CREATE INDEX ticket_seniority ON ticket (site, queue, since, seq) WHERE state = 'waiting';
CREATE INDEX ticket_parked ON ticket (site, parked_by, parked_at, seq) WHERE state = 'parked';
CREATE INDEX ticket_called ON ticket (site, day, called_at, seq, counter) WHERE called_at IS NOT NULL;
CREATE INDEX ticket_at_counter ON ticket (site, counter, day, called_at, seq) WHERE counter IS NOT NULL;
ALTER TABLE desk ADD COLUMN passed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE desk ADD COLUMN away_at INTEGER;
ALTER TABLE desk ADD COLUMN summons TEXT;
ALTER TABLE desk ADD COLUMN summoned_at INTEGER;
ALTER TABLE desk ADD COLUMN help_at INTEGER;
ALTER TABLE tally ADD COLUMN called INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN highest INTEGER;
CREATE TABLE note (
    site TEXT NOT NULL, ticket TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (site, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_age ON note (site, at);
"""


_WHAT_KIOSKS_TELL = """
ALTER TABLE device ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
"""


@migrations()
def keep_a_journal(db: Any) -> None:
    _run(db, _JOURNAL)


@migrations()
def keep_the_hall(db: Any) -> None:
    _run(db, _STATE)


@migrations()
def keep_answers_and_deliveries(db: Any) -> None:
    _run(db, _TRAFFIC)


@migrations()
def look_up_by_day_and_target(db: Any) -> None:
    _run(db, _LOOK_UP_BY_DAY)


@migrations()
def close_past_days(db: Any) -> None:
    """The turn of a day once left yesterday's row open, though its journal said that it was closed."""
    _run(db, _PAST_DAYS_ARE_CLOSED)


@migrations()
def tell_more_of_a_visit(db: Any) -> None:
    """Parking, stops, appointments, notes; what supervisors may do to queues and counters."""
    _run(db, _WHAT_HAPPENS_TO_A_VISIT)


@migrations()
def keep_the_places_in_line(db: Any) -> None:
    _run(db, places.SCHEMA)


@migrations()
def keep_what_kiosks_tell(db: Any) -> None:
    _run(db, _WHAT_KIOSKS_TELL)


def bring_up_to_date(db: Database, name: str) -> None:
    """Apply what a database lacks, as one transaction; StoreTrouble where a newer program made it."""
    if stranger := _from_the_future(db):
        raise StoreTrouble(
            f"{name} was made by a newer version of this program ({stranger}): use that version"
        )
    if not (migrations.pending(db) or access_schema.migrations.pending(db)):
        return
    db.execute("BEGIN IMMEDIATE")  # two programs that open a new file at once take turns
    try:
        migrations.apply(db)
        access_schema.migrations.apply(db)
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


def _from_the_future(db: Database) -> str | None:
    """The name of a migration that was applied and that this program does not know."""
    if not db.table(Migrations.migrations_table).exists():
        return None
    known = {
        (one.name, migration.name)
        for one in (migrations, access_schema.migrations)
        for migration in one._migrations
    }
    for row in db.execute(f"SELECT migration_set, name FROM {Migrations.migrations_table} ORDER BY rowid"):
        if tuple(row) not in known:
            return str(row[1])
    return None


def _run(db: Any, script: str) -> None:
    """Statement by statement: executescript would commit the migration's transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and ("TRIGGER" not in statement or "END;" in statement):
            db.execute(statement)
            statement = ""
