"""Likes: how many there are of a post, and that of the user."""

import pytest

from backendd.api.errors import NotConnected
from tests.primitivus.app.test_posts import link, style_of
from tests.primitivus.fake import MIA
from tests.primitivus.fake.account import MICROBLOG


async def test_a_post_tells_how_many_like_it_and_how_many_comments_are_known(account, pilot):
    account.write(MIA, "tea", title="On tea", more={"likes": 3, "comments": 1})
    account.write(MIA, "cups", title="On cups", more={"likes": 0, "comments": 0})
    await pilot.command("blog mia")
    await pilot.see("On tea")
    (row,) = [row for row in pilot.terminal.rows if "On tea" in row and "♥" in row]
    assert row.rstrip().endswith("♥3 ❞1")
    assert not [row for row in pilot.terminal.rows if "On cups" in row and "♥" in row]
    await pilot.command(f"post {link('tea')}")
    await pilot.see("♥ 3  1 comment")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_a_key_likes_the_post_that_is_shown_and_takes_it_back(account, fly, keymap):
    account.write(MIA, "tea", title="On tea", body="leaves", more={"likes": 1, "liked": False})
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type(f"post {link('tea')}\n")
    await pilot.see("leaves")
    await pilot.press("+")
    await pilot.see("♥ 2 (you too)")
    assert style_of(pilot, "♥ 2") == ["reaction.own"]
    await pilot.press("+")
    await pilot.see("♥ 1")
    await pilot.lose("you too")
    calls = [call for call in account.calls if call[0] == "Like"]
    assert calls == [("Like", MIA, MICROBLOG, "tea", True), ("Like", MIA, MICROBLOG, "tea", False)]


async def test_the_marked_post_of_a_list_is_liked_there(account, pilot):
    account.write(MIA, "tea", title="On tea")
    account.write(MIA, "cups", title="On cups")
    await pilot.command("blog mia")
    await pilot.see("On tea")
    await pilot.press("j", "+")
    await pilot.see("you like: On tea")
    assert ("Like", MIA, MICROBLOG, "tea", True) in account.calls


async def test_a_like_that_is_refused_says_why(account, pilot):
    account.write(MIA, "tea", title="On tea")
    account.blog_refusals["Like"] = NotConnected("there is no connection to ask")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("On tea")
    await pilot.press("+")
    await pilot.see("there is no connection to ask")


async def test_where_no_post_is_shown_there_is_nothing_to_like(pilot):
    await pilot.command("like")
    await pilot.see("no post is shown here")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("like", "you like: On tea"),
        ("presence away", 'you are shown as "away"'),
        ("status reading", "your status is: reading"),
        ("nickname Ally", "your nickname for your contacts is Ally"),
    ],
)
async def test_what_is_done_offline_is_said_to_be_seen_by_others_later(account, pilot, line, said):
    account.write(MIA, "tea", title="On tea", body="leaves", more={"likes": 1, "liked": False})
    await pilot.command(f"post {link('tea')}")
    await pilot.see("leaves")
    account.become("offline")
    await pilot.see("Offline")
    await pilot.command(line)
    await pilot.see(f"{said}; others see it once you are online")
    account.become("online")
    await pilot.lose("Offline")
    await pilot.command(line)
    await pilot.lose("others see it")
