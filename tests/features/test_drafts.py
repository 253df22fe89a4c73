"""Entries that are being written: kept for all frontends until they are published."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, InvalidJid, TooLarge, UnknownItem
from backendd.core.entries import DraftsChanged
from backendd.store import drafts
from tests.features.test_messages import frontend, options

__all__ = ["frontend"]

BLOG = names.BLOG
FILE = {"url": "https://a.example/b.png", "mime": "image/png", "title": "b"}


async def save(home, entry, id="", *, service="", node="", **options):
    return await home.call(BLOG, "save_draft", id, service, node, entry, options)


async def listed(home):
    return await home.call(BLOG, "drafts", {})


async def test_a_draft_is_kept_as_it_was_given_also_by_a_daemon_that_crashes(make_home):
    home = await make_home()
    entry = {
        "title": "On tea", "markdown": "*green*\n\nand\tblack", "tags": ["a", "b"],
        "comments": False, "enclosures": [FILE],
    }  # fmt: skip
    first = await save(home, entry, service="Bob@X.Localhost/y", node="n")
    empty = await save(home, {})
    await home.crash()
    await home.come_back()
    newer, older = await listed(home)
    assert (newer.id, newer.entry) == (empty, {})
    assert (older.id, older.service, older.node) == (first, "bob@x.localhost", "n")
    assert older.entry == entry
    assert older.updated > 0


async def test_a_draft_that_is_saved_again_takes_the_place_of_what_was_kept(make_home):
    home = await make_home()
    id = await save(home, {"title": "a", "tags": ["x"]})
    assert await save(home, {"markdown": "b"}, id) == id
    (found,) = await listed(home)
    assert (found.id, found.entry) == (id, {"markdown": "b"})


async def test_what_two_frontends_make_of_one_draft_are_two_drafts(make_home):
    home = await make_home()
    id = await save(home, {"title": "a"})
    (seen,) = await listed(home)
    assert await save(home, {"title": "b"}, id, revision=seen.revision) == id
    other = await save(home, {"title": "c"}, id, revision=seen.revision)
    assert other != id
    assert {each.id: each.entry["title"] for each in await listed(home)} == {id: "b", other: "c"}


async def test_a_draft_that_is_gone_meanwhile_is_there_again_with_what_is_saved(make_home):
    home = await make_home()
    id = await save(home, {"title": "a"})
    (seen,) = await listed(home)
    await home.call(BLOG, "delete_draft", id, {})
    assert await save(home, {"title": "b"}, id, revision=seen.revision) == id
    assert [each.entry for each in await listed(home)] == [{"title": "b"}]


async def test_a_draft_that_is_published_is_gone_in_the_same_step(make_home):
    home = await make_home()
    kept, published = await save(home, {"title": "a"}), await save(home, {"title": "b"})
    given = {"draft": published, "token": "t"}
    id = await home.call(BLOG, "publish", "", "", {"title": "b"}, given)
    assert await home.call(BLOG, "publish", "", "", {"title": "b"}, given) == id
    assert [each.id for each in await listed(home)] == [kept]
    with pytest.raises(InvalidArgument):
        await home.call(BLOG, "publish", "", "", {}, {"draft": kept})
    assert [each.id for each in await listed(home)] == [kept]


async def test_a_draft_that_two_frontends_publish_at_the_same_moment_is_published_once(make_home):
    home = await make_home()
    draft, other = await save(home, {"title": "a"}), await save(home, {"title": "b"})

    async def publish(token, *, of=draft, at="", **entry):
        return await home.call(BLOG, "publish", at, "", entry, {"draft": of, "token": token})

    first, second = await asyncio.gather(publish("1", title="a"), publish("2", title="a"))
    assert first == second == await publish("3", title="a")
    # What somebody has written otherwise, for somewhere else or as another draft is more.
    said = [
        first,
        await publish("4", title="a", markdown="b"),
        await publish("5", title="a", at="blogs.x.localhost"),
        await publish("6", title="a", of=other),
    ]
    assert len(set(said)) == len(said)
    assert await save(home, {"title": "a"}, draft) == draft
    assert await publish("7", title="a") not in said
    await home.call(BLOG, "discard", "", "", said[-1], {})
    assert await publish("8", title="a", of=other) not in said


async def test_a_change_that_two_frontends_publish_at_the_same_moment_is_one(make_home):
    home = await make_home()
    id = await home.call(BLOG, "publish", "", "", {"title": "a"}, {})
    entry, _ = await home.call(BLOG, "source", "", "", id)
    change = {**entry, "title": "b"}
    draft = await save(home, change)
    given = ("", "", change, {"draft": draft})
    assert await asyncio.gather(*(home.call(BLOG, "publish", *given) for _ in range(2))) == [id, id]


async def test_what_becomes_of_drafts_is_told(make_home):
    home = await make_home()
    id = await save(home, {"title": "a"})
    await home.call(BLOG, "delete_draft", id, {})
    told = home.hub.of(DraftsChanged)
    assert [([each.id for each in event.drafts], event.gone) for event in told] == [
        ([id], []), ([], [id]),
    ]  # fmt: skip
    with pytest.raises(UnknownItem):
        await home.call(BLOG, "delete_draft", id, {})


async def test_a_draft_keeps_nothing_that_a_terminal_would_obey(make_home):
    home = await make_home()
    entry = {"title": "a\x1b[31m", "tags": ["\x07b"], "enclosures": [{"title": "\x9bc"}]}
    id = await save(home, entry, "d\x1b\n1", node="n\x1b\nm")
    (found,) = await listed(home)
    assert (id, found.id, found.node) == ("d 1", "d 1", "n m")
    assert found.entry == {"title": "a[31m", "tags": ["b"], "enclosures": [{"title": "c"}]}


@pytest.mark.parametrize(
    ("entry", "at", "error"),
    [
        ({"nonsense": "a"}, "", InvalidArgument),
        ({"title": 1}, "", InvalidArgument),
        ({"markdown": "a", "body": "b"}, "", InvalidArgument),
        ({"markdown": "a" * 600_000}, "", TooLarge),
        ({"title": "a"}, "@", InvalidJid),
    ],
)
async def test_what_can_never_be_published_is_no_draft(make_home, entry, at, error):
    home = await make_home()
    with pytest.raises(error):
        await save(home, entry, service=at)
    assert await listed(home) == []


async def test_drafts_are_no_more_than_one_message_can_tell(make_home, monkeypatch):
    monkeypatch.setattr(drafts, "LONGEST", 100)
    home = await make_home()
    id = await save(home, {"markdown": "a" * 60})
    with pytest.raises(TooLarge, match="drafts"):
        await save(home, {"markdown": "b" * 60})
    assert await save(home, {"markdown": "c" * 70}, id) == id


async def test_a_frontend_hears_of_a_draft_what_another_has_given(frontend):
    entry = options(title="On tea", comments=False)
    id = await frontend.call(BLOG, "SaveDraft", "sssa{sv}", "", "", "", entry)
    await frontend.until(lambda: frontend.of("DraftsChanged"))
    ((told, gone),) = frontend.of("DraftsChanged")
    assert [(each["id"], each["entry"]) for each in told] == [
        (id, {"title": "On tea", "comments": False})
    ]
    assert gone == []
    assert await frontend.call(BLOG, "Drafts") == told
