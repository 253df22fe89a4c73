"""Services and clients: what they are, have and say of themselves, asked for callers."""

import pytest

from backendd.api import names
from backendd.api.errors import (
    InvalidArgument,
    InvalidJid,
    NotSupported,
    ServerError,
    UnknownItem,
)
from backendd.core import disco, xml
from backendd.features.services import stanza
from backendd.xmpp.faults import StanzaError

INFO, ITEMS = f"{{{disco.INFO}}}query", f"{{{disco.ITEMS}}}query"


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
def ask(home):
    async def ask(member, *args):
        return await home.call(names.SERVICES, member, *args)

    return ask


@pytest.fixture
async def service(home, make_peer):
    """Somebody who answers what they are told to, and at which address."""
    peer = await make_peer()

    def answer(tag, payload):
        async def give(iq):
            made = payload(iq[0]) if callable(payload) else payload
            if isinstance(made, Exception):
                raise made
            return made

        peer.stream.on_request("get", tag, give)

    return peer.stream.full_jid, answer


@pytest.mark.every_server
async def test_a_server_says_what_it_is_and_has(home, ask):
    info = await ask("info", "", "")
    assert ("server", "im") in [(each.category, each.type) for each in info.identities]
    assert disco.INFO in info.features
    items, page = await ask("items", "", "")
    domain = home.jid.partition("@")[2]
    assert f"conference.{domain}" in [each.jid for each in items]
    assert page["next"] == ""
    assert await ask("ping", "") > 0
    assert (await ask("software_version", "")).version
    assert (await ask("last_activity", "")).time > 0


@pytest.mark.every_server
async def test_what_is_not_there_is_an_error_of_its_own(home, ask):
    domain = home.jid.partition("@")[2]
    with pytest.raises((UnknownItem, NotSupported)):
        await ask("info", f"nowhere@conference.{domain}", "")
    with pytest.raises(InvalidJid):
        await ask("info", "@@", "")


async def test_whoever_runs_a_server_can_be_found(service, ask):
    address, answer = service
    said = disco.ask_info()
    field = xml.element(
        "jabber:x:data",
        "field",
        {"var": "abuse-addresses", "type": "list-multi"},
        [xml.element("jabber:x:data", "value", text="mailto:abuse@example.org")],
    )
    kind = xml.element(
        "jabber:x:data",
        "field",
        {"var": "FORM_TYPE", "type": "hidden"},
        [xml.element("jabber:x:data", "value", text="http://jabber.org/network/serverinfo")],
    )
    said.append(xml.element("jabber:x:data", "x", {"type": "result"}, [kind, field]))
    answer(INFO, said)
    (form,) = (await ask("info", address, "")).forms
    assert form.id == "http://jabber.org/network/serverinfo"
    assert {each.var: each.values for each in form.fields}["abuse-addresses"] == [
        "mailto:abuse@example.org"
    ]


def page_of(query, found, *, last=None):
    """Return an answer with the page that is asked for."""
    wanted = xml.child(query, xml.RSM, "set")
    after = xml.child_text(wanted, xml.RSM, "after")
    start = found.index(after) + 1 if after else 0
    names = found[start : start + int(xml.child_text(wanted, xml.RSM, "max"))]
    items = [xml.element(disco.ITEMS, "item", {"jid": f"{each}@x.localhost"}) for each in names]
    ends = [
        xml.element(xml.RSM, "first", {"index": str(start)}, text=names[0]),
        xml.element(xml.RSM, "last", text=last or names[-1]),
        xml.element(xml.RSM, "count", text=str(len(found))),
    ]
    items.append(xml.element(xml.RSM, "set", children=ends))
    return xml.element(disco.ITEMS, "query", children=items)


async def test_much_is_had_page_by_page(service, ask):
    address, answer = service
    answer(ITEMS, lambda query: page_of(query, ["a", "b", "c", "d", "e"]))
    found, after = [], ""
    pages = []
    while True:
        items, page = await ask("items", address, "", {"limit": 2, "after": after})
        found += [each.jid.partition("@")[0] for each in items]
        pages.append(len(items))
        after = page["next"]
        if not after:
            break
    assert (found, pages, page["total"]) == (["a", "b", "c", "d", "e"], [2, 2, 1], 5)
    with pytest.raises(InvalidArgument):
        await ask("items", address, "", {"limit": 0})


async def test_a_page_that_leads_back_to_itself_is_the_last(service, ask):
    address, answer = service
    answer(ITEMS, lambda query: page_of(query, ["a", "b", "c", "d", "e"], last="b"))
    _, page = await ask("items", address, "", {"limit": 2})
    assert page["next"] == "b"
    _, page = await ask("items", address, "", {"limit": 2, "after": "b"})
    assert page["next"] == ""


async def test_of_what_comes_without_pages_the_first_thousands_are_read(service, ask):
    address, answer = service
    items = [xml.element(disco.ITEMS, "item", {"jid": f"r{n}@x.localhost"}) for n in range(5_000)]
    answer(ITEMS, xml.element(disco.ITEMS, "query", children=items))
    found, page = await ask("items", address, "")
    assert (len(found), page["next"]) == (disco.MOST, "")


async def test_what_a_client_says_of_itself_is_cleaned(service, ask):
    address, answer = service
    said = [
        xml.element(stanza.VERSION, "name", text="Evil\u202e\n" + "x" * 5000),
        xml.element(stanza.VERSION, "os", text="Plan\u20669"),
    ]
    answer(f"{{{stanza.VERSION}}}query", xml.element(stanza.VERSION, "query", children=said))
    version = await ask("software_version", address)
    assert version.name.startswith("Evil x")
    assert len(version.name) < 1001
    assert (version.version, version.os) == ("", "Plan9")


@pytest.mark.parametrize("seconds", ["", "-5", "soon", "9" * 30, "٣"])
async def test_a_last_activity_that_is_no_time_is_none(service, ask, seconds):
    address, answer = service
    query = xml.element(stanza.LAST, "query", {"seconds": seconds}, text="gone\x85 home")
    answer(f"{{{stanza.LAST}}}query", query)
    last = await ask("last_activity", address)
    assert (last.time, last.status) == (0, "gone home")


@pytest.mark.parametrize(
    ("zone", "offset"), [("-06:30", -23400), ("+14:00", 50400), ("Z", 0), (" +00:00\n", 0)]
)
async def test_the_time_where_somebody_is_is_told_with_how_far_it_is_from_utc(
    service, ask, zone, offset
):
    address, answer = service
    answer(f"{{{stanza.TIME}}}time", said_time(zone, "2006-12-19T17:58:35Z"))
    told = await ask("entity_time", address)
    assert (told.time, told.offset) == (1_166_551_115_000_000, offset)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("+25:00", "2006-12-19T17:58:35Z"),
        ("+01:60", "2006-12-19T17:58:35Z"),
        ("+\u0660\u0661:00", "2006-12-19T17:58:35Z"),
        ("", "2006-12-19T17:58:35Z"),
        ("+01:00", "tea time"),
        ("+01:00", "0001-01-01T00:00:00Z"),
    ],
)
async def test_what_is_no_time_is_said_to_be_none(service, ask, zone, utc):
    address, answer = service
    answer(f"{{{stanza.TIME}}}time", said_time(zone, utc))
    with pytest.raises(ServerError, match="no time"):
        await ask("entity_time", address)


def said_time(zone, utc):
    """Return the answer to who asks what time it is."""
    children = [
        xml.element(stanza.TIME, name, text=text) for name, text in (("tzo", zone), ("utc", utc))
    ]
    return xml.element(stanza.TIME, "time", children=children)


async def test_who_does_not_know_a_ping_has_answered_it(service, ask):
    address, answer = service
    answer(f"{{{stanza.PING}}}ping", StanzaError("feature-not-implemented"))
    assert await ask("ping", address) > 0
    answer(f"{{{stanza.PING}}}ping", StanzaError("service-unavailable"))
    with pytest.raises(NotSupported):
        await ask("ping", address)


async def test_external_services_are_told_without_their_logins(service, ask):
    address, answer = service
    turn = {"type": "turn", "host": "turn.example.org", "port": "3478", "transport": "udp"}
    secret = turn | {"username": "u", "password": "hidden", "restricted": "1"}
    found = [
        xml.element(stanza.EXTERNAL, "service", secret),
        xml.element(stanza.EXTERNAL, "service", {"port": "99999"}),
    ]
    answer(
        f"{{{stanza.EXTERNAL}}}services", xml.element(stanza.EXTERNAL, "services", children=found)
    )
    known, odd = await ask("external_services", address)
    assert (known.host, known.port, known.type, known.restricted) == (
        "turn.example.org", 3478, "turn", True
    )  # fmt: skip
    assert "hidden" not in repr(known)
    assert odd.port == 0
