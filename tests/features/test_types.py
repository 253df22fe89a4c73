"""Whatever the type of a message, and whoever sends it: it is shown, and can be answered."""

import pytest

from tests.lab.prosody import Prosody


@pytest.fixture(scope="module")
def greeting(tmp_path_factory):
    """A server that says something of its own to whoever comes online."""
    directory = tmp_path_factory.mktemp("greeting")
    with Prosody(directory, extra=["motd"], settings='motd_text = "down at ten"') as server:
        yield server


@pytest.mark.parametrize("kind", ["headline", "normal", "chat", "unheard-of", ""])
async def test_a_message_of_any_type_is_shown(make_home, make_peer, kind):
    peer = await make_peer()
    home = await (await make_home()).online()
    # To the one resource: servers may drop what is of a type they don't know.
    peer.write(
        f"<message to='{home.inside.stream.full_jid}' type='{kind}'><body>hear ye</body></message>"
    )
    await home.until_message(peer.jid, "hear ye", "unread")


async def test_nothing_of_a_room_is_taken_for_a_chat(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    peer.write(
        f"<message to='{home.inside.stream.full_jid}' type='groupchat'><body>no</body></message>"
    )
    peer.chat(home.jid, "yes")
    await home.until_bodies(peer.jid, ["yes"])


async def test_what_a_server_says_is_shown_and_can_be_answered(make_home, greeting):
    home = await (await make_home(server=greeting)).online()
    await home.until_message(greeting.domain, "down at ten", "unread")
    await home.send(greeting.domain, "when exactly?")
    # This one takes no messages, and says so: it was asked.
    message = await home.until_message(greeting.domain, "when exactly?", "failed")
    assert message.error[0] == "NotSupported"


async def test_whoever_has_a_conversation_can_be_written_to(make_home):
    home = await make_home()
    await home.execute(
        "INSERT INTO conversation (profile, peer, kind, active, revision) "
        "VALUES (1, 'localhost', 'chat', 0, 0)"
    )
    await home.send("localhost", "hello")
    assert await home.bodies("localhost") == ["hello"]
