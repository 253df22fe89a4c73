import asyncio

import pytest

from backendd.api.errors import InvalidArgument, NotSupported
from backendd.api.link import MatchRule
from backendd.api.wire import Variant
from tests.backendd.bus.conftest import LAMP, NAME, PATH

PROPERTIES = "org.freedesktop.DBus.Properties"


@pytest.fixture
def ask(client, lamp):
    async def ask(member, signature="", *args):
        return await client.call(NAME, PATH, PROPERTIES, member, signature, args)

    return ask


@pytest.fixture
async def changes(client, ask):
    """The arguments of each PropertiesChanged."""
    queue = asyncio.Queue()
    client.subscribe(
        MatchRule(interface=PROPERTIES, member="PropertiesChanged"),
        lambda signal: queue.put_nowait(signal.args),
    )
    await ask("GetAll", "s", LAMP)
    return queue


async def test_a_property_can_be_read(ask):
    assert await ask("Get", "ss", LAMP, "Level") == [3]
    assert await ask("Get", "ss", "", "Maker") == ["Edison"]


async def test_all_can_be_read_at_once(ask):
    values = {"Level": 3, "Maker": "Edison", "Spectrum": ["red", "blue"]}
    assert await ask("GetAll", "s", LAMP) == [values]
    assert await ask("GetAll", "s", "") == [values]
    assert await ask("GetAll", "s", PROPERTIES) == [{}]


async def test_a_writable_one_can_be_set(ask, switch):
    await ask("Set", "ssv", LAMP, "Level", Variant("i", 7))
    assert switch.level == 7


async def test_a_value_the_setter_refuses_is_its_error(ask, switch):
    with pytest.raises(InvalidArgument, match="at most 100"):
        await ask("Set", "ssv", LAMP, "Level", Variant("i", 101))
    assert switch.level == 3


@pytest.mark.parametrize(
    ("interface", "name", "value", "error", "says"),
    [
        (LAMP, "Level", "bright", InvalidArgument, "type i"),
        (LAMP, "Level", True, InvalidArgument, "type i"),
        (LAMP, "Maker", "Swan", InvalidArgument, "can't be set"),
        (LAMP, "Colour", "red", NotSupported, "no property 'Colour'"),
        ("org.example.Fan", "Level", 1, NotSupported, "no interface"),
    ],
)
async def test_what_cannot_be_set_is_refused(ask, interface, name, value, error, says):
    with pytest.raises(error, match=says):
        await ask("Set", "ssv", interface, name, value)


async def test_unknown_ones_cannot_be_read(ask):
    for interface in (LAMP, ""):
        with pytest.raises(NotSupported, match="no property"):
            await ask("Get", "ss", interface, "Colour")


async def test_changes_in_one_step_of_the_loop_are_one_signal(changes, lamp, switch):
    switch.level = 4
    lamp.properties_changed("Level")
    switch.level = 5
    lamp.properties_changed("Level", "Spectrum")
    assert await changes.get() == (LAMP, {"Level": 5}, ["Spectrum"])
    lamp.properties_changed("Spectrum")
    assert await changes.get() == (LAMP, {}, ["Spectrum"])


async def test_a_constant_does_not_change(lamp):
    with pytest.raises(ValueError, match="Maker"):
        lamp.properties_changed("Maker")


async def test_a_property_that_cannot_be_read_is_logged_and_ends_nothing(
    changes, lamp, switch, caplog
):
    switch.level = "broken"
    lamp.properties_changed("Level")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert "can't tell that Level changed" in caplog.text
    switch.level = 6
    lamp.properties_changed("Level")
    assert await changes.get() == (LAMP, {"Level": 6}, [])
