"""Who is no reader of a blog any more, or never was, says nothing to it, on real servers."""

import pytest

from backendd.api import names
from backendd.api.errors import NotAllowed
from backendd.core.attachments import ATTACHMENTS, node_of
from backendd.core.entries import COMMENTS, MICROBLOG
from backendd.core.uris import ItemAddress
from tests.features.test_blog_access import create, followed, give, may_read
from tests.features.test_blogs import entry, item, retract
from tests.features.test_publishing import published
from tests.features.test_receipts import befriended

BLOG = names.BLOG
LIKE = f"<attachments xmlns='{ATTACHMENTS}'><noticed/></attachments>"


def places(home, id):
    """Return where people comment on an entry of an account, and where they like it."""
    return COMMENTS + id, node_of(ItemAddress(home.jid, MICROBLOG, id))


async def is_taken(peer, owner, node, id, payload):
    try:
        await peer.ask("set", owner.jid, item(id, payload, node=node))
    except NotAllowed:
        return False
    return True


async def may_say(peer, owner, id):
    """Return whether somebody may comment on an entry, and whether they may like it."""
    talk, likes = places(owner, id)
    return (
        await is_taken(peer, owner, talk, f"by {peer.jid}", entry("hm", author=peer.jid)),
        await is_taken(peer, owner, likes, peer.jid, LIKE),
    )


BOTH, NEITHER = (True, True), (False, False)


@pytest.mark.every_server
async def test_who_is_shut_out_says_nothing_to_what_is_there_and_who_is_let_in_does(
    make_home, make_peer
):
    home = await (await make_home()).online()
    carol, dave, erin = await make_peer(), await make_peer(), await make_peer()
    await create(home, access="whitelist", members=[carol.jid, erin.jid])
    mine = await published(home)
    assert await may_say(carol, home, mine.id) == BOTH
    assert await may_say(erin, home, mine.id) == BOTH
    assert await may_say(dave, home, mine.id) == NEITHER
    await give(home, "whitelist", erin.jid)
    await followed(home, dave)
    assert await may_say(carol, home, mine.id) == NEITHER
    await give(home, "whitelist", erin.jid, dave.jid)
    await followed(home, dave)
    assert await may_say(dave, home, mine.id) == BOTH
    assert await may_say(erin, home, mine.id) == BOTH
    later = await published(home, {"title": "later"})
    assert await may_say(carol, home, later.id) == NEITHER
    assert await may_say(dave, home, later.id) == BOTH


@pytest.mark.every_server
async def test_a_blog_that_was_open_is_commented_on_by_its_readers_alone_and_the_other_way_round(
    make_home, make_peer
):
    home, carol, dave = await (await make_home()).online(), await make_peer(), await make_peer()
    mine = await published(home)
    assert await may_say(dave, home, mine.id) == BOTH
    await give(home, "whitelist", carol.jid)
    await followed(home, dave)
    assert await may_say(dave, home, mine.id) == NEITHER
    assert await may_say(carol, home, mine.id) == BOTH
    await give(home, "open")
    await followed(home, dave)
    assert await may_say(dave, home, mine.id) == BOTH


@pytest.mark.every_server
async def test_who_comments_takes_that_back_and_nothing_of_its_owner_once_all_may_comment(
    make_home, make_peer
):
    home, carol = await befriended(make_home, make_peer)
    await create(home, access="whitelist", members=[carol.jid])
    mine = await published(home)
    talk, _ = places(home, mine.id)
    said = await home.call(BLOG, "comment", "", "", mine.id, "green, I say", {})
    assert await may_say(carol, home, mine.id) == BOTH
    await carol.ask("set", home.jid, retract(f"by {carol.jid}", talk))
    # Among those who see its presence, and everybody, nobody has more of a say than others.
    for model in ("presence", "open"):
        await give(home, model)
        await followed(home, carol)
        assert await may_say(carol, home, mine.id) == BOTH
        with pytest.raises(NotAllowed):
            await carol.ask("set", home.jid, retract(said, talk))


@pytest.mark.every_server
async def test_who_was_named_and_sees_ones_presence_reads_on_until_they_see_it_no_more(
    make_home, make_peer
):
    home, carol = await befriended(make_home, make_peer)
    await create(home, access="whitelist", members=[carol.jid])
    mine = await published(home)
    await give(home, "presence")
    await followed(home, carol)
    nodes = (MICROBLOG, *places(home, mine.id))
    assert [await may_read(carol, home.jid, each) for each in nodes] == [True] * 3
    await home.call(names.ROSTER, "remove", carol.jid, {})
    await carol.until(lambda: carol.presence_of(home, "unsubscribed"))
    assert [await may_read(carol, home.jid, each) for each in nodes] == [False] * 3


@pytest.mark.every_server
async def test_where_contacts_read_it_who_is_none_any_more_can_say_what_its_owner_takes_back(
    make_home, make_peer
):
    home, carol = await befriended(make_home, make_peer)
    await create(home, access="presence")
    mine = await published(home)
    await home.call(names.ROSTER, "remove", carol.jid, {})
    await carol.until(lambda: carol.presence_of(home, "unsubscribed"))
    talk, _ = places(home, mine.id)
    assert not await may_read(carol, home.jid, talk)
    # Services know no way to have contacts alone write somewhere.
    assert await may_say(carol, home, mine.id) == BOTH
    (said,), _ = await home.call(BLOG, "comments", "", "", mine.id, {})
    await home.call(BLOG, "retract", "", talk, said.id, {})
    await home.until(lambda: is_out(home))
    assert await home.call(BLOG, "comments", "", "", mine.id, {}) == (
        [],
        {"next": "", "offline": False},
    )


@pytest.mark.every_server
async def test_a_like_of_who_is_shut_out_is_none_and_it_is_said_why(make_home, make_peer):
    author, reader = await (await make_home()).online(), await (await make_home()).online()
    await create(author, access="whitelist", members=[reader.jid])
    mine = await published(author)
    await reader.call(BLOG, "list", author.jid, "", {})
    await give(author, "whitelist")
    await followed(author, await make_peer())
    await reader.call(BLOG, "like", author.jid, "", mine.id, True)
    (found,) = await reader.until(lambda: warnings(reader))
    assert found.text == (
        f"your like of a post of {author.jid} is taken back: its owner says who may like it"
    )
    told = await reader.call(BLOG, "get", author.jid, "", mine.id, {})
    assert (told.more["likes"], told.more["liked"]) == (0, False)
    assert await reader.count("publication") == 0


@pytest.mark.every_server
async def test_who_is_shut_out_takes_no_like_back_and_it_is_said_why(make_home, make_peer):
    author, reader = await (await make_home()).online(), await (await make_home()).online()
    await create(author, access="whitelist", members=[reader.jid])
    mine = await published(author)
    await reader.call(BLOG, "list", author.jid, "", {})
    await reader.call(BLOG, "like", author.jid, "", mine.id, True)
    await reader.until(lambda: is_out(reader))
    assert not await warnings(reader)
    await give(author, "whitelist")
    await followed(author, await make_peer())
    await reader.call(BLOG, "like", author.jid, "", mine.id, False)
    (found,) = await reader.until(lambda: warnings(reader))
    assert found.text == (
        f"your like of a post of {author.jid} stays: its owner says who may like it"
    )
    told = await reader.call(BLOG, "get", author.jid, "", mine.id, {})
    assert told.more["liked"]


@pytest.mark.every_server
async def test_a_comment_that_can_t_be_liked_is_said_to_be_none_that_can(make_home, make_peer):
    author, reader = await (await make_home()).online(), await (await make_home()).online()
    mine = await published(author)
    said = await author.call(BLOG, "comment", "", "", mine.id, "green, I say", {})
    await author.until(lambda: is_out(author))
    await reader.call(BLOG, "list", author.jid, "", {})
    await reader.call(BLOG, "comments", author.jid, "", mine.id, {})
    await reader.call(BLOG, "like", author.jid, mine.comments_node, said, True)
    (found,) = await reader.until(lambda: warnings(reader))
    assert found.text == (
        f"your like of a comment at {author.jid} is taken back: "
        "likes of comments aren't taken there"
    )


async def warnings(home):
    return [each for each in home.inside.warnings if each.word == "like"]


async def is_out(home):
    return await home.count("outbox") == 0
