"""Addresses that the rules refuse, but servers deliver: kept, shown, written to and removed."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidJid
from backendd.core import xml
from backendd.core.contacts import ContactsChanged
from tests.backendd.session.home import Harness, at_home
from tests.backendd.xmpp.scripted import DOMAIN, Script, Scripted

HEART = "i\u2764u"
# A letter of Unicode 15: this Python's tables end before it.
NEW_LETTER = "\U00011f02"
ROSTER = names.ROSTER


class Lawless(Scripted):
    """A scripted server as the one a home is at; whatever is asked of it succeeds."""

    def __init__(self, directory):
        super().__init__(directory, Script(answers=False))

    @property
    def ca_file(self):
        return self.authority.ca_file

    def jid(self, account):
        return f"{account}@{DOMAIN}"

    def password(self, account):
        return "secret"

    def _stanza(self, client, element):
        super()._stanza(client, element)
        if element.tag == xml.IQ and element.get("type") in ("get", "set"):
            sender = f"from='{element.get('to')}'" if element.get("to") else ""
            client.send(f"<iq type='result' id='{element.get('id')}' {sender}/>")


async def contact(home, jid):
    found = await home.call(ROSTER, "list", {})
    return next((each for each in found if each.jid == jid), None)


@pytest.fixture
async def admirer(prosody, make_peer):
    """Somebody whose name the rules of today refuse."""
    prosody.add_account(HEART)
    return await make_peer(HEART)


async def test_what_the_server_delivers_is_kept_whoever_sent_it(make_home, admirer):
    home = await (await make_home()).online()
    admirer.chat(home.jid, "live", id="l1")
    await home.until_bodies(admirer.jid, ["live"])
    await home.session.disconnect()
    admirer.chat(home.jid, "archived", id="l2")
    await admirer.sync()
    await home.online()
    await home.until_bodies(admirer.jid, ["live", "archived"])


async def test_copies_of_what_goes_to_such_an_address_are_kept(make_home, make_peer, admirer):
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    other.chat(admirer.jid, "from my phone", id="c1")
    message = await home.until_message(admirer.jid, "from my phone", "sent")
    assert message.direction == "out"
    admirer.chat(other.stream.full_jid, "to my phone", id="c2")
    await home.until_bodies(admirer.jid, ["from my phone", "to my phone"])


async def test_who_has_written_can_be_answered_and_a_stranger_must_be_valid(make_home, admirer):
    home = await (await make_home()).online()
    with pytest.raises(InvalidJid):
        await home.send(admirer.jid, "unasked")
    admirer.chat(home.jid, "hello", id="h1")
    await home.until_bodies(admirer.jid, ["hello"])
    await home.call(names.MESSAGES, "open", admirer.jid, {})
    await home.send(f"{HEART}@X.Localhost", "hello yourself")
    await admirer.until(lambda: admirer.bodies() == ["hello yourself"])
    assert await home.page(admirer.jid) == (["hello", "hello yourself"], "server", False)


@pytest.mark.parametrize("resource", ["\U0001f468\u200d\U0001f4bb", NEW_LETTER])
async def test_a_client_may_be_called_anything(make_home, make_peer, resource):
    peer = await make_peer(resource=resource)
    home = await make_home()
    own = await make_peer(home.account, resource="own")
    await peer.befriend(own)
    await own.close()
    await home.online()
    peer.write("<presence><show>away</show></presence>")

    async def is_away():
        found = await contact(home, peer.jid)
        return found is not None and [each.show for each in found.resources] == ["away"]

    await home.until(is_away)
    peer.chat(home.jid, "hello", id="h1", more="<request xmlns='urn:xmpp:receipts'/>")
    await home.until_bodies(peer.jid, ["hello"])
    await peer.until(lambda: any(each.find("{urn:xmpp:receipts}received") is not None
                                 for each in peer.messages()))  # fmt: skip
    peer.write("<presence type='unavailable'/>")

    async def is_gone():
        return not (await contact(home, peer.jid)).resources

    await home.until(is_gone)


async def test_a_contact_that_the_rules_refuse_is_shown_changed_and_removed(make_home, make_peer):
    home = await (await make_home()).online()
    other, odd = await make_peer(home.account, resource="other"), f"{HEART}@x.localhost"
    await other.ask(
        "set", None, f"<query xmlns='jabber:iq:roster'><item jid='{odd}' name='odd'/></query>"
    )
    await home.until(lambda: contact(home, odd))
    await home.call(ROSTER, "set", odd, "odder", ["some"], {})
    await home.until(lambda: home.hub.of(ContactsChanged)[-1].contacts[0].name == "odder")
    await home.call(ROSTER, "remove", odd, {})
    await home.until(lambda: home.hub.of(ContactsChanged)[-1].gone == [odd])
    answer = await other.ask("get", None, "<query xmlns='jabber:iq:roster'/>")
    assert list(answer[0]) == []
    with pytest.raises(InvalidJid):
        await home.call(ROSTER, "remove", odd, {})


# -- what no Prosody would do


@pytest.fixture
async def anarchy(tmp_path):
    """A home on a server that knows no rules for addresses."""
    (tmp_path / "home").mkdir()
    async with Lawless(tmp_path) as server:
        home = await Harness(tmp_path / "home", server, "user").open()
        async with at_home(home):
            yield await home.online(), server


PEERS = {
    "bob@s.localhost/": "bob@s.localhost",
    "@s.localhost": "@s.localhost",
    "two words@S.localhost/x": "two words@s.localhost",
    "a@b@c/x": "a@b@c",
    f"Bob@s.localhost/{'x' * 2000}": "bob@s.localhost",
    "bob@s.localhost/\u202e": "bob@s.localhost",
}


@pytest.mark.parametrize("sender", PEERS)
async def test_a_message_is_not_lost_for_its_address(anarchy, sender):
    home, server = anarchy
    server.client.send(f"<message from='{sender}' type='chat'><body>hello</body></message>")
    await home.until_bodies(PEERS[sender], ["hello"])
    await home.send(PEERS[sender], "hello yourself")
    await server.until(lambda: server.messages == ["hello yourself"])
    [answer] = [each for each in server.client.elements if each.tag == xml.MESSAGE]
    assert answer.get("to") == PEERS[sender]


@pytest.mark.parametrize("sender", PEERS)
async def test_who_asks_to_see_us_from_such_an_address_is_answered_and_asked_back(anarchy, sender):
    home, server = anarchy
    server.client.send(f"<presence from='{sender}' type='subscribe'/>")
    requests = await home.until(lambda: home.call(ROSTER, "requests", {}))
    assert [request.jid for request in requests] == [PEERS[sender]]
    await home.call(ROSTER, "approve", PEERS[sender], {})
    # The server has yet to say that this is a contact now.
    await home.call(ROSTER, "subscribe", PEERS[sender], {})
    answers = [(PEERS[sender], "subscribed"), (PEERS[sender], "subscribe")]
    # What else is said on the stream, such as a question for a sign of life, may come between.
    await server.until(
        lambda: (
            [
                (each.get("to"), each.get("type"))
                for each in server.client.elements
                if each.tag == xml.PRESENCE and each.get("to")
            ]
            == answers
        )
    )
    assert await home.call(ROSTER, "requests", {}) == []


@pytest.mark.parametrize("address", ["two words@x", "gateway.x/registered", "Bob@X", "@x", "a@b@c"])
async def test_what_came_as_a_contact_goes_back_as_it_came(anarchy, address):
    home, server = anarchy
    server.client.send(
        "<iq type='set' id='push'><query xmlns='jabber:iq:roster'>"
        f"<item jid='{address}' subscription='both'/></query></iq>"
    )
    [contact] = await home.until(lambda: home.call(ROSTER, "list", {}))
    for member, arguments in (("set", ("new name", [])), ("remove", ())):
        await home.call(ROSTER, member, contact.jid, *arguments, {})
        sent = [
            item
            for each in server.client.elements
            if each.tag == xml.IQ and each.get("type") == "set"
            for item in each.iter("{jabber:iq:roster}item")
        ]
        assert sent[-1].get("jid") == address


async def test_what_is_from_nobody_is_told(anarchy):
    home, server = anarchy
    long = "x" * 3000
    query = f"<query xmlns='jabber:iq:roster'><item jid='{long}'/></query>"
    server.client.send(
        f"<message from='{long}' type='chat'><body>lost</body></message>"
        f"<iq type='set' id='push'>{query}</iq>"
        "<message from='bob@x' type='chat'><body>hello</body></message>"
    )
    await home.until_bodies("bob@x", ["hello"])
    await home.until(lambda: len(list(home.inside.warnings)) == 2)
    assert {each.word for each in home.inside.warnings} == {"dropped"}
    assert await home.call(ROSTER, "list", {}) == []


async def test_where_it_cannot_be_answered_the_message_says_so(anarchy):
    home, server = anarchy
    server.client.send("<message from='two words@x' type='chat'><body>hello</body></message>")
    await home.until_bodies("two words@x", ["hello"])
    await home.send("two words@x", "hello yourself")
    await server.until(lambda: server.messages == ["hello yourself"])
    [answer] = [each for each in server.client.elements if each.tag == xml.MESSAGE]
    server.client.send(
        f"<message from='two words@x' type='error' id='{answer.get('id')}'><error type='modify'>"
        "<jid-malformed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
    )
    message = await home.until_message("two words@x", "hello yourself", "failed")
    assert message.error[0] == "InvalidJid"
