import pytest

from backendd.api.link import Link
from tests.lab.bus import PrivateBus


@pytest.fixture
def private_bus(tmp_path):
    with PrivateBus(tmp_path / "bus", services=tmp_path) as bus:
        yield bus


@pytest.fixture
async def links(private_bus):
    """Two links to the same bus."""
    pair = [await Link.open(private_bus.address), await Link.open(private_bus.address)]
    yield pair
    for link in pair:
        await link.close()
