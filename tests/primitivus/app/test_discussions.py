"""What others say to posts of the user: it is told, counted, gone to and read."""

import asyncio

import pytest

from backendd.api.errors import NotSupported
from primitivus.model.panes.post import PostPane
from primitivus.model.place import Place
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import ALICE, MICROBLOG

NODE = f"{MICROBLOG}:comments/tea"


@pytest.fixture
def mine(account):
    """A post of the user."""
    return account.write(
        ALICE, "tea", title="On tea", body="leaves", comments_service=ALICE, comments_node=NODE
    )


@pytest.fixture
def say(account, mine):
    """Call it to have somebody comment on that."""

    def say(id, text, who=BOB, *, is_told=True, **known):
        more = {"commented": mine.uri, "commented_title": "On tea", "heart": False}
        known = {"author": who, "unread": True, "more": more, **known}
        comment = account.write(ALICE, id, node=NODE, body=text, **known)
        unread = sum(each.unread for each in account.entries.values() if each.node == NODE)
        more = {"comments": unread, "unread_comments": unread}
        account.write(ALICE, "tea", more=more)
        if is_told:
            account.discuss(mine)
        return comment

    return say


def marked(account):
    return [call[1:] for call in account.calls if call[0] == "MarkEntriesRead"]


async def test_who_says_something_is_told_and_counted(say, pilot):
    say("a", "green it is")
    await pilot.see('bob says something to "On tea"; :next-unread goes there')
    await pilot.command("focus messages")
    await pilot.see("1 unread comment ")
    say("b", "black!", MIA, author_verified=False)
    await pilot.see('mia ? says something to "On tea"')
    await pilot.command("focus messages")
    await pilot.see("2 unread comments")


async def test_many_at_once_are_told_once(say, account, mine, pilot):
    for number in range(12):
        say(f"c{number}", f"n{number}", is_told=False)
    account.discuss(mine)
    await pilot.see('12 unread comments on "On tea", the last by bob')
    # How many came last tells nobody how many there are.
    for number in range(12, 15):
        say(f"c{number}", f"n{number}", MIA, is_told=False)
    account.discuss(mine)
    await pilot.see('15 unread comments on "On tea", the last by mia')


async def test_a_key_goes_to_the_first_that_was_not_seen_and_what_is_seen_is_read(
    say, account, pilot
):
    say("a", "read before", unread=False, is_told=False)
    say("b", "green it is")
    say("c", "black!", MIA)
    await pilot.see("mia says something")
    await pilot.press("Esc", "M-a")
    await pilot.see("Post: On tea")
    await pilot.see("┃● bob")
    await pilot.see("black!")
    await pilot.until(lambda: not account.discussions[ALICE, NODE].unread)
    await pilot.lose("says something")
    assert "unread comment" not in pilot.screen
    assert sorted(id for call in marked(account) for id in call[2]) == ["b", "c"]
    # What was new stays to be seen as that while one is there.
    assert len([row for row in pilot.terminal.rows if "● " in row and "example.org" in row]) == 2
    await pilot.press("M-a")
    await pilot.see("nothing else is unread")


async def test_what_is_said_while_one_looks_is_read_and_makes_no_noise(say, account, mine, pilot):
    await pilot.command(f"post {mine.uri}")
    await pilot.see("leaves")
    say("a", "green it is")
    await pilot.see("green it is")
    await pilot.until(lambda: not account.discussions[ALICE, NODE].unread)
    assert "says something" not in pilot.screen
    assert ("a",) in [tuple(call[2]) for call in marked(account)]


async def test_a_comment_below_what_shows_stays_unread(say, account, mine, fly):
    pilot = await fly(rows=12).start(until="have you seen this?")
    account.write(ALICE, "tea", body="\n\n".join(f"line {each}" for each in range(40)))
    say("a", "green it is")
    await pilot.command(f"post {mine.uri}")
    await pilot.see("line 1")
    await pilot.until(lambda: len(pilot.state.layout.main.talk.comments))
    await pilot.see("1 unread comment ")
    assert marked(account) == []
    await pilot.press("G")
    await pilot.see("green it is")
    await pilot.lose("unread comment")


async def test_the_row_of_the_post_tells_how_many_are_unread(say, pilot):
    say("a", "green it is")
    await pilot.command("blog")
    await pilot.see("❞1")
    (row,) = [row for row in pilot.terminal.rows if "On tea" in row and "❞" in row]
    assert row.rstrip().endswith("❞1 ●1")
    assert "●" in row.partition("On tea")[0]


@pytest.mark.parametrize("key", ["r", "A"])
async def test_in_a_list_of_posts_a_key_has_what_is_said_be_read(say, account, pilot, key):
    say("a", "green it is")
    await pilot.command("blog")
    await pilot.see("❞1 ●1")
    await pilot.press(key)
    await pilot.lose("●1")
    assert (ALICE, NODE, []) in marked(account)


async def test_what_one_has_muted_is_counted_nowhere_and_told_by_nobody(say, account, mine, pilot):
    await pilot.command(f"post {mine.uri}")
    await pilot.see("leaves")
    await pilot.command("mute")
    await pilot.see('what is said to "On tea" makes no noise')
    await pilot.see("⊗ what is said to it makes no noise")
    await pilot.press("q")
    await pilot.lose("Post: On tea")
    await pilot.command("blog")
    await pilot.see("⊗")
    await pilot.press("q")
    await pilot.lose("⊗")
    say("a", "green it is")
    await pilot.press("Esc", "M-a")
    await pilot.see("nothing else is unread")
    assert "unread comment" not in pilot.screen
    await pilot.command(f"post {mine.uri}")
    await pilot.see("green it is")
    await pilot.command("mute")
    await pilot.see('what is said to "On tea" makes a noise')
    await pilot.lose("⊗")
    assert [call[4] for call in account.calls if call[0] == "SetDiscussion"] == ["none", "all"]


async def test_who_likes_a_post_is_told_and_nothing_is_unread(account, mine, pilot):
    await pilot.until(lambda: pilot.state.is_attached)
    account.discuss(mine, liked_by=MIA, liked_at=1 << 62)
    await pilot.see('mia likes "On tea"')
    assert "unread comment" not in pilot.screen


async def test_what_was_said_before_one_came_is_counted_and_not_told(say, account, fly):
    say("a", "green it is")
    pilot = await fly().start(until="1 unread comment ")
    assert "says something" not in pilot.screen


async def test_what_rings_for_many_who_talk_at_once_rings_once(say, fly):
    pilot = await fly(notifications="text").start(until="have you seen this?")
    say("a", "green it is")
    say("b", "black!", MIA)
    await pilot.see("mia says something")
    await pilot.until(lambda: pilot.terminal.notified)
    assert pilot.terminal.notified == [('bob ("On tea")', "green it is")]
    assert pilot.terminal.rung == 1


async def test_a_comment_that_is_told_of_while_one_goes_to_it_is_not_taken_for_the_post(say, mine):
    comment = say("a", "green it is")
    pane = PostPane(Place("alice", ""), ALICE, NODE, "a")
    pane.show(comment)
    pane.lead_to((ALICE, MICROBLOG, "tea"), comment)
    assert pane.entry is None
    assert pane.talk.marked == comment


async def test_what_shows_on_the_way_to_what_is_unread_is_not_read_by_that(say, account, mine, fly):
    pilot = await fly(rows=24).start(until="have you seen this?")
    for number in range(120):
        say(f"c{number:03}", f"said {number:03}", is_told=False)
    account.discuss(mine)
    await pilot.see("120 unread comments on")
    more = account.held["MoreComments"] = asyncio.Event()
    await pilot.press("Esc", "M-a")
    await pilot.until(lambda: "MoreComments" not in account.held)
    # Those of the first page are above it, in place of those that belong there.
    await pilot.see("said 000")
    await pilot.see("said 070")
    assert marked(account) == []
    more.set()
    await pilot.see("said 001")
    await pilot.until(lambda: account.discussions[ALICE, NODE].unread < 120)
    read = sorted(id for call in marked(account) for id in call[2])
    assert read == [f"c{number:03}" for number in range(len(read))]
    assert len(read) < 10


async def test_where_older_comments_do_not_come_what_shows_is_read(say, account, mine, fly):
    pilot = await fly(rows=24).start(until="have you seen this?")
    for number in range(120):
        say(f"c{number:03}", f"said {number:03}", is_told=False)
    account.discuss(mine)
    await pilot.see("120 unread comments on")
    more = account.held["MoreComments"] = asyncio.Event()
    await pilot.press("Esc", "M-a")
    await pilot.until(lambda: "MoreComments" not in account.held)
    account.blog_refusals["Comments"] = NotSupported("nobody tells more")
    more.set()
    await pilot.until(lambda: account.discussions[ALICE, NODE].unread < 120)
    assert "c000" in [id for call in marked(account) for id in call[2]]
