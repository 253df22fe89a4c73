"""The steps that made the database what it is, one SQL file each; append only.

A step that was released is never edited: people's databases have gone through it. A step needs no
BEGIN and COMMIT, it runs in a transaction of its own, with foreign keys checked at its end.
"""

from pathlib import Path

from backendd.api.values import Value

MIGRATIONS = Path(__file__).parent


class Migration(Value):
    """One step; `number` is the `user_version` of a database that has gone through it."""

    number: int
    name: str
    sql: str


def load(directory: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """Return the steps in order, from files called `0001_name.sql`, `0002_name.sql` and so on."""
    steps = tuple(_read(path) for path in sorted(directory.glob("*.sql")))
    numbers = [step.number for step in steps]
    if numbers != list(range(1, len(steps) + 1)):
        raise ValueError(f"the migration steps are not numbered in a row: {numbers}")
    return steps


def _read(path: Path) -> Migration:
    number, _, name = path.stem.partition("_")
    return Migration(int(number), name, path.read_text(encoding="utf-8"))
