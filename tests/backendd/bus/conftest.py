from pathlib import Path

import pytest

from backendd.api.introspection import Contract
from backendd.api.link import Link
from backendd.api.names import ROOT_PATH
from backendd.bus.dispatcher import Bus
from tests.backendd.bus.lamp import Bulb, Switch
from tests.lab.bus import PrivateBus

NAME = "org.example.Service"
LAMP = "org.example.Lamp"
PATH = f"{ROOT_PATH}/lamp"


@pytest.fixture
def contract():
    return Contract(Path(__file__).parent / "interfaces")


@pytest.fixture
def private_bus(tmp_path):
    with PrivateBus(tmp_path) as bus:
        yield bus


@pytest.fixture
async def service(private_bus):
    """The link that serves."""
    link = await Link.open(private_bus.address)
    yield link
    await link.close()


@pytest.fixture
async def client(private_bus):
    """The link that calls."""
    link = await Link.open(private_bus.address)
    yield link
    await link.close()


@pytest.fixture
async def bus(service, contract):
    """What is served, under the name NAME once `lamp` is there."""
    bus = Bus(service, contract=contract)
    yield bus
    await bus.stop()


@pytest.fixture
def switch():
    return Switch()


@pytest.fixture
async def lamp(bus, service, switch):
    """An exported lamp."""
    exported = bus.export(PATH, LAMP, [switch, Bulb()])
    await service.request_name(NAME)
    return exported


@pytest.fixture
def call(client, lamp):
    """Call a method of the lamp: `call("Echo", "s", "text")`; returns a list."""

    async def call(member, signature="", *args, **more):
        return await client.call(NAME, PATH, LAMP, member, signature, args, **more)

    return call
