"""What the account's archive keeps: read, changed, and what is no preference."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, InvalidJid

pytestmark = pytest.mark.every_server
BOB, ANN = "bob@elsewhere.localhost", "ann@elsewhere.localhost"


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
def change(home):
    async def change(**preferences):
        await home.call(names.SERVICES, "set_archive_preferences", preferences, {})
        now = await home.call(names.SERVICES, "archive_preferences", {})
        return now.default, now.always, now.never

    return change


async def test_what_is_given_changes_and_the_rest_stays(change):
    assert await change(default="roster") == ("roster", [], [])
    assert await change(never=[BOB]) == ("roster", [], [BOB])
    assert await change(default="always", always=[ANN]) == ("always", [ANN], [BOB])


async def test_who_is_put_into_one_list_leaves_the_other(change):
    await change(default="always", always=[ANN], never=[BOB])
    assert await change(always=[ANN, BOB]) == ("always", [ANN, BOB], [])


@pytest.mark.parametrize(
    ("preferences", "error"),
    [
        ({"default": "sometimes"}, InvalidArgument),
        ({"default": ["always"]}, InvalidArgument),
        ({"always": BOB}, InvalidArgument),
        ({"always": ["@@"]}, InvalidJid),
        ({"often": [BOB]}, InvalidArgument),
        ({"never": [f"u{n}@x.localhost" for n in range(1001)]}, InvalidArgument),
    ],
)
async def test_what_is_no_preference_is_refused(change, preferences, error):
    with pytest.raises(error):
        await change(**preferences)


async def test_what_the_archive_is_not_to_keep_is_not_in_it(home, make_home, make_peer, change):
    peer = await make_peer()
    await change(default="never")
    peer.chat(home.jid, "off the record")
    await home.until_message(peer.jid, "off the record")
    await change(default="always")
    peer.chat(home.jid, "on the record")
    await home.until_message(peer.jid, "on the record")
    again = await (await make_home(home.account)).online()
    await again.until_bodies(peer.jid, ["on the record"])
