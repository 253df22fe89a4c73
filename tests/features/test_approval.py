"""Blogs whose owner has to agree to who follows them, and may do so long after being asked."""

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed
from backendd.core import forms, pubsub, pubsub_events
from backendd.core.entries import MICROBLOG, Feed
from backendd.features.blog import stanza
from tests.backendd.session.partial import PEER, Partial
from tests.features.test_blogs import entry, open_blog, subscription, timeline, write

BLOG = names.BLOG


async def decide(peer, home, state):
    """Have the owner of a blog say what a subscription to it is from now on."""
    said = f"<subscription jid='{home.jid}' subscription='{state}'/>"
    await peer.ask(
        "set",
        None,
        f"<pubsub xmlns='{pubsub.OWNER}'><subscriptions node='{MICROBLOG}'>{said}"
        "</subscriptions></pubsub>",
    )


async def asking(make_home, make_peer):
    """Return a home that waits for a peer to agree, and the peer."""
    peer = await make_peer()
    await open_blog(peer, access="authorize")
    await write(peer, "only for readers")
    home = await (await make_home()).online()
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    assert (await subscription(home, peer)).pending
    return home, peer


# Prosody knows no such blogs.
@pytest.mark.every_server(but=["prosody"])
@pytest.mark.parametrize("is_online", [True, False], ids=["online", "offline"])
async def test_what_an_owner_agrees_to_later_is_read_then(make_home, make_peer, is_online):
    home, peer = await asking(make_home, make_peer)
    if not is_online:
        await home.session.disconnect()
    await decide(peer, home, "subscribed")
    if not is_online:
        await home.online()
    await home.until(lambda: timeline(home))

    async def is_agreed():
        found = await subscription(home, peer)
        return not found.pending and not found.error[0]

    await home.until(is_agreed)


@pytest.mark.every_server(but=["prosody"])
async def test_what_waits_for_its_owner_does_so_still_on_the_next_connection(make_home, make_peer):
    home, peer = await asking(make_home, make_peer)
    client = await make_peer(home.account, resource="other")
    await home.session.disconnect()
    another = stanza.encode(stanza.Kept(Feed("news.x.localhost", "n")), home.jid)
    await client.stream.request("set", None, pubsub.publish(stanza.NODE, another))
    await home.online()

    async def has_read_the_list():
        return len(await home.call(BLOG, "subscriptions", {})) == 2

    await home.until(has_read_the_list)
    assert (await subscription(home, peer)).pending


async def shut_out(make_home, make_peer):
    """Return a home that follows the blog of a peer and may read it no more, and the peer."""
    home, peer = await asking(make_home, make_peer)
    await decide(peer, home, "subscribed")
    await home.until(lambda: timeline(home))
    await decide(peer, home, "none")
    await until_refused(home, peer)
    return home, peer


async def until_refused(home, peer):
    async def is_refused():
        found = await subscription(home, peer)
        return found.error[0] == "NotAllowed" and not found.pending

    await home.until(is_refused)


@pytest.mark.every_server(but=["prosody"])
async def test_who_is_shut_out_can_ask_anew_and_can_leave(make_home, make_peer):
    home, peer = await shut_out(make_home, make_peer)
    await home.call(BLOG, "subscribe", peer.jid, "", {})
    found = await subscription(home, peer)
    assert (found.pending, found.error[0]) == (True, "")
    await decide(peer, home, "none")
    await until_refused(home, peer)
    await home.call(BLOG, "unsubscribe", peer.jid, "", {})
    assert await home.call(BLOG, "subscriptions", {}) == []


@pytest.mark.every_server(but=["prosody"])
async def test_who_was_shut_out_is_told_of_what_is_new_once_it_can_be_read_again(
    make_home, make_peer
):
    home, peer = await shut_out(make_home, make_peer)
    form = forms.submit(pubsub.NODE_CONFIG, pubsub__access_model="open")
    await peer.stream.request("set", None, pubsub.configure(MICROBLOG, form))
    await home.call(BLOG, "list", peer.jid, "", {})
    assert (await subscription(home, peer)).error[0] == ""
    while not await is_told(home, peer):
        await peer.sync()
    await write(peer, "for all")

    async def has_heard():
        return "for all" in await timeline(home)

    await home.until(has_heard)


async def is_told(home, peer):
    """Return whether a service tells a home of the blog of a peer."""
    found = await home.inside.pubsub.subscriptions(service=peer.jid)
    return any((each.node, each.state) == (MICROBLOG, "subscribed") for each in found)


@pytest.mark.every_server(but=["prosody"])
async def test_what_is_for_those_alone_who_follow_it_is_refused_in_words(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer, access="authorize")
    for member in ("list", "get"):
        more = ("one",) if member == "get" else ()
        with pytest.raises(NotAllowed) as refused:
            await home.call(BLOG, member, peer.jid, "", *more, {})
        assert MICROBLOG not in str(refused.value)


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


class Careful:
    """A service whose owner is asked first, and shows its blog from then on."""

    def __init__(self):
        self.is_open = False

    def __call__(self, iq):
        asked = iq.find(f"{{{pubsub.PUBSUB}}}pubsub/*")
        if asked is None or asked.get("node") != MICROBLOG:
            return None
        if asked.tag.endswith("}subscribe"):
            state = "subscribed" if self.is_open else "pending"
            said = (
                f"<subscription node='{MICROBLOG}' jid='user@s.localhost' subscription='{state}'/>"
            )
            return f"<pubsub xmlns='{pubsub.PUBSUB}'>{said}</pubsub>"
        found = f"<item id='1'>{entry('one')}</item>" if self.is_open else ""
        return f"<pubsub xmlns='{pubsub.PUBSUB}'><items node='{MICROBLOG}'>{found}</items></pubsub>"


def told(jid, state, *, sender=PEER):
    return (
        f"<message from='{sender}'><event xmlns='{pubsub_events.EVENT}'>"
        f"<subscription node='{MICROBLOG}' jid='{jid}' subscription='{state}'/></event></message>"
    )


@pytest.fixture
async def waiting(make_home, partial):
    """A home that waits for PEER to agree."""
    partial.pubsub = Careful()
    home = await (await make_home("user", server=partial)).online()
    await home.until(lambda: not home.inside.missing.words)
    await home.call(BLOG, "subscribe", PEER, "", {})
    assert (await followed(home)).pending
    return home


async def followed(home):
    (found,) = await home.call(BLOG, "subscriptions", {})
    return found


async def test_what_is_agreed_to_is_read_once_that_is_told(waiting, partial):
    partial.pubsub.is_open = True
    partial.client.send(told(waiting.jid, "subscribed"))
    await waiting.until(lambda: timeline(waiting))
    assert not (await followed(waiting)).pending


async def test_that_an_owner_does_not_agree_is_said(waiting, partial):
    partial.client.send(told(waiting.jid, "none"))

    async def is_said():
        found = await followed(waiting)
        return found.error[0] == "NotAllowed" and not found.pending

    await waiting.until(is_said)


@pytest.mark.parametrize(
    ("jid", "sender"),
    [
        ("other@s.localhost", PEER),
        ("", PEER),
        ("@", PEER),
        ("user@s.localhost", "evil@s.localhost"),
        ("user@s.localhost", f"{PEER}/client"),
    ],
)
async def test_what_is_told_of_others_or_by_others_changes_nothing(waiting, partial, jid, sender):
    partial.client.send(told(jid, "none", sender=sender))
    partial.client.send(f"<message from='{PEER}/x' type='chat'><body>after it</body></message>")
    await waiting.until_message(PEER, "after it")
    found = await followed(waiting)
    assert (found.pending, found.error[0]) == (True, "")
