"""What features do beside profiles and in each."""

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.core.messages import ConversationsChanged
from backendd.session.backend import BackendPart
from backendd.session.feature import Feature
from backendd.session.part import Part
from backendd.store import message_drafts
from tests.features.test_receipts import befriended

MOOD = "http://example.org/mood"


class Moods(BackendPart):
    """Says how all profiles feel."""

    mood = "curious"

    def __init__(self, backend):
        pass


class Mood(Part):
    """Has it in our presence."""

    def __init__(self, home):
        self._moods = home.backend.part(Moods)

    def behaves(self, ledger, conversation_id, behaviour):
        if behaviour.pinned:
            message_drafts.keep(ledger, conversation_id, self._moods.mood)

    def present(self):
        return (xml.element(MOOD, "mood", text=self._moods.mood),)


FEATURE = Feature("mood", Mood, backend=Moods)


def moods(peer):
    """Return the moods that came with presence."""
    return [mood for each in peer.stanzas if (mood := each.findtext(f"{{{MOOD}}}mood"))]


@pytest.fixture
def make_moody(make_home):
    """Call it for a home with that feature."""

    async def make(**history):
        home = await make_home(**history)
        await home.restart_with(more=[FEATURE])
        return home

    return make


async def test_presence_for_one_alone_says_the_same_and_more(make_moody, make_peer):
    home, peer = await make_moody(), await make_peer()
    await home.online()
    home.inside.stream.send(home.inside.presence(peer.jid, [xml.element(MOOD, "reason")]))
    await peer.until(lambda: moods(peer) == ["curious"])
    (ours,) = [each for each in peer.stanzas if each.find(f"{{{MOOD}}}mood") is not None]
    assert ours.find(f"{{{MOOD}}}reason") is not None


async def test_what_features_add_is_told_on_a_resumed_stream_where_it_changed(
    make_moody, make_peer
):
    home, peer = await befriended(make_moody, make_peer)
    await peer.until(lambda: moods(peer) == ["curious"])
    home.backend.part(Moods).mood = "tired"
    home.cut()
    await peer.until(lambda: moods(peer) == ["curious", "tired"])


async def test_a_part_that_nobody_takes_is_not_found(make_home):
    home = await make_home()
    with pytest.raises(LookupError, match="Moods"):
        home.backend.part(Moods)


async def test_how_the_user_wants_a_conversation_is_followed_up_in_the_same_transaction(
    make_moody,
):
    home = await make_moody()
    peer = "ann@example.org"
    await home.call(names.MESSAGES, "open", peer, {})
    await home.call(names.MESSAGES, "set_conversation", peer, {"notify": "none"})
    assert (await home.conversation(peer)).draft == ""
    home.hub.events.clear()
    await home.call(names.MESSAGES, "set_conversation", peer, {"pinned": True})
    (told,) = home.hub.of(ConversationsChanged)
    assert [(each.pinned, each.draft) for each in told.conversations] == [(True, "curious")]
