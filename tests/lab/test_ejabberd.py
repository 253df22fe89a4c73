from pathlib import Path

import pytest

from tests.lab.correspondent import Correspondent
from tests.lab.ejabberd import Ejabberd, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def processes_of(directory):
    """Return those that have the directory for their home."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HOME={directory}\0".encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:
            continue
    return found


async def test_it_takes_logins_after_a_kill_and_leaves_no_process_behind(tmp_path):
    with Ejabberd(tmp_path, accounts=["alice"]) as server:
        assert server.pid in processes_of(tmp_path)
        server.restart(kill=True)
        alice = Correspondent(
            server.jid("alice"), server.password("alice"), port=server.port, ca_file=server.ca_file
        )
        await alice.connect()
        await alice.close()
    assert processes_of(tmp_path) == []
