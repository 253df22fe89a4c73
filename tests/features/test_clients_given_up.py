"""Clients that are gone without a word: what is left of them, and who is still there."""

import pytest

from tests.features.test_receipts import befriended
from tests.features.test_roster import contact
from tests.lab.prosody import Prosody


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that soon gives up a stream nobody resumes."""
    directory = tmp_path_factory.mktemp("brief")
    with Prosody(directory, settings="smacks_hibernation_time = 1") as server:
        yield server


async def clients(home, jid):
    return sorted(each.resource for each in (await contact(home, jid)).resources)


async def test_who_has_another_client_stays_online_when_one_is_given_up(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    lost = await make_peer(peer.jid.split("@")[0], resource="lost")

    async def are(*expected):
        return await clients(home, peer.jid) == list(expected)

    await home.until(lambda: are("lost", "peer"))
    await lost.stream.disconnect(resumable=True)
    # What the one that is away doesn't take comes back when it is given up.
    home.inside.announce()
    await home.until(lambda: are("peer"))
