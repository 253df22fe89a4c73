"""Entries as they are to be changed: in the Markdown that they were written in."""

import pytest

from backendd.api import names
from backendd.api.errors import EntryChanged, UnknownItem
from tests.features.test_blogs import entry, item, open_blog
from tests.features.test_publishing import got, publish, published, until_state

BLOG = names.BLOG
WRITTEN = "One [two][1]\n* three\n\n[1]: https://a.example/"


async def source(home, id, *, service="", node=""):
    return await home.call(BLOG, "source", service, node, id, {})


@pytest.mark.every_server
async def test_what_an_entry_was_written_in_is_kept_also_over_a_restart(make_home):
    home = await (await make_home()).online()
    given = {"title": "a", "markdown": WRITTEN, "tags": ["x"], "comments": False}
    mine = await published(home, given)
    await home.leave()
    await home.come_back()
    found, is_lossy = await source(home, mine.id)
    assert found.pop("based_on")
    assert (found, is_lossy) == ({**given, "id": mine.id}, False)


async def test_a_change_of_the_title_alone_leaves_what_it_was_written_in(make_home):
    home = await make_home()
    id = await publish(home, {"title": "a", "markdown": WRITTEN})
    await publish(home, {"id": id, "title": "b"})
    found, _ = await source(home, id)
    assert (found["title"], found["markdown"]) == ("b", WRITTEN)


async def test_what_source_gives_can_be_published_as_it_is(make_home):
    home = await make_home()
    id = await publish(home, {"title": "a", "markdown": WRITTEN, "tags": ["x", "y"]})
    before = await got(home, id)
    given, _ = await source(home, id)
    assert await publish(home, given) == id
    after = await got(home, id)
    for name in ("title", "body", "xhtml", "tags", "comments_node", "published"):
        assert getattr(after, name) == getattr(before, name), name


@pytest.mark.every_server
async def test_a_change_that_is_discarded_gives_back_what_was_written_before(make_home):
    home = await (await make_home()).online()
    mine = await published(home, {"title": "a", "markdown": WRITTEN})
    await home.session.disconnect()
    await publish(home, {"id": mine.id, "markdown": "other"})
    await publish(home, {"id": mine.id, "markdown": "_another_"})
    assert (await source(home, mine.id))[0]["markdown"] == "_another_"
    await home.call(BLOG, "discard", "", "", mine.id, {})
    assert (await source(home, mine.id))[0]["markdown"] == WRITTEN


@pytest.mark.every_server
async def test_what_another_program_has_changed_since_is_as_that_wrote_it(make_home, make_peer):
    home = await (await make_home()).online()
    client = await make_peer(home.account, resource="other")
    mine = await published(home, {"title": "a", "markdown": WRITTEN})
    markup = (
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>a <b>b</b></p></div></content>"
    )
    await client.ask("set", None, item(mine.id, entry("new", inner=markup)))

    async def is_new():
        return (await got(home, mine.id)).title == "new"

    await home.until(is_new)
    found, is_lossy = await source(home, mine.id)
    assert (found["title"], found["markdown"], is_lossy) == ("new", "a **b**", False)


@pytest.mark.parametrize(
    ("inner", "key", "text", "lossy"),
    [
        ("<p>H<sub>2</sub>O</p>", "markdown", "H2O", True),
        ("<p>*a* <img src='https://a.example/b.png' alt='b'/></p>", "markdown",
         r"\*a\* ![b](https://a.example/b.png)", False),
        ("", "body", "*plain*\nlines", False),
    ],
)  # fmt: skip
async def test_what_another_program_wrote_is_given_as_markdown_and_what_that_loses_is_told(
    make_home, make_peer, inner, key, text, lossy
):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    markup = "<content type='text'>*plain*\nlines</content>" + (
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{inner}</div></content>"
        if inner
        else ""
    )
    await peer.ask("set", None, item("theirs", entry("theirs", inner=markup)))
    found, is_lossy = await source(home, "theirs", service=peer.jid)
    assert (found["id"], found[key], is_lossy) == ("theirs", text, lossy)
    assert not found["comments"]


@pytest.mark.every_server
async def test_markup_that_markdown_has_no_word_for_stays_where_the_text_is_left_as_it_is(
    make_home, make_peer
):
    home = await (await make_home()).online()
    client = await make_peer(home.account, resource="other")
    await published(home)
    markup = (
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>H<sub>2</sub>O</p></div></content>"
    )
    await client.ask("set", None, item("water", entry("Water", inner=markup)))
    given, is_lossy = await source(home, "water")
    before = await got(home, "water")
    assert is_lossy
    changed = {**given, "title": "On water", "tags": ["chemistry"]}
    after = await published(home, changed)
    assert (after.id, after.title, after.tags) == ("water", "On water", ["chemistry"])
    assert (after.xhtml, after.body) == (before.xhtml, before.body)
    again, is_lossy = await source(home, "water")
    assert is_lossy
    assert again == {**changed, "based_on": again["based_on"]}
    other = await published(home, {**again, "markdown": "H2O!"})
    assert "sub" not in other.xhtml
    assert (await source(home, "water"))[1] is False


async def test_of_an_entry_that_is_nowhere_there_is_no_source(make_home):
    home = await (await make_home()).online()
    with pytest.raises(UnknownItem):
        await source(home, "nothing")


async def test_what_failed_is_given_as_it_was_written(make_home, make_peer):
    home, peer = await (await make_home()).online(), await make_peer()
    await open_blog(peer)
    id = await publish(home, {"markdown": WRITTEN, "comments": False}, service=peer.jid)
    await until_state(home, id, "failed", service=peer.jid)
    assert (await source(home, id, service=peer.jid))[0]["markdown"] == WRITTEN


@pytest.mark.every_server
async def test_a_change_of_what_another_client_has_changed_meanwhile_is_not_published(
    make_home, make_peer
):
    home = await (await make_home()).online()
    written = await published(home, {"title": "Tea", "markdown": "*green*", "tags": ["a"]})
    given, _ = await home.call(BLOG, "source", "", "", written.id, {})
    other = await make_peer(home.account, resource="other")
    await other.ask("set", None, item(written.id, entry("Tea of others")))
    draft = await home.call(BLOG, "save_draft", "", "", "", given, {})
    with pytest.raises(EntryChanged, match="was changed since"):
        await publish(home, {**given, "title": "Mine"}, draft=draft)
    assert [each.id for each in await home.call(BLOG, "drafts", {})] == [draft]
    assert (await got(home, written.id)).title == "Tea of others"
    again, _ = await home.call(BLOG, "source", "", "", written.id, {})
    assert (await published(home, {**again, "title": "Both"})).title == "Both"
    assert (await published(home, {"id": written.id, "title": "Anyway"})).title == "Anyway"


async def test_of_two_changes_that_are_made_of_one_version_the_first_is_published(make_home):
    home = await (await make_home()).online()
    written = await published(home, {"title": "Tea", "markdown": "green"})
    given, _ = await home.call(BLOG, "source", "", "", written.id, {})
    await home.session.disconnect()
    await publish(home, {**given, "markdown": "white"})
    with pytest.raises(EntryChanged):
        await publish(home, {**given, "markdown": "black"})
    await home.online()
    found = await until_state(home, written.id, "published")
    assert found.body == "white"
