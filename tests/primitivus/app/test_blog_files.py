"""Blogs as files: exported to one, and what one has published, once it was shown and asked for."""

import asyncio
import os
import stat

import pytest

from backendd.api.errors import InvalidArgument, NotConnected
from backendd.api.records import ImportedEntry
from primitivus.client import bus
from primitivus.client.unfinished import unfinished
from primitivus.model.blogs.outgoing import OutgoingPosts
from tests.primitivus.fake import BOB
from tests.primitivus.fake.account import ALICE, MICROBLOG, START_US

RSS = b"<rss/>"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "old blog.xml"
    path.write_bytes(RSS)
    return path


@pytest.fixture
def importable(account):
    """The posts of any file: two are new, one is a draft, and one is known."""
    account.importable = [
        ImportedEntry(id="a", state="new", title="On tea", published=START_US, tags=["drinks"]),
        ImportedEntry(id="b", state="new", title="On trains", published=START_US + 1),
        ImportedEntry(
            id="c", state="refused", title="Secret plans",
            error=("InvalidArgument", "it isn't published there (draft)"),
        ),
        ImportedEntry(id="d", state="known", title="Known already"),
    ]  # fmt: skip
    return account.importable


def imported(account):
    return [call[1:] for call in account.calls if call[0] == "Import"]


async def test_a_blog_is_written_to_a_file_that_is_for_its_owner_alone(account, pilot, tmp_path):
    path = tmp_path / "my blog.atom"
    await pilot.command(f'blog-export "{path}"')
    await pilot.see('"your blog" is in "')
    assert path.read_bytes() == b"<feed/>"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ("Export", ALICE, MICROBLOG) in account.calls
    await pilot.command(f'blog-export "{path}" bob')
    await pilot.see('"bob" is in')
    assert ("Export", BOB, MICROBLOG) in account.calls
    names = [each.name for each in tmp_path.iterdir() if each.is_file()]
    assert sorted(names) == ["my blog (2).atom", "my blog.atom"]


async def test_what_was_left_of_a_file_is_removed_by_the_next_one_who_starts(fly, tmp_path):
    left = tmp_path / unfinished().new(str(tmp_path))
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    pilot = await fly().start()
    await pilot.until(lambda: pilot.app.controls)
    await asyncio.gather(*(each for each in asyncio.all_tasks() if each.get_name() == "clean up"))
    assert not left.exists()


async def test_a_blog_that_can_not_be_read_leaves_no_file(account, pilot, tmp_path):
    account.blog_refusals["Export"] = NotConnected("not all of this blog is here")
    await pilot.command(f"blog-export {tmp_path}/blog.atom")
    await pilot.see("not all of this blog is here")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []


async def test_a_long_blog_may_take_long(account, pilot, tmp_path, monkeypatch):
    monkeypatch.setattr(bus, "TIMEOUT_S", 0.0)
    await pilot.command(f"blog-export {tmp_path}/blog.atom")
    await pilot.see('"your blog" is in')


@pytest.mark.parametrize(
    ("name", "why"), [("", "is a folder"), ("none/blog.atom", "No such file or directory")]
)
async def test_where_no_file_can_be_made_it_is_said(pilot, tmp_path, name, why):
    await pilot.command(f"blog-export {tmp_path}/{name}")
    await pilot.see(why)


async def test_what_would_be_published_is_shown_before_anything_is(
    account, pilot, file, importable
):
    await pilot.command(f'blog-import "{file}"')
    await pilot.see('into "your blog": 2 new, 1 there already, 1 left out')
    await pilot.see("On tea  #drinks")
    await pilot.see("Secret plans  left out: it isn't published there (draft)")
    assert "Known already" not in pilot.screen
    await pilot.press("Esc")
    await pilot.lose("On tea")
    assert imported(account) == [(ALICE, MICROBLOG, RSS, True)]


async def test_dates_that_can_not_be_are_told_before_anything_is_published(account, pilot, file):
    account.importable = [
        ImportedEntry(id="a", state="new", title="Far", published=START_US, doubt="future"),
        ImportedEntry(id="b", state="new", title="None", doubt="missing"),
        ImportedEntry(id="c", state="new", title="Other", doubt="missing"),
        ImportedEntry(id="d", state="new", title="Old", published=-1, doubt="early"),
        ImportedEntry(id="e", state="new", title="Fine", published=START_US),
        ImportedEntry(id="f", state="known", title="Known", doubt="future"),
    ]
    await pilot.command(f'blog-import "{file}"')
    await pilot.see("1 post: dated in the future, published as of now")
    await pilot.see("2 posts: without a date, published as of now")
    await pilot.see("1 post: dated before 1970, published as of then")
    await pilot.see("Far  lies in the future: is of now")
    await pilot.see("Old  before 1970")
    await pilot.see("no date")


@pytest.mark.parametrize("answer", ["y", ""])
async def test_the_posts_are_published_once_the_user_has_said_so(
    account, pilot, file, importable, answer
):
    await pilot.command(f'blog-import "{file}"')
    await pilot.see("On trains")
    await pilot.press("Enter")
    await pilot.see("Whoever follows it is told of each post")
    await pilot.type(answer)
    await pilot.press("Enter")
    await pilot.see('"your blog" gets them: 2 new' if answer else "nothing was done")
    is_dry = [call[-1] for call in imported(account)]
    assert is_dry == ([True, False] if answer else [True])


async def test_another_blog_gets_the_posts_of_a_file_if_it_is_named(
    account, pilot, file, importable
):
    await pilot.command(f'blog-import "{file}" pubsub.example.org news')
    await pilot.see("On trains")
    await pilot.press("Enter")
    await pilot.see("Sure?")
    await pilot.press("y")
    await pilot.see("gets them: 2 new")
    assert [call[:2] for call in imported(account)] == [("pubsub.example.org", "news")] * 2


async def test_where_nothing_is_new_nothing_is_asked(account, pilot, file, importable):
    account.importable = importable[2:]
    await pilot.command(f'blog-import "{file}"')
    await pilot.see("would be published: 1 there already, 1 left out")


async def test_what_is_no_feed_is_said_to_be_none(account, pilot, file):
    account.blog_refusals["Import"] = InvalidArgument("the file is neither Atom nor RSS 2.0")
    await pilot.command(f'blog-import "{file}"')
    await pilot.see("the file is neither Atom nor RSS 2.0")


async def test_a_file_that_is_not_there_is_said_to_be_missing(account, pilot, tmp_path):
    await pilot.command(f"blog-import {tmp_path}/none.xml")
    await pilot.see("can't be read: No such file or directory")
    await pilot.command(f"blog-import {tmp_path}")
    await pilot.see("is a directory; only files can be imported")
    assert imported(account) == []


async def test_of_many_posts_that_go_out_it_is_not_said_of_each(account, pilot):
    await pilot.see("alice")
    for state in ("pending", "published"):
        for number in range(10):
            account.write(ALICE, f"p{number}", title=f"Post {number}", state=state)
    await pilot.see('"Post 9" is published')
    await pilot.command("messages")
    await pilot.see("Messages of the program")
    assert "Post 0" not in pilot.screen


async def test_after_many_were_discarded_it_is_said_of_each_again_that_it_is_out(account, pilot):
    await pilot.see("alice")
    for number in range(10):
        account.write(ALICE, f"p{number}", title=f"Post {number}", state="pending")
    account.take_back(ALICE, *(f"p{number}" for number in range(10)))
    for state in ("pending", "published"):
        account.write(ALICE, "tea", title="On tea", state=state)
    await pilot.see('"On tea" is published')


async def test_after_many_went_out_unseen_it_is_said_of_each_again_that_it_is_out(
    account, pilot, fake
):
    await pilot.see("alice")
    account.send_out(ALICE, pending=10)
    for number in range(10):
        account.write(ALICE, f"p{number}", title=f"Post {number}", state="pending")
    await pilot.see("publishing: 0 of 10 posts")
    await fake.stop()
    await pilot.see("No backend since")
    account.outgoing = []
    await fake.start()
    await pilot.lose("No backend since")
    await pilot.lose("publishing:")
    for state in ("pending", "published"):
        account.write(ALICE, "tea", title="On tea", state=state)
    await pilot.see('"On tea" is published')


async def test_how_far_many_posts_are_is_told_and_what_became_of_them(account, pilot):
    await pilot.see("alice")
    account.send_out(ALICE, pending=2)
    account.send_out(ALICE, pending=5000)
    await pilot.see("publishing: 0 of 5000 posts")
    account.send_out(ALICE, pending=4000, failed=7, published=993)
    await pilot.see("publishing: 993 of 5000 posts (7 failed)")
    account.send_out(ALICE, failed=8, published=4992)
    await pilot.see("4992 posts are published, 8 have failed: :unpublished tells why")
    assert "publishing:" not in pilot.screen


async def test_what_waits_is_known_by_a_frontend_that_comes_later(account, fly):
    account.send_out(ALICE, pending=4, published=6)
    pilot = await fly().start(until="alice")
    await pilot.see("publishing: 6 of 10 posts")


async def test_what_waits_to_be_published_is_given_up_once_the_user_has_said_so(account, pilot):
    await pilot.command("discard-pending")
    await pilot.see('nothing waits to be published in "your blog"')
    account.send_out(ALICE, pending=4990, published=10)
    await pilot.until(lambda: pilot.account.known.of(OutgoingPosts).going())
    for answer, said in (("", "nothing was done"), ("y", "4990 posts are discarded")):
        await pilot.command("discard-pending")
        await pilot.see('4990 posts wait for "your blog": none of those goes out.')
        await pilot.type(answer)
        await pilot.press("Enter")
        await pilot.see(said)
    assert [call for call in account.calls if call[0] == "DiscardPending"] == [
        ("DiscardPending", ALICE, MICROBLOG)
    ]
