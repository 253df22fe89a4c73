"""The roster: as the server has it, on each stream, and in the process after this one."""

from dataclasses import replace

import pytest

from backendd.api import names
from backendd.api.errors import NotConnected, ProfileLocked, UnknownContact
from backendd.core import xml
from backendd.core.contacts import ContactsChanged, RequestsChanged
from backendd.features.roster.store import MOST
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_messages import frontend
from tests.features.test_receipts import befriended

__all__ = ["frontend"]

ROSTER = names.ROSTER


async def contact(home, jid):
    found = await home.call(ROSTER, "list", {})
    return next((each for each in found if each.jid == jid), None)


async def test_setting_and_removing_a_contact_come_back_as_pushes(make_home):
    home = await (await make_home()).online()
    await home.call(ROSTER, "set", "Bob@X.localhost", "Bob\u202e", ["b", "a", ""], {})
    await home.until(lambda: contact(home, "bob@x.localhost"))
    bob = await contact(home, "bob@x.localhost")
    assert (bob.name, bob.groups, bob.subscription, bob.ask) == ("Bob", ["a", "b"], "none", False)
    await home.call(ROSTER, "remove", "bob@x.localhost", {})
    await home.until(lambda: home.hub.of(ContactsChanged)[-1].gone == ["bob@x.localhost"])
    with pytest.raises(UnknownContact):
        await home.call(ROSTER, "remove", "bob@x.localhost", {})


async def test_setting_a_contact_as_it_is_listed_changes_nothing_on_the_server(
    make_home, make_peer
):
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    item = (
        "<item jid='bob@x.localhost' name=' Bob  the&#10;Builder&#x202e;'>"
        "<group>a  b </group><group>a b</group><group>&#160;</group>"
        "<group>c&#13;&#9;d</group></item>"
    )
    await other.ask("set", None, f"<query xmlns='jabber:iq:roster'>{item}</query>")
    bob = await home.until(lambda: contact(home, "bob@x.localhost"))
    assert (bob.name, bob.groups) == ("Bob the Builder", ["a b", "c d"])
    before = await on_the_server(other, bob.jid)
    await home.call(ROSTER, "set", bob.jid, bob.name, bob.groups, {})
    assert await on_the_server(other, bob.jid) == before
    await home.call(ROSTER, "set", bob.jid, "Bobby", ["a b", "new  one"], {})
    assert await on_the_server(other, bob.jid) == ("Bobby", {"a  b ", "a b", "\xa0", "new one"})


async def on_the_server(peer, jid):
    """Return the name and the groups that the server has for a contact."""
    answer = await peer.ask("get", None, "<query xmlns='jabber:iq:roster'/>")
    entry = next(each for each in answer.iter() if each.get("jid") == jid)
    return entry.get("name"), {group.text for group in entry}


async def test_what_changed_while_away_is_known_after_connecting(make_home, make_peer):
    home = await (await make_home()).online()
    for who in ("stays", "goes"):
        await home.call(ROSTER, "set", f"{who}@x.localhost", who, [], {})
        await home.until(lambda who=who: contact(home, f"{who}@x.localhost"))
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await home.call(ROSTER, "set", "bob@x.localhost", "", [], {})
    other = await make_peer(home.account, resource="other")
    for item in ("jid='goes@x.localhost' subscription='remove'", "jid='new@x.localhost' name='n'"):
        await other.ask("set", None, f"<query xmlns='jabber:iq:roster'><item {item}/></query>")
    await home.online()
    assert [c.jid for c in await home.call(ROSTER, "list", {})] == [
        "new@x.localhost",
        "stays@x.localhost",
    ]


async def test_a_request_is_told_answered_and_gone(make_home, make_peer):
    home = await (await make_home()).online()
    peer, other = await make_peer(), await make_peer()
    peer.write(
        f"<presence to='{home.jid}' type='subscribe'><status>it\u202e is me</status></presence>"
    )
    other.write(f"<presence to='{home.jid}' type='subscribe'/>")

    async def both():
        return len(await home.call(ROSTER, "requests", {})) == 2

    await home.until(both)
    assert home.hub.of(RequestsChanged)
    requests = {each.jid: each for each in await home.call(ROSTER, "requests", {})}
    assert requests.keys() == {peer.jid, other.jid}
    assert requests[peer.jid].time
    await home.call(ROSTER, "approve", peer.jid, {})
    await home.call(ROSTER, "deny", other.jid, {})
    assert await home.call(ROSTER, "requests", {}) == []
    await peer.until(lambda: any(s.get("type") == "subscribed" for s in peer.stanzas))
    await other.until(lambda: any(s.get("type") == "unsubscribed" for s in other.stanzas))

    async def sees_us():
        known = await contact(home, peer.jid)
        return known and known.subscription == "from"

    await home.until(sees_us)


async def asked_by(home, *peers):
    """Return once each of `peers` has asked, and the request is stored."""
    for peer in peers:
        peer.write(f"<presence to='{home.jid}' type='subscribe'/>")

    async def are_there():
        return {each.jid for each in await open_requests(home)} == {peer.jid for peer in peers}

    await home.until(are_there)


async def open_requests(home):
    return await home.call(ROSTER, "requests", {})


async def test_a_new_session_begins_with_the_requests_that_the_server_repeats(make_home, make_peer):
    home = await (await make_home()).online()
    stays, goes, comes = await make_peer(), await make_peer(), await make_peer()
    await asked_by(home, stays, goes)
    times = {each.jid: each.time for each in await open_requests(home)}
    await home.session.disconnect()
    other = await make_peer(home.account, resource="other")
    other.write(f"<presence to='{goes.jid}' type='unsubscribed'/>")
    await other.sync()
    await other.close()
    comes.write(f"<presence to='{home.jid}' type='subscribe'/>")
    await comes.sync()
    home.hub.events.clear()
    await home.online()
    await home.until(lambda: any(event.gone for event in home.hub.of(RequestsChanged)))
    assert {each.jid for each in await open_requests(home)} == {stays.jid, comes.jid}
    told = [(each.jid for each in event.requests) for event in home.hub.of(RequestsChanged)]
    assert [jid for jids in told for jid in jids] == [comes.jid]
    assert [jid for event in home.hub.of(RequestsChanged) for jid in event.gone] == [goes.jid]
    assert next(e.time for e in await open_requests(home) if e.jid == stays.jid) == times[stays.jid]


async def test_a_repeated_request_stays_where_there_is_no_room_for_more(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    await asked_by(home, peer)
    for number in range(1, MOST):
        await home.execute(
            "INSERT INTO request (profile, jid, text, time) VALUES (?, ?, '', 1)",
            home.inside.profile.id,
            f"{number}@x.localhost",
        )
    await home.session.disconnect()
    await home.online()
    await home.until(lambda: any(event.gone for event in home.hub.of(RequestsChanged)))
    assert [each.jid for each in await open_requests(home)] == [peer.jid]


async def test_a_request_outlives_a_resumption_for_then_nothing_is_repeated(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    await asked_by(home, peer)
    sm_id = home.inside.stream.sm_id
    await home.crash()
    await home.come_back()
    await home.online()
    assert home.inside.stream.sm_id == sm_id
    # Whatever was asked of the server because of the new connection is answered before this.
    await home.inside.stream.request(
        "get", home.inside.account_jid.domain, xml.element("urn:xmpp:ping", "ping")
    )
    assert [each.jid for each in await open_requests(home)] == [peer.jid]


def elsewhere(home):
    return [each.subject for each in home.inside.warnings if each.word == "settled-elsewhere"]


@pytest.mark.parametrize("answer", ["approve", "deny"])
async def test_a_request_that_is_answered_here_is_not_told_as_settled_elsewhere(
    make_home, make_peer, answer
):
    home = await (await make_home()).online()
    peer, stranger = await make_peer(), await make_peer()
    await asked_by(home, peer, stranger)
    await home.call(ROSTER, answer, peer.jid, {})
    await home.call(ROSTER, "subscribe", stranger.jid, {})
    await home.until(lambda: subscription(home, stranger, "from"))
    await home.until(lambda: gone(home) == {peer.jid, stranger.jid})
    assert elsewhere(home) == []


async def test_a_request_settled_on_another_client_is_told_until_they_ask_again(
    make_home, make_peer
):
    home = await (await make_home()).online()
    peer = await make_peer()
    await asked_by(home, peer)
    other = await make_peer(home.account, resource="other")
    other.write(f"<presence to='{peer.jid}' type='subscribed'/>")
    await home.until(lambda: gone(home) == {peer.jid})
    assert elsewhere(home) == [peer.jid]
    other.write(f"<presence to='{peer.jid}' type='unsubscribed'/>")
    await peer.until(lambda: "unsubscribed" in presence_types(peer))
    await asked_by(home, peer)
    assert elsewhere(home) == []


async def test_a_request_that_comes_together_with_its_answer_elsewhere_is_not_open(
    make_home, tmp_path
):
    async with Partial(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        server.client.send(
            f"<presence from='{PEER}' type='subscribe'/><iq type='set' id='push'>"
            f"<query xmlns='{xml.ROSTER}'><item jid='{PEER}' subscription='from'/></query></iq>"
        )
        await server.until(lambda: any(e.get("id") == "push" for e in server.client.elements))
        assert (await contact(home, PEER)).subscription == "from"
        assert await open_requests(home) == []


async def test_a_request_settled_while_we_were_away_is_told(make_home, make_peer):
    home = await (await make_home()).online()
    approved, denied = await make_peer(), await make_peer()
    await asked_by(home, approved, denied)
    await home.session.disconnect()
    other = await make_peer(home.account, resource="other")
    other.write(f"<presence to='{approved.jid}' type='subscribed'/>")
    other.write(f"<presence to='{denied.jid}' type='unsubscribed'/>")
    await other.sync()
    await other.close()
    await home.online()
    await home.until(lambda: gone(home) == {approved.jid, denied.jid})
    assert set(elsewhere(home)) == {approved.jid, denied.jid}


def gone(home):
    return {jid for event in home.hub.of(RequestsChanged) for jid in event.gone}


async def asked_and_accepted(home, peer):
    """Have `peer` let the home see its presence."""
    await home.call(ROSTER, "subscribe", peer.jid, {})
    await peer.until(lambda: presence_types(peer).count("subscribe") == 1)
    peer.write(f"<presence to='{home.jid}' type='subscribed'/>")
    await home.until(lambda: subscription(home, peer, "to"))


async def subscription(home, peer, wanted):
    known = await contact(home, peer.jid)
    return known is not None and known.subscription == wanted


def presence_types(peer):
    return [stanza.get("type") for stanza in peer.stanzas if stanza.tag == xml.PRESENCE]


async def test_whom_we_asked_may_see_us_when_they_ask_back(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    await asked_and_accepted(home, peer)
    peer.write(f"<presence to='{home.jid}' type='subscribe'/>")
    await home.until(lambda: subscription(home, peer, "both"))
    await peer.until(lambda: "subscribed" in presence_types(peer))
    assert home.hub.of(RequestsChanged) == []


@pytest.mark.every_server
async def test_who_asked_first_may_see_us_when_we_ask_back(make_home, make_peer):
    home = await (await make_home()).online()
    peer, stranger = await make_peer(), await make_peer()
    await asked_by(home, peer, stranger)
    await home.call(ROSTER, "subscribe", peer.jid, {})
    await home.until(lambda: subscription(home, peer, "from"))
    assert [each.jid for each in await open_requests(home)] == [stranger.jid]


@pytest.mark.every_server(but=["ejabberd"])  # it ends both directions at once
@pytest.mark.parametrize("where", ["here", "elsewhere"])
async def test_who_was_let_see_us_no_more_is_asked_about_again(make_home, make_peer, where):
    home = await (await make_home()).online()
    peer = await make_peer()
    await asked_and_accepted(home, peer)
    peer.write(f"<presence to='{home.jid}' type='subscribe'/>")
    await home.until(lambda: subscription(home, peer, "both"))
    if where == "here":
        await home.call(ROSTER, "deny", peer.jid, {})
    else:
        other = await make_peer(home.account, resource="other")
        other.write(f"<presence to='{peer.jid}' type='unsubscribed'/>")
    await home.until(lambda: subscription(home, peer, "to"))
    await asked_by(home, peer)
    assert await subscription(home, peer, "to")
    await home.call(ROSTER, "subscribe", peer.jid, {})
    peer.write(f"<presence to='{home.jid}' type='subscribe'/>")
    await home.until(lambda: subscription(home, peer, "both"))


@pytest.mark.every_server(but=["prosody"])  # it ends one direction alone, and says who is gone
async def test_whom_we_may_see_no_more_is_not_told_to_be_there(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.until(lambda: shows(home, peer, "online"))
    await home.call(ROSTER, "deny", peer.jid, {})
    await home.until(lambda: subscription(home, peer, "none"))
    assert await shows(home, peer, "")


@pytest.mark.every_server
async def test_presence_is_that_of_the_most_willing_client(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.until(lambda: shows(home, peer, "online"))
    peer.write("<presence><show>away</show><status>tea</status></presence>")
    await home.until(lambda: shows(home, peer, "away"))
    assert (await contact(home, peer.jid)).status == "tea"
    second = await make_peer(peer.jid.split("@")[0], resource="two  spaces")
    await home.until(lambda: shows(home, peer, "online"))
    assert len((await contact(home, peer.jid)).resources) == 2
    await second.close()
    await home.until(lambda: shows(home, peer, "away"))
    await peer.close()
    await home.until(lambda: shows(home, peer, ""))


async def shows(home, peer, show):
    return (await contact(home, peer.jid)).show == show


async def test_a_new_process_that_resumes_still_knows_who_is_there(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.until(lambda: shows(home, peer, "online"))
    sm_id = home.inside.stream.sm_id
    await home.crash()
    await home.come_back()
    assert await shows(home, peer, "online")
    await home.online()
    assert home.inside.stream.sm_id == sm_id
    assert await shows(home, peer, "online")


async def test_when_the_stream_ends_nobody_is_known_to_be_there(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.until(lambda: shows(home, peer, "online"))
    await home.session.disconnect()
    assert await shows(home, peer, "")


async def test_presence_of_strangers_and_of_our_own_clients_changes_no_contact(
    make_home, make_peer
):
    home, peer = await befriended(make_home, make_peer)
    await home.until(lambda: shows(home, peer, "online"))
    home.hub.events.clear()
    stranger = await make_peer()
    stranger.write(f"<presence to='{home.inside.stream.full_jid}'/>")
    await make_peer(home.account, resource="other")
    stranger.chat(home.jid, "hello")
    await home.until_message(stranger.jid, "hello")
    assert home.hub.of(ContactsChanged) == []
    assert await home.count(f"presence WHERE jid = '{stranger.jid}'") == 0


@pytest.mark.every_server
async def test_our_other_clients_are_told_and_never_this_one(make_home, make_peer):
    home = await (await make_home()).online()

    async def told(*names):
        found = await home.call(ROSTER, "resources", {})
        return sorted((each.resource, each.show) for each in found) == sorted(names)

    assert await told()
    phone = await make_peer(home.account, resource="phone")
    await home.until(lambda: told(("phone", "online")))
    desk = await make_peer(home.account, resource="desk")
    desk.write("<presence><show>away</show></presence>")
    await home.until(lambda: told(("phone", "online"), ("desk", "away")))
    sm_id = home.inside.stream.sm_id
    await home.crash()
    await home.come_back()
    await home.online()
    assert home.inside.stream.sm_id == sm_id
    assert await told(("phone", "online"), ("desk", "away"))
    await phone.close()
    await home.until(lambda: told(("desk", "away")))
    await home.session.disconnect()
    assert await told()


async def test_our_presence_is_told_again_when_it_changed_while_the_link_was_down(
    make_home, make_peer
):
    home, peer = await befriended(make_home, make_peer)
    await peer.until(lambda: "online" in peer.shows_of(home.jid))
    home.inside.profile = replace(home.inside.profile, show="dnd")
    sm_id = home.inside.stream.sm_id
    home.cut()
    await peer.until(lambda: "dnd" in peer.shows_of(home.jid))
    assert home.inside.stream.sm_id == sm_id


async def test_a_locked_profile_shows_no_contacts(make_home):
    home = await make_home()
    await home.session.lock()
    for member, args in (("list", ()), ("requests", ()), ("approve", ("a@x",))):
        with pytest.raises(ProfileLocked):
            await home.call(ROSTER, member, *args, {})


async def test_callers_hear_of_our_other_clients(frontend, make_peer, prosody):
    await frontend.call(names.PROFILE, "Connect")
    account = (await frontend.get("Jid")).partition("@")[0]

    def told():
        return [
            [each["resource"] for each in clients] for (clients,) in frontend.of("ResourcesChanged")
        ]

    phone = await make_peer(account, server=prosody, resource="phone")
    await frontend.until(lambda: told()[-1:] == [["phone"]])
    assert [each["resource"] for each in await frontend.call(ROSTER, "Resources")] == ["phone"]
    await phone.close()
    await frontend.until(lambda: told()[-1:] == [[]])
