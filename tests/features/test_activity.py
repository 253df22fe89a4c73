"""What is told to who asks about this client: which program, which time, how long idle."""

import re

import pytest

from backendd.api.version import __version__
from backendd.core import clock, disco, xml
from backendd.core.frontends import Frontend
from backendd.features.frontends.service import Frontends
from backendd.features.profiles.changing import Changing
from backendd.xmpp.faults import StanzaError
from tests.features.test_receipts import befriended
from tests.features.test_roster import contact

VERSION = "<query xmlns='jabber:iq:version'/>"
TIME = "<time xmlns='urn:xmpp:time'/>"
LAST = "<query xmlns='jabber:iq:last'/>"
INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>"


async def asked(peer, home, question):
    answer = await peer.ask("get", home.inside.stream.full_jid, question)
    return answer[0]


async def set_settings(home, **changes):
    changing = Changing(home.database, lambda session: None, lambda: [home.session])
    await changing.change_settings(home.session, changes)


async def announced(peer, home):
    answer = await peer.ask("get", home.inside.stream.full_jid, INFO)
    return disco.decode_info(answer[0]).features


@pytest.mark.every_server
async def test_who_asks_learns_the_version_and_the_time(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    assert {"jabber:iq:version", "urn:xmpp:time", "jabber:iq:last"} <= await announced(peer, home)
    version = await asked(peer, home, VERSION)
    assert version.findtext("{jabber:iq:version}name") == "Primitivus"
    assert version.findtext("{jabber:iq:version}version") == __version__
    assert version.find("{jabber:iq:version}os") is None
    time = await asked(peer, home, TIME)
    assert re.fullmatch(r"[+-]\d\d:\d\d", time.findtext("{urn:xmpp:time}tzo"))
    assert time.findtext("{urn:xmpp:time}utc").endswith("Z")


async def test_the_version_is_not_told_where_the_user_does_not_want_that(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await set_settings(home, tell_version=False)
    with pytest.raises(StanzaError) as refused:
        await asked(peer, home, VERSION)
    assert refused.value.condition == "service-unavailable"
    await home.session.disconnect()
    await home.online()
    assert "jabber:iq:version" not in await announced(peer, home)


async def test_only_who_sees_our_presence_learns_for_how_long_we_did_nothing(
    make_home, make_peer, monkeypatch
):
    home, peer = await befriended(make_home, make_peer)
    stranger = await make_peer()
    other = await make_peer(home.account, resource="other")
    with pytest.raises(StanzaError) as refused:
        await asked(stranger, home, LAST)
    assert refused.value.condition == "forbidden"
    real = clock.now_us
    monkeypatch.setattr(clock, "now_us", lambda: real() + 3600 * 1_000_000)
    for friend in (peer, other):
        assert int((await asked(friend, home, LAST)).get("seconds")) >= 3600
    await home.send(peer.jid, "back again")
    assert int((await asked(peer, home, LAST)).get("seconds")) < 3600


@pytest.mark.every_server
async def test_contacts_see_since_when_nobody_uses_any_frontend(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await peer.until(lambda: idle(peer, home) == [None])
    frontends = home.backend.part(Frontends)
    frontends.set(":1.1", Frontend(is_idle=True))
    await peer.until(lambda: len(idle(peer, home)) == 2)
    since = xml.parse_time(idle(peer, home)[-1].get("since"))
    assert 0 <= clock.now_us() - since < 3600 * 1_000_000
    frontends.set(":1.1", Frontend(focus=frozenset({("/profile", peer.jid)})))
    await peer.until(lambda: len(idle(peer, home)) == 3)
    assert idle(peer, home)[-1] is None
    assert (await asked(peer, home, LAST)).get("seconds") == "0"


def idle(peer, home):
    """Return what each available presence of `home` has said of being idle."""
    return [
        stanza.find("{urn:xmpp:idle:1}idle")
        for stanza in peer.stanzas
        if stanza.tag == xml.PRESENCE
        and stanza.get("from") == home.inside.stream.full_jid
        and stanza.get("type") is None
    ]


@pytest.mark.every_server
async def test_since_when_nobody_uses_a_client_of_a_contact_is_told_while_it_is_so(
    make_home, make_peer
):
    home, peer = await befriended(make_home, make_peer)

    async def is_idle(*since):
        (client,) = (await contact(home, peer.jid)).resources or (None,)
        return client is not None and client.idle_since in since

    idle = "<idle xmlns='urn:xmpp:idle:1' since='{}'/>"
    peer.write(f"<presence>{idle.format('2024-01-02T03:04:05.5+01:00')}</presence>")
    await home.until(lambda: is_idle(1_704_161_045_500_000))
    peer.write("<presence/>")
    await home.until(lambda: is_idle(0))


@pytest.mark.parametrize("since", ["soon", "", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"])
async def test_nobody_is_idle_since_no_time_or_one_to_come(make_home, make_peer, since):
    home, peer = await befriended(make_home, make_peer)
    before = clock.now_us()
    peer.write(
        f"<presence><status>!</status><idle xmlns='urn:xmpp:idle:1' since='{since}'/></presence>"
    )

    async def is_told():
        return (await contact(home, peer.jid)).status == "!"

    await home.until(is_told)
    (client,) = (await contact(home, peer.jid)).resources
    assert client.idle_since == 0 or before <= client.idle_since <= clock.now_us()
