import asyncio
from xml.etree import ElementTree

import pytest

from backendd.api.errors import NotSupported
from backendd.api.introspection import DOCUMENTATION
from backendd.api.link import MatchRule
from backendd.api.names import ROOT_PATH
from tests.backendd.bus.conftest import LAMP, NAME, PATH
from tests.backendd.bus.lamp import Plug

PLUG = "org.example.Plug"
OTHER = f"{ROOT_PATH}/other/lamp"
DRIVER = "org.freedesktop.DBus"
MANAGER = f"{DRIVER}.ObjectManager"
VALUES = {"Level": 3, "Maker": "Edison", "Spectrum": ["red", "blue"]}


@pytest.fixture
def introspect(client, lamp):
    async def introspect(path):
        (text,) = await client.call(NAME, path, f"{DRIVER}.Introspectable", "Introspect")
        return ElementTree.fromstring(text)

    return introspect


@pytest.fixture
async def signals(client, service, lamp):
    """What the object manager says from now on."""
    queue = asyncio.Queue()
    client.subscribe(MatchRule(interface=MANAGER), queue.put_nowait)
    await service.call(DRIVER, "/", DRIVER, "GetId")  # after which the lamp is told of
    await client.call(NAME, PATH, f"{DRIVER}.Peer", "Ping")
    return queue


async def test_introspection_has_what_the_files_have(introspect, contract):
    node = await introspect(PATH)
    lamp = node.find(f"interface[@name='{LAMP}']")
    expected = ElementTree.fromstring(contract.load(LAMP).xml)
    assert ElementTree.canonicalize(ElementTree.tostring(lamp), strip_text=True) == (
        ElementTree.canonicalize(ElementTree.tostring(expected), strip_text=True)
    )
    assert lamp.find(f"annotation[@name='{DOCUMENTATION}']").get("value") == "A lamp, for tests."


async def test_introspection_leads_from_the_root_to_all_objects(introspect, bus):
    bus.export(OTHER, PLUG, [Plug()])
    for path, children in [
        ("/", ["org"]),
        ("/org", ["primitivus"]),
        (ROOT_PATH, ["lamp", "other"]),
        (f"{ROOT_PATH}/other", ["lamp"]),
        (OTHER, []),
    ]:
        node = await introspect(path)
        assert [each.get("name") for each in node.iterfind("node")] == children


async def test_standard_interfaces_are_listed(introspect):
    standard = {f"{DRIVER}.Peer", f"{DRIVER}.Introspectable", f"{DRIVER}.Properties"}
    names = {each.get("name") for each in (await introspect(PATH)).iterfind("interface")}
    assert names == {LAMP, *standard}
    names = {each.get("name") for each in (await introspect(ROOT_PATH)).iterfind("interface")}
    assert names == {MANAGER, *standard}


async def test_what_leads_nowhere_cannot_be_introspected(introspect):
    with pytest.raises(NotSupported, match="no object /net"):
        await introspect("/net")


async def test_every_path_answers_as_a_peer(client, lamp):
    assert await client.call(NAME, "/any/where", f"{DRIVER}.Peer", "Ping") == []
    (machine,) = await client.call(NAME, PATH, f"{DRIVER}.Peer", "GetMachineId")
    assert len(machine) == 32


async def test_the_object_manager_lists_what_is_below_the_root(client, bus, lamp):
    bus.export(ROOT_PATH, PLUG, [Plug()])
    bus.export(OTHER, PLUG, [Plug()])
    assert await client.call(NAME, ROOT_PATH, MANAGER, "GetManagedObjects") == [
        {PATH: {LAMP: VALUES}, OTHER: {PLUG: {"Volts": 230}}}
    ]


async def test_a_new_object_is_told_of_once_from_the_root(signals, bus, switch):
    from tests.backendd.bus.lamp import Bulb

    bus.export(OTHER, PLUG, [Plug()])
    bus.export(OTHER, LAMP, [switch, Bulb()])
    signal = await signals.get()
    assert (signal.path, signal.member) == (ROOT_PATH, "InterfacesAdded")
    assert signal.args == (OTHER, {PLUG: {"Volts": 230}, LAMP: VALUES})


async def test_a_removed_object_is_told_of_from_the_root(signals, bus):
    bus.unexport(PATH)
    signal = await signals.get()
    assert (signal.path, signal.member) == (ROOT_PATH, "InterfacesRemoved")
    assert signal.args == (PATH, [LAMP])


async def test_an_object_that_came_and_went_unseen_is_not_told_of(signals, bus):
    bus.export(OTHER, PLUG, [Plug()])
    bus.unexport(OTHER)
    bus.unexport(PATH)
    assert (await signals.get()).args == (PATH, [LAMP])


async def test_an_interface_is_exported_once_at_a_path(bus):
    bus.export(OTHER, PLUG, [Plug()])
    with pytest.raises(TypeError, match="already"):
        bus.export(OTHER, PLUG, [Plug()])
