"""A post of a blog on the screen: what it says, where it leads, and going on from it."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from backendd.api import sizes
from backendd.api.errors import NotConnected
from backendd.api.names import BLOG
from backendd.api.records import Enclosure, EntryLink
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import MICROBLOG, MINUTE_US, START_US

XHTML = "http://www.w3.org/1999/xhtml"


def marked_up(inner):
    return f'<div xmlns="{XHTML}">{inner}</div>'


def link(id, service=MIA):
    return f"xmpp:{service}?;node=urn%3Axmpp%3Amicroblog%3A0;item={id}"


def style_of(pilot, text):
    return [style for row in pilot.terminal.styles for style, said in row if text in said]


@pytest.fixture
def post(account):
    """A post with all that one can have."""
    return account.write(
        MIA,
        "tea",
        title="On tea",
        body="Leaves and water",
        xhtml=marked_up(
            "<h2>How</h2><p><strong>Leaves</strong> and <a href='https://a.example/w'>water</a></p>"
        ),
        author_name="Mia",
        updated=START_US + 60 * MINUTE_US,
        tags=["tea", "slow food"],
        links=[EntryLink(rel="alternate", href="https://a.example/tea")],
        attachments=[Enclosure(url="https://a.example/t.ogg", mime="audio/ogg", size=2048)],
        unread=True,
    )


async def test_a_post_shows_who_wrote_it_when_and_all_it_has(post, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves and water[1]")
    for text in (
        "Post: On tea",
        "Mia mia@example.org  2026-11-22 10:36 (edited 2026-11-22 11:36)",
        '#tea #"slow food"',
        f"t.ogg  {sizes.shown(2048)}  audio/ogg",
        "[1] https://a.example/w",
        "on the web: https://a.example/tea",
    ):
        assert text in pilot.screen, text
    assert style_of(pilot, "Leaves")[-1] == "message.strong"
    assert style_of(pilot, "How") == ["post.heading"]
    await pilot.press("q")
    await pilot.see("have you seen this?")


@pytest.mark.parametrize(
    ("xhtml", "body"),
    [
        ("<h1>On  tea</h1><p>Leaves</p>", "On tea\n\nLeaves"),
        ("<p>On <b>tea</b></p>Leaves", "On tea\nLeaves"),
        ("", "On tea\n\nLeaves"),
    ],
)
async def test_a_title_that_the_text_begins_with_shows_once(account, pilot, xhtml, body):
    account.write(MIA, "tea", title="On tea", xhtml=xhtml and marked_up(xhtml), body=body)
    await pilot.command("blog mia")
    await pilot.see("Leaves")
    below = pilot.screen.partition("mia@example.org")[2]
    assert below.count("On tea") == 1
    await pilot.press("Enter")
    await pilot.see("Post: On tea")
    await pilot.see("Leaves")
    assert pilot.screen.count("On tea") == 2  # with what the pane is called
    rows = pilot.terminal.rows
    leaves = next(at for at, row in enumerate(rows) if "Leaves" in row)
    assert "mia@example.org" in rows[leaves - 2]


@pytest.mark.parametrize(
    "inner",
    [
        "<h1>On tea, and more</h1>",
        "<h1><a href='https://a.example/'>On tea</a></h1>",
        "<blockquote>On tea</blockquote>",
        "<pre>On tea</pre>",
        "<p>one</p><h1>On tea</h1>",
    ],
)
async def test_what_says_more_than_a_title_or_stands_further_down_stays(account, pilot, inner):
    account.write(MIA, "tea", title="On tea", xhtml=marked_up(f"{inner}<p>Leaves</p>"))
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves")
    assert pilot.screen.count("On tea") == 3


async def test_an_author_whom_nothing_shows_to_have_written_it_has_a_sign(account, pilot):
    account.write(MIA, "x", title="t", author=BOB, author_verified=False, publisher="eve@a.example")
    await pilot.command(f"post {link('x')}")
    await pilot.see("bob@example.org ? put there by eve@a.example  at mia@example.org")


async def test_a_post_that_was_seen_is_read(post, account, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.until(lambda: ("MarkEntriesRead", MIA, MICROBLOG, ["tea"]) in account.calls)
    assert len([call for call in account.calls if call[0] == "MarkEntriesRead"]) == 1


async def test_a_post_is_what_it_is_now_and_gone_when_it_is_taken_back(post, account, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("On tea")
    account.write(MIA, "tea", title="On coffee", xhtml="", body="Beans")
    await pilot.see("On coffee")
    await pilot.see("Beans")
    account.take_back(MIA, "tea")
    await pilot.see("this post was taken back")
    assert "Beans" not in pilot.screen


@pytest.mark.parametrize("state", ["pending", "failed"])
async def test_a_post_that_is_discarded_was_never_there_to_be_taken_back(
    post, account, pilot, state
):
    account.write(MIA, "tea", title="On coffee", state=state)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Post: On coffee")
    account.take_back(MIA, "tea")
    await pilot.see("this post was discarded: it was never published")


@pytest.mark.parametrize(
    ("becomes", "shows"),
    [
        (lambda account: account.write(MIA, "tea", title="On coffee"), "Post: On coffee"),
        (lambda account: account.take_back(MIA, "tea"), "this post was taken back"),
    ],
    ids=["changed", "gone"],
)
async def test_what_is_told_of_a_post_is_newer_than_the_answer_that_comes_behind(
    post, account, pilot, becomes, shows
):
    held = account.held["GetEntry"] = asyncio.Event()
    await pilot.command(f"post {link('tea')}")
    await pilot.until(lambda: not account.held)
    becomes(account)
    await pilot.see(shows)
    held.set()
    await pilot.command("help back")
    await pilot.see("Go back to what this pane showed before")
    await pilot.press("Esc")
    await pilot.lose("Go back to what this pane showed before")
    await pilot.see(shows)


async def test_why_a_post_is_gone_stays_when_the_answer_behind_it_is_that_there_is_none(
    account, pilot
):
    held = account.held["GetEntry"] = asyncio.Event()
    await pilot.command(f"post {link('tea')}")
    await pilot.until(lambda: not account.held)
    account.write(MIA, "tea", title="On coffee", state="failed")
    await pilot.see("Post: On coffee")
    account.take_back(MIA, "tea")
    await pilot.see("this post was discarded: it was never published")
    held.set()
    await pilot.command("help back")
    await pilot.see("Go back to what this pane showed before")
    await pilot.press("Esc")
    await pilot.lose("Go back to what this pane showed before")
    await pilot.see("this post was discarded: it was never published")


async def test_what_was_too_long_for_a_signal_is_asked_for(post, account, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("On tea")
    now = replace(post, revision=post.revision + 100, xhtml="", body="a whole book")
    account.entries[MIA, MICROBLOG, "tea"] = now
    account.emit(BLOG, "Changed", [replace(now, body="a who", truncated=True)])
    await pilot.see("a whole book")


async def test_why_a_post_is_not_there_is_said_and_it_comes_with_the_connection(account, pilot):
    account.blog_refusals["GetEntry"] = NotConnected("nobody can be asked for it now")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("nobody can be asked for it now")
    account.become("connecting")
    await pilot.see("onnecting")
    del account.blog_refusals["GetEntry"]
    other = account.write(MIA, "other", title="another")
    account.entries[MIA, MICROBLOG, "tea"] = replace(other, id="tea")
    account.become("online")
    await pilot.see("Post: another")


async def test_a_link_that_is_no_post_s_is_refused(pilot):
    await pilot.command("post xmpp:mia@example.org?message;body=x")
    await pilot.see("isn't the link to a post")


async def test_a_link_in_a_message_to_a_post_opens_it(post, pilot):
    await pilot.command(f"open {link('tea')}")
    await pilot.see("Leaves and water")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_one_goes_on_to_older_posts_and_back_to_newer_ones(account, fly, keymap):
    for number in range(60):
        account.write(MIA, f"p{number}", title=f"number {number} of them")
    on, back = ("J", "K") if keymap == "vi" else ("n", "p")
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type(f"post {link('p11')}\n")
    await pilot.see("number 11 of them")
    await pilot.press(on)
    await pilot.see("number 10 of them")
    await pilot.press(on)
    await pilot.see("number 9 of them")
    await pilot.press(back)
    await pilot.see("number 10 of them")
    await pilot.press("q")
    await pilot.see("have you seen this?")


async def test_in_a_post_from_a_list_one_goes_on_in_that_list(account, pilot):
    for peer in (BOB, MIA):
        account.follow(peer)
    for number in range(60):
        account.write((BOB, MIA)[number % 2], f"p{number}", title=f"number {number} of them")
    await pilot.command("blog")
    await pilot.see("number 59 of them")
    await pilot.press("Enter")
    await pilot.see("Post: number 59 of them")
    await pilot.press("p")
    await pilot.see("this is the first post of the list")
    # Past the page that the list had: fifty.
    for number in range(58, -1, -1):
        await pilot.press("n")
        await pilot.see(f"Post: number {number} of them")
    await pilot.press("n")
    await pilot.see("this is the last post of the list")
    await pilot.press("p")
    await pilot.see("Post: number 1 of them")
    await pilot.press("q")
    await pilot.see("Blogs: what you follow")
    assert pilot.state.layout.main.chosen.id == "p1"


async def test_what_one_goes_on_to_in_a_list_has_its_markup(account, pilot):
    for number in range(2):
        text = marked_up(f"<p>tea <strong>leaves {number}</strong></p>")
        account.write(BOB, f"p{number}", title="On tea", body=f"tea leaves {number}", xhtml=text)
    await pilot.command("blog bob")
    await pilot.see("tea leaves 1")
    await pilot.press("Enter")
    await pilot.see("Post: On tea")
    await pilot.press("n")
    await pilot.see("leaves 0")
    assert style_of(pilot, "leaves 0") == ["message.strong"]


async def test_what_is_unread_is_read_straight_through(account, pilot):
    account.follow(BOB)
    for number in range(5):
        title = f"number {number} of them"
        account.write(BOB, f"p{number}", title=title, unread=number % 2 == 0)
    await pilot.command("blog-unread")
    await pilot.see("number 4 of them")
    await pilot.press("Enter")
    await pilot.see("Post: number 4 of them")
    for number in (2, 0):
        await pilot.press("n")
        await pilot.see(f"Post: number {number} of them")
        read = ("MarkEntriesRead", BOB, MICROBLOG, [f"p{number}"])
        await pilot.until(partial(account.calls.__contains__, read))
    await pilot.press("n")
    await pilot.see("this is the last post of the list")


async def test_in_a_post_from_one_blog_one_goes_on_in_that_one(account, pilot):
    for number in range(4):
        account.write((BOB, MIA)[number % 2], f"p{number}", title=f"number {number} of them")
    await pilot.command("blog mia")
    await pilot.see("number 3 of them")
    await pilot.press("Enter")
    await pilot.see("Post: number 3 of them")
    await pilot.press("n")
    await pilot.see("Post: number 1 of them")
    await pilot.press("n")
    await pilot.see("this is the first post of the blog")


@pytest.mark.parametrize("is_seen", [True, False])
async def test_one_does_not_come_back_to_a_post_that_is_gone(post, account, pilot, is_seen):
    await pilot.command("blog mia")
    await pilot.see("On tea")
    await pilot.press("Enter")
    await pilot.see("Post: On tea")
    pane = pilot.state.layout.main
    if not is_seen:
        await pilot.command("unpublished")
        await pilot.see("not published, or not gone yet")
    account.take_back(MIA, "tea")
    await pilot.until(lambda: pane.error)
    if is_seen:
        await pilot.see("this post was taken back")
        await pilot.command("unpublished")
        await pilot.see("not published, or not gone yet")
    await pilot.press("q")
    await pilot.see("Blog: mia")


async def test_there_is_nothing_beyond_the_ends_of_a_blog(account, pilot):
    account.write(MIA, "only", title="the only one")
    await pilot.command(f"post {link('only')}")
    await pilot.see("the only one")
    await pilot.press("n")
    await pilot.see("this is the first post of the blog")
    await pilot.press("p")
    await pilot.see("this is the newest post of the blog")


async def test_its_links_are_chosen_from_and_opened(post, pilot, desktop):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves and water")
    await pilot.press("o")
    await pilot.see("Found here")
    await pilot.see("[1] water  https://a.example/w")
    await pilot.press("Enter")
    await pilot.until(lambda: desktop.exists() and "https://a.example/w" in desktop.read_text())


async def test_the_link_to_it_and_what_it_says_are_copied(post, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves and water")
    await pilot.press("Y")
    await pilot.see("this post: xmpp:mia@example.org?;node=")
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.terminal.copied == [post.uri])
    await pilot.press("y")
    assert pilot.terminal.copied[-1] == "On tea\n\nLeaves and water"


async def test_a_post_is_shared_as_a_text_that_one_sends_oneself(post, account, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves and water")
    await pilot.command(f"share {BOB} look")
    await pilot.see("https://a.example/tea")
    pane = pilot.state.conversation
    assert pane.place.peer == BOB
    assert pane.chat.editor.text == "look\nOn tea\nhttps://a.example/tea"
    assert not [call for call in account.calls if call[0] == "Send"]


async def test_the_marked_post_of_a_list_is_shared_as_one_that_is_read(post, account, pilot):
    await pilot.command(f"blog {MIA}")
    await pilot.see("On tea")
    await pilot.press("s")
    await pilot.type(f"{BOB}\n")
    await pilot.until(lambda: pilot.state.conversation is not None)
    pane = pilot.state.conversation
    await pilot.until(lambda: pane.chat.editor.text == "On tea\nhttps://a.example/tea")
    assert pane.place.peer == BOB


@pytest.mark.parametrize("size", [(60, 16), (20, 10), (100, 30)])
async def test_a_long_post_is_read_to_its_end_at_any_size(account, fly, size):
    words = " ".join(f"word{number}" for number in range(3000))
    account.write(MIA, "long", title="Long", xhtml=marked_up(f"<p>{words}</p><p>the end</p>"))
    pilot = await fly(columns=size[0], rows=size[1]).start(until="have you")
    await pilot.command(f"post {link('long')}")
    await pilot.see("word0")
    await pilot.press("Space")
    await pilot.lose("2026-11-22")
    await pilot.press("G")
    await pilot.see("the end")
    await pilot.press("g", "g")
    await pilot.see("word0")


async def test_a_post_longer_than_the_screen_is_read_once_its_end_was_seen(account, pilot):
    account.follow(MIA)
    words = " ".join(f"word{number}" for number in range(3000))
    account.write(MIA, "long", title="Long", body=f"{words}\n\nthe end", unread=True)
    await pilot.command(f"post {link('long')}")
    await pilot.see("word0")
    await pilot.press("Space")
    await pilot.lose("word0 ")
    await pilot.press("q")
    await pilot.see("have you seen this?")
    await pilot.see("1 unread post")
    assert not [call for call in account.calls if call[0] == "MarkEntriesRead"]
    await pilot.command(f"post {link('long')}")
    await pilot.see("word0")
    await pilot.press("G")
    await pilot.see("the end")
    await account.called("MarkEntriesRead", MIA, MICROBLOG, ["long"])
    await pilot.lose("unread post")


async def test_nothing_of_a_post_shows_once_its_profile_is_locked(post, account, pilot):
    account.protect("secret")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves and water")
    await pilot.command("lock")
    await pilot.lose("Leaves and water")


async def test_from_a_post_one_goes_to_its_blog_and_from_there_back_to_posts(post, account, pilot):
    account.write(MIA, "cups", title="On cups")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves and water")
    await pilot.press("b")
    await pilot.see("On cups")
    await pilot.press("Enter")
    await pilot.see("Post: On cups")
    await pilot.press("q", "q")
    await pilot.see("Post: On tea")
