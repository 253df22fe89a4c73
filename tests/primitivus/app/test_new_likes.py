"""Who has come to like what the user wrote stands on the first screen until they have opened it."""

import pytest

from backendd.api.errors import ServerError
from primitivus.client import seen_likes
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import ALICE, MICROBLOG

NODE = f"{MICROBLOG}:comments/tea"


@pytest.fixture
def write(account):
    """Call it to have a post of the user."""

    def write(id, title):
        at = {"comments_service": ALICE, "comments_node": f"{MICROBLOG}:comments/{id}"}
        return account.write(ALICE, id, title=title, body="leaves", **at)

    return write


@pytest.fixture
def mine(write):
    return write("tea", "On tea")


@pytest.fixture
def like(account):
    """Call it to have people be all who have come to like something."""

    def like(entry, *people, at=1, **known):
        last = {"liked_by": people[-1], "liked_at": at} if people else {}
        account.discuss(entry, new_likes=len(people), new_likers=list(people), **last, **known)

    return like


def seen(account):
    return [call[1:] for call in account.calls if call[0] == "SeeLikes"]


def rows(pilot):
    """Return what is told of likes: how many, and of what."""
    listed = pilot.state.layout.main.rows()
    return [(each.sign, each.text) for each in listed if each.name == "likes"]


async def test_who_likes_a_post_waits_until_it_is_opened(account, like, mine, pilot):
    await pilot.command("home")
    await pilot.see("Nothing waits for you.")
    like(mine, BOB)
    await pilot.see('of "On tea", by bob')
    like(mine, BOB, MIA)
    await pilot.see('of "On tea", the last by mia')
    assert rows(pilot) == [("2", 'of "On tea", the last by mia')]
    assert seen(account) == []
    await pilot.press("Home", "Enter")
    await pilot.see("Post: On tea")
    await pilot.until(lambda: not account.discussions[ALICE, NODE].new_likes)
    assert seen(account) == [(ALICE, MICROBLOG, ["tea"])]
    await pilot.command("home")
    await pilot.see("Nothing waits for you.")


async def test_who_likes_a_post_that_is_looked_at_is_seen_each_time(account, like, mine, pilot):
    await pilot.command(f"post {mine.uri}")
    await pilot.see("leaves")
    for count, who in enumerate((BOB, MIA), 1):
        like(mine, who)
        await pilot.until(lambda count=count: len(seen(account)) == count)
        await pilot.until(lambda: not account.discussions[ALICE, NODE].new_likes)


async def test_a_like_that_is_taken_back_waits_no_more(like, mine, pilot):
    await pilot.command("home")
    like(mine, BOB)
    await pilot.see('of "On tea", by bob')
    like(mine)
    await pilot.see("Nothing waits for you.")


async def test_what_is_muted_does_not_wait(like, mine, pilot):
    await pilot.command("home")
    like(mine, BOB)
    await pilot.see('of "On tea", by bob')
    like(mine, BOB, notify="none")
    await pilot.see("Nothing waits for you.")


async def test_who_likes_a_comment_is_seen_where_that_shows(account, like, mine, pilot):
    more = {"commented": mine.uri, "commented_title": "On tea", "heart": False}
    comment = account.write(ALICE, "c", node=NODE, body="I say", author=ALICE, more=more)
    await pilot.command("home")
    like(comment, BOB)
    await pilot.see("by bob")
    await pilot.press("Home", "Enter")
    await pilot.see("Post: On tea")
    await pilot.until(lambda: seen(account))
    assert seen(account) == [(ALICE, NODE, ["c"])]


async def test_of_many_that_are_liked_those_above_are_one_row(like, write, pilot):
    await pilot.command("home")
    for number in range(7):
        like(write(f"n{number}", f"On {number}"), BOB, at=number + 1)
    await pilot.see("of 2 more things that you wrote")
    assert [text for _, text in rows(pilot)] == [
        *(f'of "On {number}", by bob' for number in range(2, 7)),
        "of 2 more things that you wrote",
    ]
    await pilot.press("End", "Enter")
    await pilot.see("Post: On 1")
    await pilot.command("home")
    await pilot.see("of 1 more thing that you wrote")


async def test_what_could_not_be_told_to_be_seen_is_told_again(
    account, like, mine, pilot, monkeypatch
):
    monkeypatch.setattr(seen_likes, "AGAIN_S", 0)
    account.blog_refusals["SeeLikes"] = ServerError("not now")
    like(mine, BOB)
    await pilot.command(f"post {mine.uri}")
    await pilot.until(lambda: len(seen(account)) > 1)
    del account.blog_refusals["SeeLikes"]
    await pilot.until(lambda: not account.discussions[ALICE, NODE].new_likes)


async def test_what_is_open_unseen_is_seen_with_a_key_of_the_list(account, like, mine, pilot):
    like(mine, BOB)
    await pilot.command("blog")
    await pilot.see("On tea")
    assert seen(account) == []
    await pilot.press("r")
    await pilot.until(lambda: seen(account))
