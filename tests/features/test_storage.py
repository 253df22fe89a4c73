"""What a daemon whose database is damaged tells and keeps."""

from functools import partial

import pytest

from backendd.api import names
from backendd.api.errors import StorageError
from backendd.api.link import Link
from backendd.api.wire import Variant
from tests.backendd.store.test_salvage import overwrite, pages_of
from tests.lab.caller import Caller

PROPERTIES = "org.freedesktop.DBus.Properties"
PEER = "peer@localhost"


async def of_profile(caller, name):
    return await caller.call(PROPERTIES, "Get", "ss", names.PROFILE, name)


@pytest.fixture
async def ask(bus):
    """Call it for a property of the Manager."""
    link = await Link.open(bus.address)

    async def read(name):
        (found,) = await link.call(
            names.BUS_NAME, names.ROOT_PATH, PROPERTIES, "Get", "ss", (names.MANAGER, name)
        )
        return found

    yield read
    await link.close()


@pytest.fixture
def warnings(ask):
    """Call it for the records of Manager.Warnings."""
    return partial(ask, "Warnings")


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


async def test_where_the_data_is_can_be_asked_for(backend, ask):
    assert await ask("DataDirectory") == str(backend.database.parent)


async def test_damage_is_told_when_it_is_met_and_what_can_be_read_is_there_after_a_restart(
    bus, backend, warnings
):
    add = ("profile", "add", "work", "me@localhost", "--host", "127.0.0.1", "--port", "1")
    assert (await backend.run(*add, given="secret\n\n"))[0] == 0
    caller = await Caller.open(bus.address, "work")
    sent = [await caller.send(PEER, f"{number} {'x' * 3000}") for number in range(60)]
    profile_id = await of_profile(caller, "Id")
    await backend.stop()
    overwrite(backend.database, pages_of(backend.database, "message")[30])

    await backend.start()
    assert await warnings() == []
    with pytest.raises(StorageError, match="damaged"):
        await caller.call(names.MESSAGES, "List", "sa{sv}", PEER, {"limit": Variant("u", 60)})
    (told,) = await warnings()
    assert (told["word"], told["subject"]) == ("storage", "backendd.db")
    assert "start it again" in told["text"]

    await backend.stop()
    await backend.start()
    (told,) = await warnings()
    assert "missing are: up to 1 of message" in told["text"]
    kept = await caller.call(names.MESSAGES, "List", "sa{sv}", PEER, {"limit": Variant("u", 60)})
    assert set(sent) - {message["id"] for message in kept} == {sent[30]}
    assert {message["state"] for message in kept} == {"pending"}
    assert await of_profile(caller, "Id") != profile_id
    assert await of_profile(caller, "State") != "locked"
    assert await caller.send(PEER, "new") > max(sent)
    await caller.close()
