"""Whom a blog is for: seen at its head, said and changed by a command."""

import pytest

from backendd.api.errors import NotAllowed, NotSupported, UnknownItem
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import ALICE, MICROBLOG

LIB = "pubsub.example.org"
OWN = (ALICE, MICROBLOG)


def asked(account, call):
    return [each for each in account.calls if each[0] == call]


async def test_a_blog_says_at_its_head_whom_it_is_for(account, pilot):
    account.access[OWN] = ("whitelist", (BOB,))
    account.access[LIB, "news"] = ("open", ())
    await pilot.command(f"blog {ALICE}")
    await pilot.see("Blog: your blog, for bob alone")
    await pilot.command(f"blog {LIB} news")
    await pilot.see("Blog: news at pubsub.example.org, for everybody")


async def test_an_account_of_somebody_else_is_not_asked_whom_its_blog_is_for(account, pilot):
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog bob")
    await pilot.see("On trains")
    assert asked(account, "Access") == []


async def test_a_service_that_does_not_say_it_leaves_the_head_as_it_is(account, pilot):
    account.blog_refusals["Access"] = NotAllowed("nobody may know")
    account.write(LIB, "two", node="news", title="New books")
    await pilot.command(f"blog {LIB} news")
    await pilot.see("New books")
    await pilot.until(lambda: asked(account, "Access"))
    assert "for everybody" not in pilot.screen
    assert "nobody may know" not in pilot.screen


@pytest.mark.parametrize(
    ("line", "model", "members", "said"),
    [
        ("presence", "presence", [], "those who see your presence"),
        (f"whitelist bob, {MIA}", "whitelist", [BOB, MIA], "bob, mia alone"),
        ("whitelist", "whitelist", [], "those alone who write there"),
        ("roster Friends, 'The others'", "roster", ["Friends", "The others"], "contacts in"),
    ],
)
async def test_one_s_blog_is_for_those_whom_one_says(account, pilot, line, model, members, said):
    account.know(MIA)
    await pilot.command(f"blog-access {line}")
    await pilot.see(f"your blog: for {said}")
    assert asked(account, "SetAccess") == [("SetAccess", ALICE, MICROBLOG, model, members)]


async def test_what_it_is_is_told_and_who_is_named_stays_until_others_are(account, pilot):
    account.access[OWN] = ("whitelist", (BOB,))
    await pilot.command("blog-access")
    await pilot.see("your blog: for bob alone")
    await pilot.command("blog-access whitelist")
    await pilot.until(lambda: asked(account, "SetAccess"))
    await pilot.command("blog-access whitelist ''")
    await pilot.until(lambda: len(asked(account, "SetAccess")) == 2)
    assert [each[4] for each in asked(account, "SetAccess")] == [[BOB], []]


async def test_one_reader_is_let_in_beside_those_who_are_and_taken_out_again(account, pilot):
    account.know(MIA)
    account.access[OWN] = ("whitelist", (BOB,))
    await pilot.command(f"blog {ALICE}")
    await pilot.see("for bob alone")
    await pilot.command("add-reader mia")
    await pilot.see('mia reads "your blog" from now on')
    await pilot.see("for bob, mia alone")
    assert asked(account, "SetReader") == [("SetReader", ALICE, MICROBLOG, MIA, True)]
    await pilot.command("readers")
    await pilot.see('Readers of "your blog"')
    await pilot.see("2 people read it")
    await pilot.type("mia\n")
    await pilot.see("Take a reader out")
    await pilot.type("y\n")
    await pilot.see('mia reads "your blog" no more')
    await pilot.see("for bob alone")
    assert asked(account, "SetReader")[1:] == [("SetReader", ALICE, MICROBLOG, MIA, False)]
    assert asked(account, "SetAccess") == []
    await pilot.command("remove-reader mia")
    await pilot.see('mia doesn\'t read "your blog": :readers lists who does')
    await pilot.command("remove-reader bob")
    await pilot.see("Take a reader out")
    await pilot.press("Esc")
    await pilot.see("nothing was done")
    assert len(asked(account, "SetReader")) == 2


async def test_readers_complete_as_those_who_read_or_do_not_yet(account, pilot):
    account.know(MIA)
    account.access[OWN] = ("authorize", ("zoe@example.org", BOB))
    await pilot.command("readers")
    await pilot.see("2 people read it")
    await pilot.press("Esc")
    await pilot.press(":")
    await pilot.type("add-reader ")
    await pilot.press("Tab")
    await pilot.see(f"add-reader {MIA}")
    await pilot.press("Esc")
    await pilot.press(":")
    await pilot.type("remove-reader z")
    await pilot.press("Tab")
    await pilot.see("remove-reader zoe@example.org")


async def test_where_no_readers_are_named_that_is_said(account, pilot):
    account.access[OWN] = ("presence", ())
    await pilot.command("readers")
    await pilot.see("your blog: for those who see your presence; nobody is named for that")
    await pilot.command("add-reader bob")
    await pilot.see(":blog-access whitelist WHO makes it be for some")
    account.access[OWN] = ("whitelist", ())
    await pilot.command("readers")
    await pilot.see('nobody reads "your blog" but who writes there')
    account.blog_refusals["SetReader"] = NotAllowed("the server does not let you do that")
    await pilot.command("add-reader bob")
    await pilot.see("the server does not let you do that")
    account.blog_refusals["Access"] = UnknownItem("there is no such node")
    await pilot.command("readers")
    await pilot.see("there is no such blog yet")


async def test_the_blog_that_is_shown_is_meant_and_its_head_follows(account, pilot):
    account.access[LIB, "news"] = ("open", ())
    await pilot.command(f"blog {LIB} news")
    await pilot.see("for everybody")
    await pilot.command("blog-access whitelist bob")
    await pilot.see("news at pubsub.example.org, for bob alone")
    assert asked(account, "SetAccess") == [("SetAccess", LIB, "news", "whitelist", [BOB])]


async def test_what_was_for_some_is_open_to_everybody_only_after_a_question(account, pilot):
    account.access[OWN] = ("presence", ())
    await pilot.command("blog-access open")
    await pilot.see("Everybody can read then")
    await pilot.press("Esc")
    await pilot.lose("Everybody can read then")
    assert asked(account, "SetAccess") == []
    await pilot.command("blog-access open")
    await pilot.see("Everybody can read then")
    await pilot.type("y\n")
    await pilot.see("your blog: for everybody")


async def test_where_there_is_no_blog_yet_it_is_made_for_those_who_are_named(account, pilot):
    account.blog_refusals["Access"] = UnknownItem("there is no such blog")
    await pilot.command("blog-access")
    await pilot.see("there is no such blog yet")
    await pilot.command("blog-access whitelist bob")
    await pilot.see("your blog: for bob alone")
    assert asked(account, "CreateNode") == [
        ("CreateNode", ALICE, MICROBLOG, "whitelist", [BOB], "")
    ]


async def test_what_a_server_refuses_is_said_and_a_wrong_word_is_told_the_right_ones(
    account, pilot
):
    account.blog_refusals["SetAccess"] = NotSupported("the server has no groups")
    await pilot.command("blog-access roster Friends")
    await pilot.see("the server has no groups")
    await pilot.command("blog-access whitelist bob, romeo")
    await pilot.see('nobody whom you know is called "romeo"')
    await pilot.command("blog-access private")
    await pilot.see("open, presence, roster, whitelist, authorize")
    account.blog_refusals["Access"] = NotAllowed("you may not")
    await pilot.command("blog-access open")
    await pilot.see("you may not")


async def test_a_group_s_blog_is_made_with_its_title_and_shown(account, pilot):
    await pilot.command(f"blog-create {LIB}")
    await pilot.see("needs a NODE")
    await pilot.command(f"blog-create {BOB} news")
    await pilot.see("which has no @")
    await pilot.command(f"blog-create {LIB} news The news of the library")
    await pilot.see("the blog is made")
    await pilot.see("Blog: The news of the library")
    assert asked(account, "CreateNode") == [
        ("CreateNode", LIB, "news", "open", [], "The news of the library")
    ]
    assert not account.galleries
    assert asked(account, "Subscribe") == [("Subscribe", LIB, "news")]
    account.write(LIB, "first", node="news", title="The first news")
    await pilot.see("The first news")


async def test_a_blog_that_is_made_and_can_not_be_followed_is_there_all_the_same(account, pilot):
    account.blog_refusals["Subscribe"] = NotAllowed("the library is full")
    await pilot.command(f"blog-create {LIB} news The news of the library")
    await pilot.see(
        "the blog is made, for everybody; it could not be followed: the library is full"
    )
    await pilot.see("Blog: The news of the library")


async def test_who_makes_their_own_blog_follows_nothing(account, pilot):
    await pilot.command("blog-create")
    await pilot.see("the blog is made")
    assert asked(account, "Subscribe") == []


async def test_a_gallery_is_made_as_other_blogs_are(account, pilot):
    await pilot.command(f"blog create-gallery {LIB} photos Our photos")
    await pilot.see("the gallery is made")
    await pilot.see("Blog: Our photos")
    assert account.galleries == {(LIB, "photos")}


async def test_a_blog_is_deleted_only_after_a_question(account, pilot):
    account.write(ALICE, "one", title="Mine")
    await pilot.command(f"blog {ALICE}")
    await pilot.see("Mine")
    await pilot.command("blog-delete")
    await pilot.see("All that was written there is gone")
    assert MICROBLOG not in pilot.screen
    await pilot.press("Esc")
    await pilot.lose("All that was written there is gone")
    assert asked(account, "DeleteNode") == []
    await pilot.command("blog-delete")
    await pilot.see("All that was written there is gone")
    await pilot.type("y\n")
    await pilot.see('"your blog" is deleted')
    await pilot.lose("Mine")
    assert asked(account, "DeleteNode") == [("DeleteNode", ALICE, MICROBLOG)]


async def test_models_people_and_groups_are_completed(account, pilot):
    await pilot.press(":")
    await pilot.type("blog-access w")
    await pilot.press("Tab")
    await pilot.see(":blog-access whitelist")
    await pilot.type("b")
    await pilot.press("Tab")
    await pilot.see(f":blog-access whitelist {BOB}")


async def test_who_writes_in_a_group_s_blog_is_told_and_said(account, pilot):
    await pilot.command(f"blog {LIB} news")
    await pilot.see("for everybody")
    await pilot.command("blog-writers")
    await pilot.see("its owner alone writes there")
    await pilot.command(f"blog-writers publishers bob, {MIA}")
    await pilot.see("its owner and bob, ")
    await pilot.command("blog-writers publishers")
    await pilot.until(lambda: len(asked(account, "SetWriters")) == 2)
    await pilot.command("blog-writers subscribers")
    await pilot.see("whoever follows it writes there")
    named = ("SetWriters", LIB, "news", "publishers", [BOB, MIA])
    assert asked(account, "SetWriters") == [
        named, named, ("SetWriters", LIB, "news", "subscribers", []),
    ]  # fmt: skip


async def test_it_is_said_who_writes_no_more_and_still_reads(account, pilot):
    account.access[ALICE, MICROBLOG] = ("whitelist", (MIA,))
    account.writers[ALICE, MICROBLOG] = ("publishers", [BOB, MIA])
    await pilot.command("blog-writers publishers bob")
    await pilot.see("its owner and bob write there; ")
    await pilot.see("still reads it: :remove-reader ends that")
    await pilot.command(f"blog-writers publishers {ALICE}")
    await pilot.see("its owner alone writes there")
    assert asked(account, "SetWriters")[-1][-1] == []


async def test_everybody_writes_in_a_blog_only_after_a_question(account, pilot):
    await pilot.command("blog-writers open")
    await pilot.see("can write there as well")
    await pilot.press("Esc")
    await pilot.lose("can write there as well")
    assert asked(account, "SetWriters") == []
    await pilot.command("blog-writers somebody")
    await pilot.see("publishers, subscribers, open")
