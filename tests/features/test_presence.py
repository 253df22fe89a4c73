"""Our presence: what contacts see of us, and what it says of what we can do."""

from dataclasses import replace

import pytest

from backendd.api import names
from backendd.core import disco, xml
from backendd.core.capabilities import verification
from backendd.xmpp.faults import StanzaError
from tests.features.test_receipts import befriended

CAPS = "{http://jabber.org/protocol/caps}c"
QUERY = "<query xmlns='http://jabber.org/protocol/disco#info'{}/>"


def announced(peer, home):
    """Return the capabilities in each available presence of `home` that came to `peer`."""
    return [
        stanza.find(CAPS)
        for stanza in peer.stanzas
        if stanza.tag == xml.PRESENCE
        and stanza.get("from", "") == home.inside.stream.full_jid
        and stanza.get("type") is None
    ]


@pytest.mark.every_server
async def test_contacts_learn_from_every_presence_what_we_can_do(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await peer.until(lambda: announced(peer, home))
    seen = len(announced(peer, home))
    home.inside.profile = replace(home.inside.profile, show="away")
    home.inside.announce()
    await peer.until(lambda: len(announced(peer, home)) > seen)
    assert None not in announced(peer, home)
    (ver,) = {each.get("ver") for each in announced(peer, home)}
    node = announced(peer, home)[0].get("node")
    for asked in (f" node='{node}#{ver}'", ""):
        answer = await peer.ask("get", home.inside.stream.full_jid, QUERY.format(asked))
        query = answer.find(disco.QUERY)
        assert verification(query) == ver
        assert xml.RECEIPTS in disco.decode_info(query).features
    with pytest.raises(StanzaError) as refused:
        await peer.ask("get", home.inside.stream.full_jid, QUERY.format(f" node='{node}#older'"))
    assert refused.value.condition == "item-not-found"


@pytest.mark.every_server
async def test_a_stranger_never_hears_whether_we_are_there(make_home, make_peer):
    home, friend = await befriended(make_home, make_peer)
    stranger = await make_peer()
    stranger.write(f"<presence to='{home.jid}'/>")
    stranger.write(f"<presence to='{home.jid}' type='subscribe'/>")
    stranger.chat(home.jid, "are you there?")
    await home.until_message(stranger.jid, "are you there?")
    await home.send(stranger.jid, "no")
    await stranger.until(lambda: stranger.bodies() == ["no"])
    await home.call(names.ROSTER, "deny", stranger.jid, {})
    home.inside.profile = replace(home.inside.profile, show="away")
    home.inside.announce()
    await friend.until(lambda: "away" in friend.shows_of(home.jid))
    await stranger.sync()
    assert not set(stranger.shows_of(home.jid)) - {"unavailable"}
