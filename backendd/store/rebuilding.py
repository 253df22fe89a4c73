"""What is done about a damaged database: another takes its place, of all that can be read."""

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from backendd.store import damage, index, opening, repair, salvage
from backendd.store.migrations import Migration
from backendd.store.salvage import Salvaged

log = logging.getLogger(__name__)


def rebuild(path: Path, steps: Sequence[Migration]) -> Path:
    """Put a new database in the place of a damaged one, with all of it that can be read.

    Returns where the damaged one is kept. Raises StorageError and sqlite3.Error; then it is still
    in its place, and the next start begins again.
    """
    aside = damage.set_aside(path)
    made = path.with_name(path.name + ".new")
    damage.remove(made)
    opening.create(made)
    with closing(opening.connect(made)) as target, salvage.opened(aside, opening.connect) as source:
        opening.settle(target)
        salvaged = _fill(target, source, steps)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage.report(aside, str(salvaged))
    damage.put_in_place(made, path)
    log.error("%s; the damaged one is kept as %s", salvaged, aside)
    return aside


def _fill(
    target: sqlite3.Connection, source: sqlite3.Connection | None, steps: Sequence[Migration]
) -> Salvaged:
    if source is None:
        for step in steps:
            opening.take(target, step)
        return Salvaged()
    (version,) = source.execute("PRAGMA user_version").fetchone()
    # As it was, or it would be a table of another form that is filled.
    reached = version if 0 < version <= len(steps) else len(steps)
    for step in steps[:reached]:
        opening.take(target, step)
    salvaged = salvage.copy(source, target)
    if repair.applies_to(target):
        repair.repair(target, lost_messages=salvaged.missing.get("message"))
    for step in steps[reached:]:
        opening.take(target, step)
    if repair.applies_to(target):
        repair.renew_ids(target)
    index.invalidate(target)
    return salvaged
