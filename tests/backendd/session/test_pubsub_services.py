"""Publish-subscribe with services that do it another way, refuse, say nothing, or lie."""

import asyncio
from xml.etree.ElementTree import tostring

import pytest

from backendd.api.errors import (
    NotAllowed,
    NotConnected,
    NotSupported,
    ServerError,
    TooLarge,
    UnknownItem,
)
from backendd.core import disco, forms, pubsub, pubsub_events, xml
from backendd.core.rsm import Wanted
from backendd.xmpp import parser
from backendd.xmpp.faults import STANZA_ERRORS
from tests.backendd.session.partial import PEER, PUBSUB, Partial
from tests.backendd.session.test_pubsub import NICK, NODE, PRIVATE, Told, nick

IDS = [f"n{number}" for number in range(7)]
OPTIONS = f"{pubsub.PUBSUB}#publish-options"


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


async def connected(make_home, server):
    home = await (await make_home("user", server=server)).online()
    await home.until(lambda: not home.inside.missing.words)
    return home


# -- pages


def listed(ids, rsm="", filling=""):
    found = "".join(f"<item id='{each}'><e xmlns='urn:x'>{filling}</e></item>" for each in ids)
    page = f"<set xmlns='{xml.RSM}'>{rsm}</set>" if rsm else ""
    return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'>{found}</items>{page}</pubsub>"


def place(iq):
    """Return after which item, or before which, a page is wanted."""
    found = iq.find(f".//{{{xml.RSM}}}after")
    return found.text if found is not None else ""


async def all_pages(home, wanted):
    pages = []
    while wanted is not None:
        page = await home.inside.pubsub.items.page(NODE, wanted)
        pages.append([item.id for item in page.items])
        wanted = page.next
    return pages


async def test_a_service_that_gives_less_than_asked_is_asked_until_nothing_follows(
    make_home, partial
):
    def two_at_once(iq):
        start = IDS.index(place(iq)) + 1 if place(iq) else 0
        page = IDS[start : start + 2]
        ends = f"<first>{page[0]}</first><last>{page[-1]}</last>" if page else "<count>7</count>"
        return listed(page, ends)

    partial.pubsub = two_at_once
    home = await connected(make_home, partial)
    assert await all_pages(home, Wanted(5)) == [IDS[:2], IDS[2:4], IDS[4:6], IDS[6:], []]


async def test_a_service_that_gives_more_than_asked_loses_nothing_of_it(make_home, partial):
    partial.pubsub = lambda _: listed(IDS, f"<last>{IDS[-1]}</last><count>7</count>")
    home = await connected(make_home, partial)
    assert await all_pages(home, Wanted(2)) == [IDS]


@pytest.mark.parametrize("is_backwards", [False, True])
async def test_a_service_that_counts_is_not_asked_for_what_follows_its_last_page(
    make_home, partial, is_backwards
):
    def three_at_once(iq):
        # The newest are asked for as all services know it, without a place (XEP-0060 6.5.7).
        is_newest = iq.find(f".//{{{pubsub.PUBSUB}}}items").get("max_items")
        before = "" if is_newest else iq.findtext(f".//{{{xml.RSM}}}before")
        start = IDS.index(place(iq)) + 1 if place(iq) else 0
        end = IDS.index(before) if before else len(IDS)
        start, end = (end - 3, end) if before is not None else (start, start + 3)
        page = IDS[max(0, start) : end]
        return listed(
            page,
            f"<first index='{start}'>{page[0]}</first><last>{page[-1]}</last><count>7</count>",
        )

    partial.pubsub = three_at_once
    home = await connected(make_home, partial)
    wanted = Wanted(3, before="" if is_backwards else None)
    expected = [IDS[4:], IDS[1:4], IDS[:1]] if is_backwards else [IDS[:3], IDS[3:6], IDS[6:]]
    assert await all_pages(home, wanted) == expected


async def test_a_service_that_gives_the_same_page_again_and_again_comes_to_an_end(
    make_home, partial
):
    partial.pubsub = lambda _: listed(IDS[:2], f"<first>{IDS[0]}</first><last>{IDS[1]}</last>")
    home = await connected(make_home, partial)
    assert len(await all_pages(home, Wanted(2))) == 2


async def test_a_node_too_large_for_one_answer_is_read_by_the_ids_of_its_items(
    make_home, partial, monkeypatch
):
    def whole_or_named(iq):
        if iq[0].tag == f"{{{disco.ITEMS}}}query":
            named = "".join(f"<item jid='s.localhost' name='{each}'/>" for each in IDS)
            return f"<query xmlns='{disco.ITEMS}' node='{NODE}'>{named}</query>"
        wanted = [each.get("id") for each in iq.iterfind(f".//{{{pubsub.PUBSUB}}}item")]
        return listed(wanted or IDS, filling="x" * 3000)

    partial.pubsub = whole_or_named
    home = await connected(make_home, partial)
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    assert await all_pages(home, Wanted(3)) == [IDS[:3], IDS[3:6], IDS[6:]]


async def test_a_service_that_gives_other_items_than_those_named_is_not_listened_to(
    make_home, partial
):
    partial.pubsub = lambda _: listed(IDS)
    home = await connected(make_home, partial)
    found = await home.inside.pubsub.items.named(NODE, ["n3", "n1", "none"])
    assert [item.id for item in found] == ["n3", "n1"]
    assert await home.inside.pubsub.items.named(NODE, []) == ()


# -- options


class Node:
    """A service with one node, NICK, and what it was asked of that in order."""

    def __init__(self, *, refuses: str = ""):
        self.asked = []
        self.config = {"pubsub#access_model": ["open"], "pubsub#persist_items": ["1"]}
        self._refuses = refuses

    def __call__(self, iq):
        asked = iq[0][0].tag.rpartition("}")[2]
        if iq[0][0].get("node") != NICK:
            return None
        if iq[0].find(f"{{{pubsub.PUBSUB}}}publish-options") is not None:
            self.asked.append("publish with options")
            return self._refuses
        if asked == "configure" and iq.get("type") == "set":
            self.config |= {each.var: list(each.values) for each in forms.find(iq[0][0]).fields}
            self.asked.append("configure")
            return ""
        if asked == "configure":
            form = forms.encode_answers(self.config, form_type=pubsub.NODE_CONFIG)
            form.set("type", "form")
            written = tostring(form, encoding="unicode")
            return f"<pubsub xmlns='{pubsub.OWNER}'><configure>{written}</configure></pubsub>"
        self.asked.append(asked)
        return ""


async def test_a_service_that_knows_no_options_gets_the_item_once_the_node_is_as_wanted(
    make_home, partial
):
    partial.pubsub = node = Node()
    home = await connected(make_home, partial)
    await home.inside.pubsub.publish(NICK, nick("Ali"), options=PRIVATE)
    assert node.asked == ["configure", "publish"]
    assert node.config["pubsub#access_model"] == ["whitelist"]
    await home.inside.pubsub.publish(NICK, nick("Bab"), options=PRIVATE)
    assert node.asked == ["configure", "publish", "publish"]


async def test_a_service_that_refuses_some_options_gets_the_item_without_once_the_node_is_as_wanted(
    make_home, partial
):
    partial.account_can += (OPTIONS,)
    partial.pubsub = node = Node(refuses=error("resource-constraint"))
    home = await connected(make_home, partial)
    await home.inside.pubsub.publish(NICK, nick("Ali"), options=PRIVATE)
    assert node.asked == ["publish with options", "configure", "publish"]


async def test_where_the_node_can_not_be_as_wanted_the_item_goes_nowhere(make_home, partial):
    partial.pubsub = node = Node()
    del node.config["pubsub#access_model"]
    home = await connected(make_home, partial)
    with pytest.raises(NotSupported, match="access_model"):
        await home.inside.pubsub.publish(NICK, nick("Ali"), options=PRIVATE)
    assert node.asked == []


async def test_a_node_that_stays_otherwise_than_wanted_is_an_error_and_not_tried_for_ever(
    make_home, partial
):
    partial.account_can += (OPTIONS,)
    partial.pubsub = node = Node(refuses=error("conflict", "precondition-not-met"))
    home = await connected(make_home, partial)
    with pytest.raises(ServerError, match="set up in a way"):
        await home.inside.pubsub.publish(NICK, nick("Ali"), options=PRIVATE)
    assert node.asked == ["publish with options", "configure", "publish with options"]


# -- errors


def error(condition, detail=""):
    more = f"<{detail} xmlns='{pubsub.ERRORS}' feature='x'/>" if detail else ""
    return f"<error type='cancel'><{condition} xmlns='{STANZA_ERRORS}'/>{more}</error>"


@pytest.mark.parametrize(
    ("refusal", "kind", "words"),
    [
        (error("item-not-found"), UnknownItem, "not have the node"),
        (error("forbidden"), NotAllowed, "does not let you use"),
        (error("not-allowed", "closed-node"), NotAllowed, "only its members"),
        (error("not-authorized", "presence-subscription-required"), NotAllowed, "ask to see"),
        (error("not-acceptable", "payload-too-big"), TooLarge, "as large as this"),
        (error("feature-not-implemented", "unsupported"), NotSupported, "can't do this"),
        (error("conflict"), ServerError, "already"),
        (error("bad-request", "invalid-payload"), ServerError, "this kind of item"),
        (error("internal-server-error"), ServerError, "internal server error"),
    ],
)
async def test_what_a_service_refuses_is_an_error_with_its_reason(
    make_home, partial, refusal, kind, words
):
    partial.pubsub = lambda _: refusal
    home = await connected(make_home, partial)
    with pytest.raises(kind, match=words):
        await home.inside.pubsub.publish(NICK, nick("Ali"))


async def test_a_service_that_does_not_answer_is_waited_for_until_the_stream_is_gone(
    make_home, partial
):
    partial.silent.add(PUBSUB)
    home = await connected(make_home, partial)
    asking = asyncio.gather(home.inside.pubsub.publish(NICK, nick("Ali")))
    await partial.until(lambda: partial.count(PUBSUB) == 1)
    await home.session.disconnect()
    with pytest.raises(NotConnected):
        await asking


# -- events


def event(sender, item, *, kind="headline"):
    return (
        f"<message from='{sender}' type='{kind}'><event xmlns='{pubsub_events.EVENT}'>"
        f"<items node='{NICK}'><item id='{item}'/></items></event></message>"
    )


@pytest.mark.parametrize(
    ("whose", "believed"),
    [
        ("own", {"of the account"}),
        ("contacts", {"of the account", "of a contact"}),
        ("all", {"of the account", "of a contact", "of a stranger"}),
    ],
)
async def test_an_event_counts_for_the_nodes_of_its_sender_alone(
    make_home, partial, whose, believed
):
    home = await make_home("user", server=partial)
    told = Told(home, NICK, whose=whose)
    await home.online()
    await home.until(lambda: not home.inside.missing.words)
    own = home.inside.own
    for written in (
        event("stranger@s.localhost", "of a stranger"),
        event(f"{PEER}/client", "by a client of a contact"),
        event(f"{own}/client", "by another client of the account"),
        event(own, "bounced", kind="error"),
        f"<message from='{own}'><received xmlns='{xml.CARBONS}'><forwarded xmlns='{xml.FORWARD}'>"
        + event(own, "in a carbon").replace("<message", "<message xmlns='jabber:client'")
        + "</forwarded></received></message>",
        event(PEER, "of a contact"),
        event(own, "of the account"),
    ):
        partial.client.send(written)
    await told.until(lambda each: each.items[0].id == "of the account")
    assert {item for _, item in told.ids} == believed
    assert {owner for owner, item in told.ids if item == "of the account"} == {own}


async def test_an_event_without_a_sender_is_of_the_account(make_home, partial):
    home = await make_home("user", server=partial)
    told = Told(home, NICK, whose="own")
    await home.online()
    partial.client.send(event("", "of the account").replace(" from=''", ""))
    await told.until(lambda each: each.items)
    assert told.ids == {(home.inside.own, "of the account")}


async def test_a_handler_that_fails_costs_its_event_alone(make_home, partial, caplog):
    home = await make_home("user", server=partial)

    def fails(ledger, owner, event):
        raise ValueError("a handler's own fault")

    home.inside.pubsub.events.on_items("urn:example:broken", fails)
    told = Told(home, NICK)
    await home.online()
    own = home.inside.own
    partial.client.send(event(own, "x").replace(NICK, "urn:example:broken") + event(own, "next"))
    await told.until(lambda each: each.items)
    assert told.ids == {(own, "next")}
    assert "dropped what a stanza asked for" in caplog.text
