"""Publish-subscribe on a real server: what is published, asked for, told, and set up."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api.errors import FormRejected, NotAllowed, NotSupported, ServerError, UnknownItem
from backendd.core import disco, pubsub, pubsub_events
from backendd.core.pubsub import Item
from backendd.core.rsm import Wanted
from backendd.store.ledger import Ledger
from tests.features.test_receipts import befriended
from tests.lab.prosody import Prosody

pytestmark = pytest.mark.every_server

NICK = "urn:example:nick"
NODE = "urn:example:notes"
ALL = {"max_items": "max"}
PRIVATE = {"access_model": "whitelist", "persist_items": True}
ASK = f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{NODE}'/></pubsub>"


def nick(name, id="current"):
    return Item(id, fromstring(f"<nick xmlns='{NICK}'>{name}</nick>"))


def publish(node, item):
    """Return what a peer publishes with."""
    return (
        f"<pubsub xmlns='{pubsub.PUBSUB}'><publish node='{node}'><item id='{item}'>"
        f"<nick xmlns='{NICK}'>{item}</nick></item></publish></pubsub>"
    )


class Told:
    """What a home is told of a node, kept as a feature would: in the transaction."""

    def __init__(self, home, node, **options):
        self.home = home
        self.events = []
        home.inside.pubsub.events.on_items(node, self._take, **options)

    def _take(self, ledger: Ledger, owner, event):
        assert ledger.db.in_transaction
        self.events.append((owner, event))
        ledger.note(_tell, owner)

    @property
    def ids(self):
        """Whose items were told; servers tell more than once."""
        return {(owner, *(item.id for item in event.items)) for owner, event in self.events}

    async def until(self, condition):
        await self.home.until(lambda: any(condition(event) for _, event in self.events))


def _tell(ledger, owners):
    return owners  # what the home waits for is that something passes


async def test_what_is_published_is_there_for_those_who_may_see_it_until_it_is_taken_back(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    options = {"access_model": "open", **ALL}
    assert await ours.publish(NODE, nick("Ali"), options=options) == "current"
    given = await ours.publish(NODE, nick("Bab", id=""))
    assert given
    listed = await ours.items.page(NODE, Wanted(10))
    assert [(item.id, item.payload.text) for item in listed.items] == [
        ("current", "Ali"),
        (given, "Bab"),
    ]
    assert listed.next is None
    assert len(pubsub.decode_items(await peer.ask("get", home.jid, ASK)).items) == 2
    await ours.retract(NODE, given)
    assert [item.id for item in await ours.items.newest(NODE, 5)] == ["current"]
    assert [item.id for item in await ours.items.named(NODE, [given, "current"])] == ["current"]
    await ours.delete(NODE)
    with pytest.raises(UnknownItem, match=NODE):
        await ours.items.page(NODE, Wanted(10))
    with pytest.raises(UnknownItem):
        await ours.retract(NODE, "current")


async def test_a_node_that_is_otherwise_than_wanted_is_set_up_before_anything_is_published(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    await ours.publish(NODE, nick("for all"), options={"access_model": "open", "max_items": 5})
    await ours.publish(NODE, nick("for me"), options=PRIVATE)
    form = await ours.configuration(NODE)
    assert (form.value("pubsub#access_model"), form.value("pubsub#max_items")) == ("whitelist", "5")
    assert [item.payload.text for item in await ours.items.newest(NODE)] == ["for me"]
    with pytest.raises(ServerError):
        await peer.ask("get", home.jid, ASK)


async def test_what_a_node_can_not_be_is_said_and_nothing_is_published(make_home):
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    await ours.publish(NODE, nick("before"))
    with pytest.raises(FormRejected, match="access_model"):
        await ours.publish(NODE, nick("never"), options={"access_model": "secret"})
    with pytest.raises(NotSupported, match="colour"):
        await ours.configure(NODE, {"colour": "red"})
    assert [item.payload.text for item in await ours.items.newest(NODE)] == ["before"]


async def test_a_node_is_configured_and_leaves_what_was_not_named(make_home):
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    await ours.create(NODE, options={"access_model": "open", "title": "Notes"})
    await ours.configure(NODE, {"max_items": 3})
    form = await ours.configuration(NODE)
    assert [form.value(f"pubsub#{each}") for each in ("access_model", "title", "max_items")] == [
        "open", "Notes", "3",
    ]  # fmt: skip
    await ours.affiliate(NODE, {"friend@x.localhost": "member"})
    assert (await ours.affiliations(NODE))["friend@x.localhost"] == "member"


@pytest.mark.parametrize("is_backwards", [False, True], ids=["forwards", "backwards"])
async def test_more_than_a_page_comes_once_and_in_order_whether_the_server_has_pages_or_not(
    make_home, is_backwards
):
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    names = [f"n{number}" for number in range(7)]
    for name in names:
        await ours.publish(NODE, nick(name, id=name), options=ALL)
    wanted = Wanted(3, before="" if is_backwards else None)
    found = []
    while wanted is not None:
        listed = await ours.items.page(NODE, wanted)
        assert len(listed.items) >= min(3, len(names) - len(found))
        came = [item.payload.text for item in listed.items]
        found = came + found if is_backwards else found + came
        wanted = listed.next
    assert found == names


async def test_what_is_taken_back_while_it_is_listed_is_missing_and_ends_nothing(make_home):
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    for number in range(5):
        await ours.publish(NODE, nick("x", id=f"n{number}"), options=ALL)
    first = await ours.items.page(NODE, Wanted(2, before=""))
    await ours.retract(NODE, "n2")
    found, wanted = [], first.next
    while wanted is not None:
        page = await ours.items.page(NODE, wanted)
        found = [*(item.id for item in page.items), *found]
        wanted = page.next
    assert found == ["n0", "n1"]


@pytest.mark.every_server(but=["ejabberd"])  # it has pages
async def test_a_page_behind_an_item_that_is_gone_can_not_be_had_where_pages_are_ours(make_home):
    home = await (await make_home()).online()
    ours = home.inside.pubsub
    for number in range(5):
        await ours.publish(NODE, nick("x", id=f"n{number}"), options=ALL)
    first = await ours.items.page(NODE, Wanted(2, before=""))
    ours.forget()
    await ours.retract(NODE, "n3")
    with pytest.raises(UnknownItem, match="begin anew"):
        await ours.items.page(NODE, first.next)


async def test_only_what_has_a_handler_is_announced_and_told(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.session.disconnect()
    await home.restart_with(home.patience)
    told = Told(home, NICK)
    await home.online()
    answer = await peer.ask("get", home.inside.stream.full_jid, f"<query xmlns='{disco.INFO}'/>")
    features = disco.decode_info(answer.find(disco.QUERY)).features
    assert f"{NICK}+notify" in features
    assert "urn:example:other+notify" not in features
    await peer.ask("set", None, publish("urn:example:other", "unheard"))
    await peer.ask("set", None, publish(NICK, "Bob"))
    await told.until(lambda event: event.items)
    assert told.ids == {(peer.jid, "Bob")}
    assert not await home.messages(peer.jid)


# ejabberd 23.01 tells contacts what is published, and nothing else.
@pytest.mark.every_server(but=["ejabberd"])
async def test_what_becomes_of_a_node_is_told(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.session.disconnect()
    await home.restart_with(home.patience)
    told = Told(home, NICK)
    await home.online()
    await peer.ask("set", None, publish(NICK, "one"))
    await told.until(lambda event: event.items)
    gone = f"<retract node='{NICK}' notify='true'><item id='one'/></retract>"
    await peer.ask("set", None, f"<pubsub xmlns='{pubsub.PUBSUB}'>{gone}</pubsub>")
    await told.until(lambda event: event.retracted == ("one",))
    for what, flag in (("purge", "is_purged"), ("delete", "is_deleted")):
        owner = f"<pubsub xmlns='{pubsub.OWNER}'><{what} node='{NICK}'/></pubsub>"
        await peer.ask("set", None, owner)
        await told.until(lambda event, flag=flag: getattr(event, flag))


async def test_the_account_s_own_nodes_are_told_when_another_client_changes_them(
    make_home, make_peer
):
    home = await make_home()
    told = Told(home, NICK, whose="own")
    await home.online()
    other = await make_peer(home.account, resource="other")
    await other.ask("set", None, publish(NICK, "Me"))
    await told.until(lambda event: event.items)
    assert told.ids == {(home.jid, "Me")}


async def test_an_event_that_a_client_has_written_is_believed_from_nobody(make_home, make_peer):
    home, peer = await befriended(make_home, make_peer)
    await home.session.disconnect()
    await home.restart_with(home.patience)
    told = Told(home, NICK, whose="all")
    await home.online()
    other = await make_peer(home.account, resource="other")
    forged = (
        f"<message to='{home.inside.stream.full_jid}'><event xmlns='{pubsub_events.EVENT}'>"
        f"<items node='{NICK}'><item id='forged'/></items></event></message>"
    )
    for each in (peer, other):
        each.write(forged)
        await each.sync()
    await peer.ask("set", None, publish(NICK, "true"))
    await told.until(lambda event: event.items)
    assert told.ids == {(peer.jid, "true")}


@pytest.mark.every_server(but=["ejabberd"])  # its settings are those of a Prosody
async def test_a_node_of_a_service_is_subscribed_to_and_told(tmp_path, make_home):
    admins = 'admins = { "bob@x.localhost" }'
    with Prosody(tmp_path / "p", components=True, settings=admins) as server:
        service = f"pubsub.{server.domain}"
        bob = await (await make_home("bob", server=server)).online()
        theirs = bob.inside.pubsub
        await theirs.create(NODE, service=service, options={"access_model": "open"})
        alice = await make_home("alice", server=server)
        told = Told(alice, NODE, whose="all")
        await alice.online()
        ours = alice.inside.pubsub
        assert await ours.subscribe(NODE, service=service) == "subscribed"
        (kept,) = await ours.subscriptions(service=service)
        assert (kept.node, kept.jid, kept.state) == (NODE, alice.jid, "subscribed")
        await theirs.publish(NODE, nick("hear"), service=service)
        await told.until(lambda event: event.items)
        assert told.ids == {(service, "current")}
        await ours.unsubscribe(NODE, service=service)
        assert await ours.subscriptions(service=service) == ()
        with pytest.raises(NotAllowed):
            await ours.publish(NODE, nick("not mine"), service=service)
        await alice.leave()
        await bob.leave()


@pytest.mark.every_server(but=["ejabberd"])
async def test_a_second_handler_of_a_node_is_an_error(make_home):
    home = await make_home()
    Told(home, NODE)
    with pytest.raises(ValueError, match=NODE):
        Told(home, NODE)
