"""Blogs: lists of posts, what is followed, and what of it was read."""

from dataclasses import replace

import pytest

from backendd.api.errors import NotAllowed, NotConnected
from backendd.api.records import Enclosure
from backendd.core import xml
from primitivus.client import posts
from primitivus.model.blogs.blogs import Blogs
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import ALICE, MICROBLOG, MINUTE_US, START_US

LIB = "pubsub.example.org"
YEAR_US = 366 * 86_400_000_000


def rows(pilot, *texts):
    """Return the rows of the screen that have one of these texts."""
    return [row for row in pilot.terminal.rows if any(text in row for text in texts)]


def titles(pilot):
    """Return which posts with a number are listed."""
    return [row.partition("Post ")[2].split(".")[0] for row in rows(pilot, "Post ")]


async def test_what_is_followed_stands_in_one_list_with_the_newest_first(account, pilot):
    account.follow(BOB)
    account.follow(LIB, "news")
    account.write(BOB, "one", title="On trains")
    account.write(LIB, "two", node="news", title="New books", author=MIA, tags=["books"])
    account.write(MIA, "three", title="Nobody follows this")
    account.write(ALICE, "four", title="Mine")
    await pilot.command("blog")
    await pilot.see("Blogs: what you follow")
    await pilot.see("On trains")
    first = {text: rows(pilot, text)[0] for text in ("Mine", "New books", "On trains")}
    assert sorted(first, key=lambda text: pilot.terminal.rows.index(first[text])) == [*first]
    assert "Nobody follows this" not in pilot.screen
    assert any("mia" in row and "#books" in row for row in rows(pilot, "New books"))


async def test_one_blog_is_shown_by_whose_it_is_by_its_node_or_by_a_link(account, pilot):
    account.write(BOB, "one", title="On trains")
    account.write(LIB, "two", node="news", title="New books")
    for line, text in (
        ("blog bob", "On trains"),
        (f"blog {LIB} news", "New books"),
        (f"blog xmpp:{BOB}?;node=urn%3Axmpp%3Amicroblog%3A0", "On trains"),
    ):
        await pilot.command(line)
        await pilot.see(text)
        await pilot.press("q")
        await pilot.lose(text)


async def test_a_blog_is_called_as_it_is_named_by_then(account, pilot):
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Blog: news at pubsub.example.org")
    account.follow(LIB, "news", name="New books")
    await pilot.see("Blog: New books")


async def test_enter_reads_the_marked_post_and_a_key_leads_on_to_its_blog(account, pilot):
    account.follow(BOB)
    account.write(BOB, "one", title="On trains")
    account.write(MIA, "two", title="On ships")
    account.follow(MIA)
    await pilot.command("blog")
    await pilot.see("On trains")
    await pilot.see("On ships")
    await pilot.press("Enter")
    await pilot.see("Post: On ships")
    await pilot.press("b")
    await pilot.see("Blog: mia")
    await pilot.press("q")
    await pilot.see("Post: On ships")
    await pilot.press("q")
    await pilot.see("On trains")


async def test_a_room_has_no_blog(account, pilot):
    account.know(MIA)
    account.message("den@rooms.example.org", "hello", kind="room")
    account.record("den@rooms.example.org")
    await pilot.see("den")
    await pilot.command("blog den@rooms.example.org")
    await pilot.see("a room has no blog")


@pytest.mark.parametrize("address", ["https://example.org", "HTTP://example.org/~bob/feed"])
@pytest.mark.parametrize("command", ["blog", "follow"])
async def test_an_address_of_the_web_is_none_of_a_blog(account, pilot, command, address):
    await pilot.command(f"{command} {address}")
    await pilot.see(f"{address} isn't an address of a blog")


async def test_who_wrote_a_post_is_doubted_where_the_service_did_not_say_so(account, pilot):
    account.write(LIB, "sure", node="news", title="Books", author=BOB)
    account.write(LIB, "unsure", node="news", title="Money", author=BOB, author_verified=False)
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Books")
    assert any("bob ?" in row for row in rows(pilot, "Money"))
    assert not any("bob ?" in row for row in rows(pilot, " Books"))


async def test_further_down_a_list_goes_on_by_itself(account, pilot):
    for number in range(130):
        account.write(BOB, f"post{number}", title=f"Post {number}.")
    await pilot.command("blog bob")
    await pilot.see("Post 129.")
    posts = pilot.state.layout.main.posts
    for held in (100, 130):
        await pilot.press("G")
        await pilot.until(lambda held=held: len(posts) >= held)
    await pilot.press("G")
    await pilot.see("Post 0.")


async def test_what_is_written_shows_at_once_and_what_one_looks_at_stays(account, fly):
    pilot = await fly(rows=16).start(until="have you seen this?")
    account.follow(BOB)
    for number in range(30):
        account.write(BOB, f"post{number}", title=f"Post {number}.")
    await pilot.command("blog")
    await pilot.see("Post 29.")
    await pilot.press(*["j"] * 12)
    await pilot.see("Post 17.")
    before = rows(pilot, "Post ")
    account.write(BOB, "new", title="Brand new", unread=True)
    await pilot.see("1 new above")
    # The line stands in the place of the first row; nothing moves.
    assert rows(pilot, "Post ") == before[1:]
    await pilot.press("g", "g")
    await pilot.see("Brand new")
    await pilot.lose("new above")


async def test_what_came_above_in_a_list_is_told_until_it_shows_or_is_read(account, fly):
    pilot = await fly(rows=16).start(until="have you seen this?")
    account.follow(BOB)
    for number in range(30):
        account.write(BOB, f"post{number}", title=f"Post {number}.", unread=True)
    await pilot.command("blog")
    await pilot.see("Post 29.")
    await pilot.press("G")
    await pilot.see("Post 0.")
    # Those that showed as one went down are known to be there.
    assert "new above" not in pilot.screen
    before = titles(pilot)
    for number in (30, 31):
        account.write(BOB, f"post{number}", title=f"Post {number}.", unread=True)
    await pilot.see("2 new above")
    account.write(BOB, "post30", unread=False)
    await pilot.see("1 new above")
    assert titles(pilot) == before[1:]
    await pilot.point("new above")
    await pilot.see("Post 31.")
    await pilot.lose("new above")
    await pilot.press("G")
    await pilot.see("Post 0.")
    assert "new above" not in pilot.screen
    account.write(BOB, "post32", title="Post 32.", unread=True)
    await pilot.see("1 new above")
    account.write(BOB, "post32", unread=False)
    await pilot.lose("new above")
    assert titles(pilot) == before


async def test_the_marked_post_is_below_the_line_that_tells_what_came_above(account, fly):
    pilot = await fly(rows=16).start(until="have you seen this?")
    account.follow(BOB)
    for number in range(30):
        account.write(BOB, f"post{number}", title=f"Post {number}.")
    await pilot.command("blog")
    await pilot.see("Post 29.")
    await pilot.press("G")
    await pilot.see("Post 0.")
    account.write(BOB, "new", title="Brand new", unread=True)
    await pilot.see("1 new above")
    for number in range(1, 30):
        await pilot.press("k")
        await pilot.see(f"Post {number}.")
        assert pilot.state.layout.main.chosen.title == f"Post {number}."
    await pilot.press("k")
    await pilot.see("Brand new")
    await pilot.lose("new above")


async def test_a_post_that_is_changed_or_taken_back_is_so_in_the_list(account, pilot):
    account.write(BOB, "one", title="On trians")
    account.write(BOB, "two", title="On ships")
    await pilot.command("blog bob")
    await pilot.see("On trians")
    account.write(BOB, "one", title="On trains")
    await pilot.see("On trains")
    account.take_back(BOB, "two")
    await pilot.lose("On ships")
    account.take_back(BOB, "one")
    await pilot.see("nothing was written here yet")


async def test_what_was_seen_whole_is_read_and_a_longer_one_is_not(account, pilot):
    account.follow(BOB)
    account.write(BOB, "long", title="Long", body="so it goes on " * 500, unread=True)
    account.write(BOB, "short", title="Short", body="that is all", unread=True)
    await pilot.see("2 unread posts")
    await pilot.command("blog")
    await pilot.see("that is all")
    await pilot.until(lambda: ("MarkEntriesRead", BOB, MICROBLOG, ["short"]) in account.calls)
    await pilot.see("1 unread post")
    await pilot.press("j")
    await pilot.see("so it goes on")
    await pilot.press("r")
    await pilot.lose("unread post")
    assert account.calls[-1] == ("MarkEntriesRead", BOB, MICROBLOG, ["long"])


async def test_nothing_is_read_that_nobody_looks_at(account, pilot):
    account.follow(BOB)
    await pilot.command("blog")
    await pilot.see("Blogs: what you follow")
    pilot.terminal.on_keys(["focus out"])
    account.write(BOB, "short", title="Short", body="that is all", unread=True)
    await pilot.see("that is all")
    assert "1 unread post" in pilot.screen
    assert not [each for each in account.calls if each[0] == "MarkEntriesRead"]
    pilot.terminal.on_keys(["focus in"])
    await pilot.lose("unread post")


async def test_only_what_is_unread_can_be_shown_and_stays_there_once_read(account, pilot):
    account.follow(BOB)
    account.write(BOB, "old", title="Old one")
    account.write(BOB, "new", title="New one", unread=True)
    await pilot.command("blog-unread")
    await pilot.see("Blogs: what is unread")
    await pilot.see("New one")
    await account.called("MarkEntriesRead", BOB, MICROBLOG, ["new"])
    await pilot.lose("unread post")
    assert "New one" in pilot.screen
    assert "Old one" not in pilot.screen
    await pilot.press("R")
    await pilot.see("all is read; :blog shows it")
    await pilot.press("u")
    await pilot.see("Old one")


async def test_all_of_what_is_followed_can_be_marked_as_read(account, pilot):
    for who in (BOB, MIA):
        account.follow(who)
        for number in range(3):
            account.write(who, f"p{number}", body="so it goes on " * 500, unread=True)
    await pilot.see("6 unread posts")
    await pilot.command("blog")
    await pilot.see("so it goes on")
    await pilot.press("A")
    await pilot.see("All of it counts as read from now on")
    await pilot.press("Enter")
    await pilot.see("nothing was done")
    assert not [call for call in account.calls if call[0] == "MarkEntriesRead"]
    await pilot.press("A")
    await pilot.see("Sure?")
    await pilot.press("y")
    await pilot.see("6 posts are read")
    await pilot.lose("unread post")


async def test_a_few_are_marked_as_read_without_a_question_and_it_is_said_how_many(account, pilot):
    account.follow(BOB)
    for number in range(2):
        account.write(BOB, f"p{number}", body="so it goes on " * 500, unread=True)
    await pilot.see("2 unread posts")
    await pilot.command("blog")
    await pilot.see("so it goes on")
    await pilot.press("A")
    await pilot.see("2 posts are read")
    await pilot.press("A")
    await pilot.see("nothing is unread here")


async def test_posts_are_found_by_their_words(account, pilot):
    account.write(BOB, "one", title="On trains")
    account.write(MIA, "two", title="Trains at night")
    account.write(MIA, "three", title="On ships")
    await pilot.command("blog-search trains")
    await pilot.see("Trains at night")
    assert "On trains" in pilot.screen
    assert "On ships" not in pilot.screen
    await pilot.press("b")
    await pilot.see("On ships")
    await pilot.command("blog-search nonsense")
    await pilot.see('no post that is here contains "nonsense"; only whole words are found')


async def test_a_post_of_next_century_stands_where_it_came_and_says_so(account, pilot):
    came = START_US + 3 * MINUTE_US
    account.follow(BOB)
    far = xml.parse_time("2199-12-31T12:00:00Z")
    account.write(BOB, "far", title="From afar", published=far, updated=far, order=came)
    account.write(BOB, "later", title="Later", published=came + 1, order=came + 1)
    account.write(BOB, "early", title="Early", published=came - 1, order=came - 1)
    await pilot.command("blog")
    await pilot.see("From afar")
    first = [rows(pilot, text)[0] for text in ("Later", "From afar", "Early")]
    assert first == sorted(first, key=pilot.terminal.rows.index)
    assert "2199?" in first[1]
    await pilot.press("j", "Enter")
    await pilot.see("2199-12-31 ")
    await pilot.see("? it came ")


async def test_going_on_below_what_was_found_does_not_begin_anew_for_a_date_that_can_not_be(
    account, pilot
):
    far = xml.parse_time("2199-12-31T12:00:00Z")
    for number in range(60):
        at = START_US + number * MINUTE_US
        account.write(BOB, f"p{number}", title=f"train {number}", published=far, order=at)
    await pilot.command("blog-search train")
    await pilot.see("train 59")
    await pilot.press("G")
    await pilot.until(lambda: len(pilot.state.layout.main.posts) == 60)


async def test_what_was_found_in_a_post_stands_behind_what_that_is_called(account, pilot):
    account.write(BOB, "one", title="On trains", body="they are slow where they go uphill")
    await pilot.command("blog-search uphill")
    await pilot.see("On trains  they are slow where they go uphill")
    account.write(BOB, "one", title="On trains", body="On trains\n\nthey go downhill")
    await pilot.command("blog-search downhill")
    await pilot.see("they go downhill")
    assert "On trains  On trains" not in pilot.screen


async def test_posts_and_messages_say_of_each_other_that_they_have_what_was_searched_for(
    account, pilot
):
    account.write(BOB, "one", title="On trains")
    account.write(BOB, "two", title="Have you seen it")
    await pilot.see("have you seen this?")
    await pilot.command("search trains")
    await pilot.see('no message contains "trains"; posts contain it: :blog-search trains')
    await pilot.command("search seen")
    await pilot.see("posts contain it too: :blog-search seen")
    await pilot.command("blog-search seen")
    await pilot.see("messages contain it: :search seen")
    await pilot.command("search nowhere")
    await pilot.see('no message contains "nowhere"')
    assert "posts contain" not in pilot.screen


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_keys_go_from_a_conversation_to_a_blog_and_follow_it(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.write(BOB, "one", title="On trains")
    if keymap != "emacs":
        await pilot.press("Esc")
    await pilot.press(*{"primitivus": ["M-B"], "vi": ["g", "B"], "emacs": ["C-c", "B"]}[keymap])
    await pilot.see("nothing yet: :follow ADDRESS follows somebody's blog")
    await pilot.press("q")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("their-blog\n")
    await pilot.see("Blog: bob")
    await pilot.press("f")
    await pilot.see('you follow "bob"; :unfollow ends that')
    assert ("Subscribe", BOB, MICROBLOG) in account.calls
    await pilot.press("f")
    await pilot.see('"bob" is followed already')
    await pilot.press("U")
    await pilot.see('you no longer follow "bob"')


async def test_what_is_followed_is_listed_with_what_is_unread_in_each(account, pilot):
    account.follow(BOB)
    account.follow(LIB, "news", name="News of the library", pending=True)
    account.write(BOB, "one", title="On trains", unread=True)
    await pilot.see("1 unread post")
    await pilot.command("followed")
    await pilot.see("2 followed")
    assert "News of the library" in pilot.screen
    assert "its owner has not agreed yet" in pilot.screen
    assert "1 unread" in "".join(rows(pilot, BOB))
    await pilot.press("Delete")
    await pilot.type("y\n")
    await pilot.see("1 followed")
    await pilot.press("Enter")
    await pilot.see("Blog: News of the library")


async def test_a_blog_that_is_muted_is_counted_quietly_with_a_sign_in_the_list(account, pilot):
    account.follow(BOB)
    account.follow(MIA)
    account.write(BOB, "one", title="On trains", unread=True)
    account.write(MIA, "two", title="On ships", unread=True)
    await pilot.see("2 unread posts")
    await pilot.command("mute-blog bob")
    await pilot.see('"bob" makes no noise: what is new there is not counted')
    assert account.calls[-1] == ("SetSubscription", BOB, MICROBLOG, "none")
    await pilot.command("focus messages")
    await pilot.see("1 unread post ")
    account.write(BOB, "three", title="More trains", unread=True)
    await pilot.command("followed")
    await pilot.see("2 unread, muted")
    await pilot.see("1 unread")
    await pilot.type("bob")
    await pilot.press("Insert")
    await pilot.see('"bob" makes noise')
    await pilot.lose("muted")
    await pilot.press("Esc")
    await pilot.command("focus messages")
    await pilot.see("3 unread posts")
    await pilot.command("mute-blog zoe@example.org")
    await pilot.see('"zoe" isn\'t followed; :follow does that')


async def test_where_nothing_is_followed_the_list_says_how_to_begin(pilot):
    await pilot.command("followed")
    await pilot.see("you follow no blog; :follow ADDRESS follows somebody's")


async def test_what_is_no_longer_followed_leaves_the_list(account, pilot):
    account.follow(BOB)
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog")
    await pilot.see("On trains")
    await pilot.command("unfollow bob")
    await pilot.see("nothing yet: :follow ADDRESS")
    await pilot.command("follow bob")
    await pilot.see("On trains")


async def test_a_blog_that_cannot_be_read_says_why_and_is_asked_for_again_by_a_key(account, pilot):
    account.blog_refusals["ListEntries"] = NotAllowed("only friends may read this blog")
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog bob")
    await pilot.see("only friends may read this blog")
    account.blog_refusals.clear()
    await pilot.press("R")
    await pilot.see("On trains")


async def test_why_a_blog_cannot_be_read_is_gone_once_something_of_it_comes(account, pilot):
    account.blog_refusals["ListEntries"] = NotAllowed("only friends may read this blog")
    await pilot.command("blog bob")
    await pilot.see("only friends may read this blog")
    account.blog_refusals.clear()
    account.write(BOB, "one", title="On trains")
    await pilot.see("On trains")
    await pilot.until(lambda: "only friends" not in pilot.screen)


async def test_what_waits_for_its_owner_is_said_to_do_so_still(account, pilot):
    account.follow(BOB, pending=True)
    await pilot.until(lambda: pilot.state.account.of(Blogs).followed())
    await pilot.command("follow bob")
    await pilot.see('"bob" waits for approval still; :unfollow ends that')
    assert ("Subscribe", BOB, MICROBLOG) not in account.calls


async def test_what_is_followed_and_closed_is_asked_for_anew(account, pilot):
    account.follow(BOB, error=("NotAllowed", "its owner lets you read it no more"))
    await pilot.until(lambda: pilot.state.account.of(Blogs).followed())
    await pilot.command("follow bob")
    await account.called("Subscribe", BOB, MICROBLOG)
    await pilot.see('you follow "bob"; :unfollow ends that')


async def test_which_profile_follows_a_blog_is_said_where_there_are_several(account, fake, pilot):
    work = fake.add_profile("work", "alice@example.net")
    work.follow(LIB, "news")
    await pilot.until(lambda: len(pilot.state.accounts) == 2)
    work_known = pilot.state.accounts.opened()[1]
    await pilot.until(lambda: len(work_known.of(Blogs).followed()) == 1)
    await pilot.command(f"follow {LIB} news")
    await pilot.see('alice: you follow "news at pubsub.example.org"; work follows it too')
    await pilot.command(f"follow {LIB} news")
    await pilot.see("is followed already; work follows it too")
    await pilot.command(f"unfollow {LIB} news")
    await pilot.see('alice: you no longer follow "news at pubsub.example.org"; work')


async def test_what_could_not_be_asked_for_is_once_there_is_a_connection(account, pilot):
    account.blog_refusals["ListEntries"] = NotConnected("this profile is not connected")
    account.become("offline")
    await pilot.until(lambda: pilot.state.account.profile.state == "offline")
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog bob")
    await pilot.see("this profile is not connected")
    account.blog_refusals.clear()
    account.become("online")
    await pilot.see("On trains")


async def test_what_is_listed_is_there_again_after_the_backend_was_away(account, fake, pilot):
    account.follow(BOB)
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog")
    await pilot.see("On trains")
    await fake.stop()
    await pilot.until(lambda: not pilot.state.is_attached)
    at = (BOB, MICROBLOG, "two")
    account.entries[at] = replace(
        account.entries[BOB, MICROBLOG, "one"], id="two", title="On ships", published=START_US
    )
    await fake.start()
    await pilot.see("On ships")


async def test_what_nobody_can_be_asked_for_is_said_to_be_so(account, fake, pilot):
    account.write(BOB, "one", title="On trains")
    await fake.stop()
    await pilot.until(lambda: not pilot.state.is_attached)
    await pilot.command("blog bob")
    await pilot.see("the backend is not running; :start-backend starts it")
    assert "asking" not in pilot.screen
    await fake.start()
    await pilot.see("On trains")


async def test_what_could_not_be_told_to_be_read_is_told_again(account, pilot, monkeypatch):
    monkeypatch.setattr(posts, "AGAIN_S", 0.01)
    account.write(BOB, "one", title="On trains", body="They run.", unread=True)
    account.blog_refusals["MarkRead"] = NotConnected("not now")
    await pilot.command(f"post xmpp:{BOB}?;node={MICROBLOG};item=one")
    await pilot.see("They run.")
    await account.called("refused", "MarkRead")
    account.blog_refusals.clear()
    await account.called("MarkEntriesRead", BOB, MICROBLOG, ["one"])


@pytest.mark.parametrize(("columns", "height"), [(60, 16), (36, 12), (20, 10), (100, 6)])
async def test_a_list_of_posts_fits_any_screen(account, fly, columns, height):
    pilot = await fly(columns=columns, rows=height).start()
    await pilot.until(lambda: pilot.app.controls and pilot.state.account.of(Blogs).are_known)
    file = Enclosure(url="https://x.org/a.jpg", mime="image/jpeg", title="a.jpg")
    account.write(
        BOB, "one", title="漢字 and a title that is far too long to fit", tags=["a" * 40, "b"],
        body="\n\n".join(["so it goes on"] * 40), attachments=[file] * 12,
        published=START_US + 9000 * YEAR_US,
    )  # fmt: skip
    await pilot.command("blog bob")
    await pilot.see("漢")
    assert "12" in "".join(rows(pilot, "漢")) or columns < 36


async def test_what_is_said_in_a_post_sends_nothing_to_the_terminal(account, pilot):
    evil = "evil\x1b[31m\u202e\x07text"
    account.write(
        BOB, "one", title=evil, body=evil, author=BOB, author_name=evil, tags=[evil], node=evil
    )
    account.follow(BOB, evil, name=evil)
    await pilot.command("blog")
    await pilot.see("evil[31mtext")
    await pilot.command("followed")
    await pilot.see("1 followed")
    for sign in ("\x1b", "\u202e", "\x07"):
        assert not any(sign in frame for frame in pilot.terminal.frames)


async def test_a_post_of_ours_tells_that_it_is_not_out_yet_and_why(account, pilot):
    account.write(ALICE, "one", title="Mine", state="pending")
    await pilot.command("blog")
    await pilot.see("Mine")
    why = ("NotAllowed", "the server refuses it")
    account.write(ALICE, "one", title="Mine", state="failed", error=why)
    await pilot.see("not published: the server refuses it")


async def test_addresses_of_blogs_are_completed(account, pilot):
    account.follow(LIB, "news")
    await pilot.until(lambda: pilot.state.account.of(Blogs).followed())
    await pilot.press("Esc")
    await pilot.type(":blog pub")
    await pilot.press("Tab")
    await pilot.type("n")
    await pilot.press("Tab")
    assert pilot.state.command_line.text.strip() == f"blog {LIB} news"


async def test_a_blog_that_is_gone_is_shown_as_it_was_with_why_and_since_when(account, pilot):
    account.write(BOB, "one", title="On trains")
    account.failing = ("bob has no blog yet", START_US)
    await pilot.command("blog bob")
    await pilot.see("On trains")
    await pilot.see("Blog: bob (can't be read any more)")
    await pilot.see("this is as it was read before; bob has no blog yet (since 2026-11-22")


async def test_what_is_opened_is_asked_for_once(account, pilot):
    account.write(BOB, "one", title="On trains")
    await pilot.command(f"blog {BOB}")
    await pilot.see("On trains")
    await pilot.press("Enter")
    await pilot.see("Post: On trains")
    assert [each[0] for each in account.calls if "Entr" in each[0]] == ["ListEntries", "GetEntry"]


async def test_the_post_that_was_seen_marked_stays_so_when_another_comes(account, pilot):
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog bob")
    await pilot.see("On trains")
    account.write(BOB, "two", title="On ships", published=START_US + MINUTE_US)
    await pilot.see("On ships")
    await pilot.command("like")
    await account.called("Like", BOB, MICROBLOG, "one", True)


async def test_below_the_list_a_blog_is_named_unless_it_is_called_as_its_writer(account, pilot):
    account.follow(MIA)
    account.write(MIA, "hers", title="On tea")
    account.write(MIA, "his", title="On coffee", author=BOB)
    await pilot.command("blog")
    await pilot.see('bob@example.org, in "mia", 20')
    await pilot.press("j")
    await pilot.see("mia@example.org, 20")
