"""The other side of conversations, on a real server."""

import pytest

from tests.lab.correspondent import Correspondent


@pytest.fixture
async def meet(prosody):
    """Bring accounts of the server online."""
    online = []

    async def connect(name, **other):
        settings = {"port": prosody.port, "ca_file": prosody.ca_file, **other}
        password = settings.pop("password", prosody.password(name))
        correspondent = Correspondent(prosody.jid(name), password, **settings)
        online.append(correspondent)
        return await correspondent.connect()

    yield connect
    for correspondent in online:
        await correspondent.close()


async def test_two_who_befriend_each_other_can_talk(meet):
    alice, bob = await meet("alice"), await meet("bob")
    await alice.befriend(bob.jid)
    bob.on_message = lambda message: bob.send(message.sender, message.body.upper())
    sent = alice.send(bob.jid, "hello")
    assert (await bob.wait_for("hello")).message_id == sent
    assert (await alice.wait_for("HELLO")).sender == bob.jid


async def test_a_wrong_password_is_said_at_once(meet):
    with pytest.raises(AssertionError, match="can't connect"):
        await meet("carol", password="wrong")
