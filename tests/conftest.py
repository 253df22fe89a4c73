"""What many tests stand on: a real server, bus, daemon and terminal, each ended with its test."""

import pytest

from tests.lab.prosody import Prosody


@pytest.fixture(scope="session")
def prosody(tmp_path_factory):
    """A Prosody for all tests of this process; a test that stops it starts its own instead."""
    with Prosody(tmp_path_factory.mktemp("prosody")) as server:
        yield server
