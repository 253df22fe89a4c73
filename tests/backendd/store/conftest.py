from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backendd.store.database import Database
from tests.backendd.session.conftest import make_home, make_peer

__all__ = ["make_home", "make_peer"]

STEP = """CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"""


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A directory with one migration step, a table of notes."""
    directory = tmp_path / "steps"
    directory.mkdir()
    (directory / "0001_note.sql").write_text(STEP)
    return directory


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backendd.db"


@pytest.fixture
async def database(path: Path, steps: Path) -> AsyncIterator[Database]:
    database = await Database.open(path, steps=steps)
    yield database
    await database.close()
