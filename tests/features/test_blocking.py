"""Blocking: on the server, for all clients; what is known of it here, and what it stops."""

import pytest

from backendd.api import names
from backendd.api.errors import (
    InvalidArgument,
    NotAllowed,
    NotConnected,
    NotSupported,
    UnknownItem,
)
from backendd.core import jid, xml
from backendd.features.blocking.model import BlockedChanged, blocks
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_receipts import befriended
from tests.features.test_roster import contact

ROSTER = names.ROSTER
BLOCK = "<block xmlns='urn:xmpp:blocking'><item jid='{}'/></block>"
UNBLOCK = "<unblock xmlns='urn:xmpp:blocking'>{}</unblock>"


async def blocked(home):
    return list(await home.call(ROSTER, "blocked", {}))


async def block(home, address, **options):
    await home.call(ROSTER, "block", address, options)


async def tells(home, *jids):
    await home.until(
        lambda: any(list(event.jids) == list(jids) for event in home.hub.of(BlockedChanged))
    )


@pytest.mark.every_server
async def test_who_is_blocked_reaches_us_no_more_until_unblocked(make_home, make_peer):
    home = await (await make_home()).online()
    peer, friend = await make_peer(), await make_peer()
    peer.chat(home.jid, "before")
    await home.until_message(peer.jid, "before")
    await block(home, peer.jid)
    assert await blocked(home) == [peer.jid]
    await tells(home, peer.jid)
    peer.chat(home.jid, "meanwhile")
    await peer.sync()
    friend.chat(home.jid, "hello")
    await home.until_message(friend.jid, "hello")
    assert await home.bodies(peer.jid) == ["before"]
    await home.call(ROSTER, "unblock", peer.jid, {})
    assert await blocked(home) == []
    await tells(home)
    peer.chat(home.jid, "again")
    await home.until_message(peer.jid, "again")
    assert await home.bodies(peer.jid) == ["before", "again"]


@pytest.mark.every_server
async def test_what_another_client_blocks_and_unblocks_is_known(make_home, make_peer):
    home, other_server = await (await make_home()).online(), "spam.example.org"
    other = await make_peer(home.account, resource="other")
    peer = await make_peer()
    await other.ask("set", None, BLOCK.format(peer.jid))
    await tells(home, peer.jid)
    await other.ask("set", None, BLOCK.format(other_server))
    await tells(home, *sorted((peer.jid, other_server)))
    await other.ask("set", None, UNBLOCK.format(f"<item jid='{peer.jid}'/>"))
    await tells(home, other_server)
    await other.ask("set", None, UNBLOCK.format(""))
    await tells(home)
    assert await blocked(home) == []


@pytest.mark.every_server
async def test_what_was_blocked_while_away_is_known_after_connecting(make_home, make_peer):
    home = await (await make_home()).online()
    await block(home, "old.example.org")
    await home.session.disconnect()
    other = await make_peer(home.account, resource="other")
    await other.ask("set", None, BLOCK.format("new.example.org"))
    await other.ask("set", None, UNBLOCK.format("<item jid='old.example.org'/>"))
    assert await blocked(home) == ["old.example.org"]
    with pytest.raises(NotConnected):
        await block(home, "other.example.org")
    await home.online()
    assert await blocked(home) == ["new.example.org"]


@pytest.mark.every_server
async def test_a_blocked_contact_is_told_as_such_and_not_as_online(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)

    async def stands(*, is_blocked, show):
        known = await contact(home, peer.jid)
        return (known.more.get("blocked", False), known.show) == (is_blocked, show)

    await home.until(lambda: stands(is_blocked=False, show="online"))
    await block(home, peer.jid)
    await home.until(lambda: stands(is_blocked=True, show=""))
    await peer.until(lambda: "unavailable" in peer.shows_of(home.jid))
    peer.write("<presence><show>away</show></presence>")
    await peer.sync()
    await home.call(ROSTER, "unblock", peer.jid, {})
    await home.until(lambda: stands(is_blocked=False, show="away"))


@pytest.mark.every_server
@pytest.mark.parametrize("item", ["<item jid='{}'/>", ""])
async def test_how_a_contact_is_shows_again_when_another_client_unblocks(
    make_home, make_peer, item
):
    home, peer = await befriended(make_home, make_peer)
    other = await make_peer(home.account, resource="other")
    await block(home, peer.jid)

    async def shows(show):
        return (await contact(home, peer.jid)).show == show

    await home.until(lambda: shows(""))
    await other.ask("set", None, UNBLOCK.format(item.format(peer.jid)))
    await home.until(lambda: shows("online"))


@pytest.mark.parametrize("still", [PEER, "s.localhost"])
async def test_only_whose_presence_we_see_is_asked_for_it_once_nothing_blocks_them(
    make_home, tmp_path, still
):
    stranger, seen = "stranger@s.localhost", "seen@s.localhost"
    async with Partial(tmp_path / "server") as server:
        await (await make_home("user", server=server)).online()
        roster = "".join(
            f"<item jid='{each}' subscription='{how}'/>"
            for each, how in ((PEER, "both"), (seen, "to"), (stranger, "from"))
        )
        server.client.send(
            f"<iq type='set' id='r'><query xmlns='{xml.ROSTER}'>{roster}</query></iq>"
        )
        for each in (PEER, seen, stranger, still):
            server.client.send(f"<iq type='set' id='b-{each}'>{BLOCK.format(each)}</iq>")
        items = "".join(f"<item jid='{each}'/>" for each in (PEER, seen, stranger) if each != still)
        server.client.send(f"<iq type='set' id='u'>{UNBLOCK.format(items)}</iq>")
        server.client.send(f"<iq type='set' id='all'>{UNBLOCK.format('')}</iq>")
        await server.until(lambda: answer(server, "all") is not None)
        await server.until(lambda: set(probed(server)) == {PEER, seen})
        assert sorted(probed(server)) == sorted((PEER, seen))


def probed(server):
    """Return whose presence was asked for."""
    return [each.get("to") for each in server.client.elements if each.get("type") == "probe"]


async def test_a_blocked_server_blocks_its_contacts(make_home):
    home = await (await make_home()).online()
    for address in ("bob@spam.example.org", "bob@ham.example.org"):
        await home.call(ROSTER, "set", address, "", [], {})
        await home.until(lambda address=address: contact(home, address))
    await block(home, "Spam.Example.org")
    assert (await contact(home, "bob@spam.example.org")).more == {"blocked": True}
    assert (await contact(home, "bob@ham.example.org")).more == {}
    with pytest.raises(NotAllowed, match=r"spam\.example\.org"):
        await home.send("bob@spam.example.org", "hello")


async def test_nothing_is_sent_to_who_is_blocked(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    peer.chat(home.jid, "look", id="m1")
    shown = await home.until_message(peer.jid, "look")
    ours = await home.send(peer.jid, "where?")
    await home.until_message(peer.jid, "where?", "sent", "delivered")
    await block(home, peer.jid)
    for member, *args in (
        ("send", peer.jid, "hello"),
        ("react", shown.id, ["👍"]),
        ("correct", ours, "Where?"),
        ("retract", ours),
        ("attention", peer.jid),
    ):
        with pytest.raises(NotAllowed, match="unblock"):
            await home.call(names.MESSAGES, member, *args, {})
    assert await home.bodies(peer.jid) == ["look", "where?"]
    assert await home.count("outbox") == 0


async def test_what_waited_for_somebody_who_is_blocked_meanwhile_fails_and_says_why(
    make_home, make_peer
):
    home, peer = await make_home(), await make_peer()
    await home.send(peer.jid, "hello")
    other = await make_peer(home.account, resource="other")
    await other.ask("set", None, BLOCK.format(peer.jid))
    await home.online()
    failed = await home.until_message(peer.jid, "hello", "failed")
    assert failed.error[0] == "NotAllowed"
    assert "you have blocked" in failed.error[1]
    # It says nothing of the address.
    assert [each.word for each in home.inside.warnings] == []


async def test_what_the_archive_has_of_who_is_blocked_is_shown(make_home, make_peer):
    home, peer = await make_home(), await make_peer()
    peer.chat(home.jid, "long ago")
    await peer.sync()
    other = await make_peer(home.account, resource="other", announce=False)
    await other.ask("set", None, BLOCK.format(peer.jid))
    await home.online()
    await home.until_message(peer.jid, "long ago")
    assert await blocked(home) == [peer.jid]


async def test_what_can_not_be_blocked_or_unblocked_is_refused(make_home):
    home = await (await make_home()).online()
    for address in (home.jid, home.inside.account_jid.domain):
        with pytest.raises(InvalidArgument):
            await block(home, address)
    with pytest.raises(UnknownItem):
        await home.call(ROSTER, "unblock", "nobody@example.org", {})
    assert await blocked(home) == []


async def test_a_server_that_blocks_nobody_says_so(make_home, tmp_path):
    async with Partial(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        with pytest.raises(NotSupported, match="can't block"):
            await block(home, PEER)
        assert await blocked(home) == []


@pytest.mark.parametrize("reason", ["spam", "abuse"])
async def test_a_report_goes_with_the_block(make_home, tmp_path, reason):
    async with Partial(tmp_path / "server") as server:
        server.server_can = ("urn:xmpp:blocking", "urn:xmpp:reporting:1")
        home = await (await make_home("user", server=server)).online()
        await block(home, PEER, report=reason)
        asked = next(iq for _, iq in reversed(server.asked) if iq[0].tag.endswith("}block"))
        (item,) = asked[0]
        assert item.get("jid") == PEER
        assert item.find("{urn:xmpp:reporting:1}report").get("reason") == (
            f"urn:xmpp:reporting:{reason}"
        )


async def test_a_server_that_takes_no_reports_says_so_and_blocks_nobody(make_home, tmp_path):
    async with Partial(tmp_path / "server") as server:
        server.server_can = ("urn:xmpp:blocking",)
        home = await (await make_home("user", server=server)).online()
        with pytest.raises(NotSupported, match="report"):
            await block(home, PEER, report="spam")
        assert await blocked(home) == []
        with pytest.raises(InvalidArgument):
            await block(home, PEER, report="boredom")


@pytest.mark.parametrize("payload", [BLOCK.format(PEER), UNBLOCK.format("")])
async def test_a_change_of_who_is_blocked_that_others_send_is_refused(make_home, tmp_path, payload):
    async with Partial(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        await home.inside.store.write(
            lambda ledger: ledger.db.execute(
                "INSERT INTO blocked (profile, jid) VALUES (?, 'foe@example.org')",
                (ledger.profile_id,),
            )
        )
        for sender in (f"{PEER}/x", "other.example.org"):
            server.client.send(f"<iq type='set' id='p' from='{sender}'>{payload}</iq>")
        server.client.send(f"<iq type='set' id='empty'>{BLOCK.format('')}</iq>")
        await server.until(lambda: answer(server, "empty") is not None)
        assert answer(server, "p").get("type") == "error"
        assert await blocked(home) == ["foe@example.org"]


def answer(server, stanza_id):
    return next((e for e in server.client.elements if e.get("id") == stanza_id), None)


async def test_a_list_of_thousands_is_taken_whole(make_home, tmp_path):
    items = "".join(f"<item jid='u{number}@spam.example.org'/>" for number in range(5000))
    async with Partial(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        server.client.send(
            f"<iq type='set' id='push'><block xmlns='urn:xmpp:blocking'>{items}</block></iq>"
        )
        await server.until(lambda: answer(server, "push") is not None)
        assert len(await blocked(home)) == 5000
        (told,) = home.hub.of(BlockedChanged)
        assert len(told.jids) == 5000


def test_which_entries_block_an_address():
    assert blocks(jid.parse("bob@example.org/x")) == (
        "bob@example.org/x",
        "bob@example.org",
        "example.org/x",
        "example.org",
    )
    assert blocks(jid.parse("example.org")) == ("example.org",)


async def test_a_server_with_thousands_of_contacts_is_blocked_at_once(make_home, tmp_path):
    domain = "crowd.example.org"
    items = "".join(f"<item jid='u{number}@{domain}'/>" for number in range(5000))
    async with Partial(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        roster = f"<query xmlns='{xml.ROSTER}'>{items}</query>"
        server.client.send(f"<iq type='set' id='roster'>{roster}</iq>")
        server.client.send(f"<iq type='set' id='block'>{BLOCK.format(domain)}</iq>")
        await server.until(lambda: answer(server, "block") is not None)
        contacts = await home.call(ROSTER, "list", {})
        assert sum(1 for each in contacts if each.more.get("blocked")) == 5000
        server.client.send(f"<iq type='set' id='end'>{UNBLOCK.format('')}</iq>")
        await server.until(lambda: answer(server, "end") is not None)
        assert not any(each.more for each in await home.call(ROSTER, "list", {}))
