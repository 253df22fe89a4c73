"""What a daemon whose database is damaged tells and keeps."""

import pytest

from backendd.api import names
from backendd.api.link import Link

PROPERTIES = "org.freedesktop.DBus.Properties"


@pytest.fixture
async def warnings(bus):
    """Call it for the records of Manager.Warnings."""
    link = await Link.open(bus.address)

    async def read():
        (found,) = await link.call(
            names.BUS_NAME, names.ROOT_PATH, PROPERTIES, "Get", "ss", (names.MANAGER, "Warnings")
        )
        return found

    yield read
    await link.close()


async def test_a_database_that_was_set_aside_is_told_of_until_its_file_is_removed(
    backend, warnings
):
    assert await warnings() == []
    await backend.stop()
    backend.database.write_bytes(b"this is a letter, not a database\n" * 500)
    await backend.start()
    (aside,) = backend.database.parent.glob("*.corrupt-*Z")
    (warning,) = await warnings()
    assert (warning["word"], warning["subject"]) == ("storage", aside.name)
    assert str(aside) in warning["text"]
    assert warning["time"] > 0
    assert f"  warning: {warning['text']}\n" in (await backend.run("status"))[1]
    await backend.stop()
    await backend.start()
    assert await warnings() == [warning]
    aside.unlink()
    assert await warnings() == []
    assert "warning" not in (await backend.run("status"))[1]
