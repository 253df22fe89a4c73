"""Two profiles that offer files to each other."""

import pytest

from tests.backendd.jingle.kit import JULIET, ROMEO, End, Wire


@pytest.fixture
async def wire():
    wire = Wire()
    yield wire
    await wire.close()


@pytest.fixture
async def romeo(wire):
    end = End(wire, ROMEO)
    yield end
    await end.close()


@pytest.fixture
async def juliet(wire):
    end = End(wire, JULIET)
    yield end
    await end.close()
