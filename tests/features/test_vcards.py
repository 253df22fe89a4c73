"""vCards: read in both kinds, changed in those that the server keeps."""

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, UnknownItem
from backendd.api.records import VCard
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_receipts import befriended

SERVICES = names.SERVICES
OLD = "<vCard xmlns='vcard-temp'>{}</vCard>"
NEW = (
    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:vcard4'>"
    "<item id='current'><vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>{}</vcard></item>"
    "</publish></pubsub>"
)
JULIET = (
    "<FN>Juliet&#x202e; Capulet</FN><N><FAMILY>Capulet</FAMILY><GIVEN>Juliet</GIVEN></N>"
    "<NICKNAME>Jule</NICKNAME><EMAIL><INTERNET/><USERID>juliet@example.org</USERID></EMAIL>"
    "<TEL><HOME/><NUMBER>+39 045</NUMBER></TEL><JABBERID>juliet@example.org</JABBERID>"
    "<ORG><ORGNAME>Capulets</ORGNAME></ORG><BDAY>1984-01-01</BDAY>"
    "<ADR><STREET>Via Cappello</STREET><LOCALITY>Verona</LOCALITY></ADR><DESC>in\nlove</DESC>"
)


async def vcard(home, whom=""):
    return await home.call(SERVICES, "v_card", whom, {})


async def change(home, **keys):
    await home.call(SERVICES, "set_v_card", keys, {})


@pytest.mark.every_server
async def test_what_somebody_says_of_themselves_is_read_from_an_old_vcard(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    with pytest.raises(UnknownItem, match="no vCard"):
        await vcard(home, peer.jid)
    await peer.ask("set", None, OLD.format(JULIET))
    assert await vcard(home, peer.jid) == VCard(
        fn="Juliet Capulet",
        n=["Capulet", "Juliet", "", "", ""],
        nickname=["Jule"],
        bday="1984-01-01",
        email=["juliet@example.org"],
        tel=["+39 045"],
        impp=["xmpp:juliet@example.org"],
        org="Capulets",
        adr=["Via Cappello, Verona"],
        note="in\nlove",
    )


@pytest.mark.every_server
async def test_what_a_new_vcard_says_goes_before_the_old_one(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await peer.ask("set", None, OLD.format("<FN>Old</FN><URL>https://old.example.org</URL>"))
    new = (
        "<fn><text>New</text></fn><tel><parameters><type><text>home</text></type></parameters>"
        "<uri>tel:+1</uri></tel><tel><uri>tel:+1</uri></tel>"
        "<adr><street>Main Street</street><code>1</code></adr>"
    )
    await peer.ask("set", None, NEW.format(new))
    found = await vcard(home, peer.jid)
    assert (found.fn, found.tel, found.adr) == ("New", ["+1"], ["Main Street, 1"])


@pytest.mark.every_server
async def test_what_is_changed_of_ours_is_read_back_and_the_rest_stays(make_home, make_peer):
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    await other.ask(
        "set", None, OLD.format("<FN>Me</FN><URL>https://example.org</URL><TITLE>Duke</TITLE>")
    )
    await change(home, n=["Doe", "Jo", "", "", ""], email=["a@b.example", "c@d.example"], title="")
    ours = await vcard(home)
    assert (ours.fn, ours.n[:2], ours.title) == ("Me", ["Doe", "Jo"], "")
    assert ours.email == ["a@b.example", "c@d.example"]
    assert ours.url == ["https://example.org"]
    assert await vcard(home, home.jid) == ours


@pytest.mark.parametrize(
    "keys",
    [
        {"shoe_size": "44"},
        {"fn": ["a", "b"]},
        {"email": "one@example.org"},
        {"n": ["only one"]},
        {"note": "x" * 2001},
        {"tel": ["1"] * 51},
    ],
)
async def test_what_is_no_vcard_is_refused(make_home, keys):
    home = await (await make_home()).online()
    with pytest.raises(InvalidArgument):
        await change(home, **keys)


async def test_a_vcard_of_a_megabyte_is_cut(make_home, tmp_path):
    async with Partial(tmp_path / "server") as server:
        home = await (await make_home("user", server=server)).online()
        huge = f"<FN>{'x' * 500_000}</FN>" + "<URL>https://example.org</URL>" * 10_000
        server.pubsub = lambda _: None
        server.clients_can[""] = OLD.format(huge)
        found = await vcard(home, PEER)
        assert len(found.fn) == 2000
        assert found.url == ["https://example.org"]
