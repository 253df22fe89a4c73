"""Looking around at the blogs of a service."""

import asyncio

import pytest

from backendd.api.errors import NotAllowed, Timeout, UnknownItem
from backendd.api.records import BlogNode
from primitivus.model.blogs.blogs import Blogs, Feed
from primitivus.model.blogs.post_drafts import PostDrafts
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import MICROBLOG

LIB = "pubsub.example.org"


def have(account, *nodes, at=LIB):
    account.nodes[at] = [
        BlogNode(service=at, node=node, title=title, description=about)
        for node, title, about in nodes
    ]


def asked_names(account):
    return [each for each in account.calls if each[0] == "Node"]


async def test_the_blogs_of_the_own_server_are_listed_with_what_they_are_called(account, pilot):
    have(account, ("news", "News of the library", "what is new"), ("old", "", ""))
    await pilot.command("blogs")
    await pilot.see("2 blogs at pubsub.example.org")
    assert "News of the library" in pilot.screen
    assert "what is new" in pilot.screen
    assert "old at pubsub.example.org" in pilot.screen


async def test_enter_shows_a_blog_that_was_found_by_its_name(account, pilot):
    have(account, ("news", "News of the library", ""))
    account.write(LIB, "one", node="news", title="New books")
    await pilot.command(f"blogs {LIB}")
    await pilot.see("1 blog at")
    await pilot.see("▸News of the library")
    await pilot.press("Enter")
    await pilot.see("Blog: News of the library")
    await pilot.see("New books")


async def test_a_key_follows_a_blog_and_the_list_says_so(account, pilot):
    have(account, ("news", "News of the library", ""))
    await pilot.command("blogs")
    await pilot.see("1 blog at")
    await pilot.press("Insert")
    await pilot.see("followed")
    assert ("Subscribe", LIB, "news") in account.calls


async def test_many_blogs_come_page_by_page_and_are_found_by_typing(account, pilot):
    have(account, *((f"n{number}", f"Blog number {number}.", "") for number in range(130)))
    await pilot.command("blogs")
    await pilot.see("130 blogs at")
    await pilot.type("number 117")
    await pilot.see("Blog number 117.")
    assert "Blog number 116." not in pilot.screen
    asked = [each for each in account.calls if each[0] == "Nodes"]
    assert asked == [("Nodes", LIB, ""), ("Nodes", LIB, "50"), ("Nodes", LIB, "100")]


async def test_a_service_that_tells_nothing_is_quoted_and_none_is_said(account, pilot):
    await pilot.command("blogs")
    await pilot.see("your server has no blogs of groups")
    account.blog_refusals["Nodes"] = NotAllowed("nobody may look")
    await pilot.command(f"blogs {LIB}")
    await pilot.see("nobody may look")
    account.blog_refusals.clear()
    await pilot.press("Esc")
    await pilot.command(f"blogs {LIB}")
    await pilot.see("no blog at pubsub.example.org")


async def test_a_link_to_a_blog_opens_it_and_one_to_follow_it_is_for_the_user_to_run(
    account, pilot
):
    account.write(LIB, "one", node="news", title="New books")
    await pilot.command(f"open xmpp:{LIB}?;node=news")
    await pilot.see("Blog: news at pubsub.example.org")
    await pilot.see("New books")
    await pilot.command(f"open xmpp:{LIB}?pubsub;action=subscribe;node=news")
    await pilot.see(f":follow {LIB} news")
    assert not account.followed


async def test_somebody_s_blog_is_called_by_whose_it_is(account, pilot):
    have(account, (MICROBLOG, "Bank of trust", ""), at=BOB)
    await pilot.command(f"blogs {BOB}")
    await pilot.see("1 blog at")
    assert "Bank of trust" not in pilot.screen


async def test_a_contact_who_writes_a_blog_has_a_sign_and_whois_says_how_it_is_shown(
    account, pilot
):
    account.know(BOB, more={"blog": True})
    await pilot.command("contacts on")
    await pilot.see(" bob §")
    await pilot.command("whois bob")
    await pilot.see(":blog bob@example.org shows it")
    assert not [each for each in account.calls if each[0] == "Nodes"]


async def test_whois_asks_whether_somebody_has_a_blog_where_that_is_not_known(account, pilot):
    have(account, (MICROBLOG, "", ""), at=MIA)
    account.know(MIA)
    await pilot.command("whois mia")
    await pilot.see(":blog mia@example.org shows it")


async def test_nothing_that_a_service_says_of_its_blogs_reaches_the_screen_but_text(account, pilot):
    evil = "a\x1b[31m\n\u202eb"
    have(account, (evil, "", evil), ("named", evil, ""))
    await pilot.command("blogs")
    await pilot.see("2 blogs at")
    assert not {"\x1b", "\u202e"} & set(pilot.screen)
    await pilot.press("Enter")
    await pilot.see("Blog: a")
    assert not {"\x1b", "\u202e"} & set(pilot.screen)


async def test_what_somebody_follows_is_looked_around_at_and_one_of_it_shown(account, pilot):
    account.nodes[f"of {BOB}"] = [BlogNode(service=LIB, node="news", title="New books")]
    await pilot.command("followed-by bob")
    await pilot.see("Followed by bob")
    await pilot.see("New books")
    await pilot.press("Enter")
    await pilot.see("Blog: New books")
    account.blog_refusals["FollowedBy"] = UnknownItem("bob lets nobody see what they follow")
    await pilot.command("followed-by bob")
    await pilot.see("bob lets nobody see what they follow")


async def test_a_group_s_blog_that_is_not_followed_is_called_as_its_service_says(account, pilot):
    have(account, ("news", "New books", ""), ("evil", "a\x1b[31m\u202eb", ""))
    account.write(LIB, "one", node="news", title="On trains")
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Blog: New books")
    await pilot.see("On trains")
    await pilot.press("q")
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Blog: New books")
    assert len(asked_names(account)) == 1
    await pilot.command(f"blog {LIB} evil")
    await pilot.see("Blog: a")
    assert not {"\x1b", "\u202e"} & set(pilot.screen)


async def test_a_group_s_blog_that_is_made_while_one_looks_is_called_so_from_then_on(
    account, pilot
):
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Blog: news at pubsub.example.org")
    await pilot.until(lambda: asked_names(account))
    have(account, ("news", "New books", ""))
    account.write(LIB, "one", node="news", title="On trains")
    await pilot.see("Blog: New books")


@pytest.mark.parametrize("refusal", [None, Timeout("the service doesn't answer")])
async def test_what_comes_while_a_group_s_blog_is_asked_for_its_name_has_it_asked_again(
    account, pilot, refusal
):
    account.held["Node"] = first = asyncio.Event()
    await pilot.command(f"blog {LIB} news")
    await pilot.until(lambda: asked_names(account))
    account.held["Node"] = again = asyncio.Event()
    have(account, ("news", "New books", ""))
    account.write(LIB, "one", node="news", title="On trains")
    await pilot.see("On trains")
    if refusal is not None:
        account.blog_refusals["Node"] = refusal
    first.set()
    await pilot.until(lambda: len(asked_names(account)) == 2)
    account.blog_refusals.clear()
    again.set()
    await pilot.see("Blog: New books")


async def test_a_blog_without_a_name_is_not_asked_for_it_with_all_that_comes(account, pilot):
    await pilot.command(f"blog {LIB} news")
    await pilot.until(lambda: asked_names(account))
    for number in range(5):
        account.write(LIB, f"post{number}", node="news", title=f"On trains, part {number}")
        await pilot.see(f"part {number}")
    assert len(asked_names(account)) == 2


async def test_a_draft_for_a_group_says_what_its_blog_is_called(account, pilot):
    have(account, ("news", "New books", ""))
    account.draft("one", LIB, "news", title="On trains", body="they come")
    await pilot.until(lambda: pilot.state.account.of(PostDrafts).get("one"))
    await pilot.command("drafts")
    await pilot.see("New books")
    await pilot.press("Enter")
    await pilot.see('it goes to "New books')


async def test_what_is_found_of_groups_says_what_their_blogs_are_called(account, pilot):
    have(account, ("news", "New books", ""))
    account.write(LIB, "one", node="news", title="On trains", author=MIA)
    account.write(LIB, "two", node="unnamed", title="More trains", author=MIA)
    await pilot.command("blog-search trains")
    await pilot.see('in "New books')
    await pilot.see('in "unnamed at pubsub.example.org"')
    assert sorted(asked_names(account)) == [("Node", LIB, "news"), ("Node", LIB, "unnamed")]


async def test_nobody_is_asked_what_somebody_s_blog_is_called_or_a_followed_one(account, pilot):
    account.follow(LIB, "news", name="The news")
    await pilot.until(lambda: pilot.state.account.of(Blogs).get(Feed(LIB, "news")))
    account.write(LIB, "one", node="news", title="On trains")
    account.write(BOB, "two", title="On ships")
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Blog: The news")
    await pilot.command("blog bob")
    await pilot.see("On ships")
    assert not asked_names(account)
