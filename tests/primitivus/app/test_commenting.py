"""Saying something to posts, and to what others say there."""

import pytest

from backendd.api.errors import NotConnected, NotSupported
from tests.primitivus.app.test_comments import NODE, marked, rows
from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import ALICE, MICROBLOG


@pytest.fixture
def say(account):
    """Call it to have somebody comment on a post about tea."""
    account.write(
        MIA, "tea", title="On tea", body="leaves", comments_service=MIA, comments_node=NODE
    )

    def say(id, text, who=BOB, **known):
        more = {"commented": link("tea"), "commented_title": "On tea"}
        return account.write(MIA, id, node=NODE, body=text, author=who, more=more, **known)

    return say


def said(account):
    return [call for call in account.calls if call[0] == "Comment"]


@pytest.fixture
async def tea(say, pilot):
    """The post about tea on the screen, with a comment on it."""
    say("a", "green it is")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    return pilot


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_a_key_begins_a_comment_and_enter_says_it(say, account, fly, keymap):
    say("a", "green it is")
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type(f"post {link('tea')}\n")
    await pilot.see("green it is")
    await pilot.press("c")
    await pilot.type("black for me\n")
    await pilot.until(lambda: said(account) != [])
    assert said(account) == [("Comment", MIA, MICROBLOG, "tea", "black for me", "")]
    await pilot.see("black for me")
    await pilot.see("it waits to be published")
    assert marked(pilot) == ""
    assert pilot.state.mode == "normal"


async def test_what_is_said_right_behind_a_comment_is_about_what_that_was_about(tea, account):
    await tea.command("comment black for me")
    await tea.command("like")
    await account.called("Like", MIA, MICROBLOG, "tea", True)


async def test_what_is_said_right_behind_an_answer_is_about_what_was_answered(tea, account):
    await tea.press("j")
    await tea.until(lambda: "green it is" in marked(tea))
    await tea.command("reply with milk?")
    await tea.see("with milk?")
    await tea.command("like")
    await account.called("Like", MIA, NODE, "a", True)


async def test_the_marked_comment_is_answered(tea, account):
    await tea.press("j", "r")
    await tea.see("answer to bob@example.org: green it is")
    await tea.type("with milk?\n")
    await tea.until(lambda: said(account) != [])
    assert said(account) == [("Comment", MIA, MICROBLOG, "tea", "with milk?", "a")]
    await tea.see("│ with milk?")
    await tea.lose("answer to bob@example.org")


async def test_who_discards_what_is_not_typed_says_it_to_the_post(tea, account):
    await tea.press("j", "r")
    await tea.see("answer to bob@example.org: green it is")
    await tea.press("C-c")
    await tea.lose("answer to bob@example.org")
    assert not tea.shows(":quit leaves")
    await tea.type("black for me\n")
    await tea.until(lambda: said(account) != [])
    assert said(account) == [("Comment", MIA, MICROBLOG, "tea", "black for me", "")]


async def test_where_no_comment_is_marked_there_is_none_to_answer(tea, account):
    await tea.press("r")
    await tea.see("no comment is marked")
    assert said(account) == []


async def test_a_comment_and_an_answer_are_typed_as_commands_too(tea, account):
    await tea.command("comment black for me")
    await tea.until(lambda: len(said(account)) == 1)
    await tea.press("j")
    await tea.command("reply oh, no")
    await tea.until(lambda: len(said(account)) == 2)
    first, second = said(account)
    assert first[4:] == ("black for me", "")
    assert second[4] == "oh, no"
    assert second[5] != ""


async def test_what_is_typed_stays_while_one_reads_elsewhere(tea, account):
    await tea.press("c")
    await tea.type("not done")
    await tea.press("Esc", "q")
    await tea.see("have you seen this?")
    await tea.lose("not done")
    await tea.command(f"post {link('tea')}")
    await tea.see("not done")
    await tea.press("Enter")
    await tea.type(" yet\n")
    await tea.until(lambda: said(account) != [])
    assert said(account)[0][4] == "not done yet"


async def test_esc_leads_from_what_one_writes_back_to_the_post_and_then_out_of_it(tea):
    await tea.press("c")
    await tea.type("hm")
    await tea.press("Esc")
    await tea.press("j")
    assert "green it is" in marked(tea)
    await tea.press("Esc")
    assert marked(tea) == ""
    await tea.press("Esc")
    await tea.see("have you seen this?")


async def test_a_comment_that_is_refused_at_once_can_be_mended(tea, account):
    account.blog_refusals["Comment"] = NotSupported("it is too late for that")
    await tea.press("c")
    await tea.type("black for me\n")
    await tea.see("it is too late for that")
    await tea.see("comment > black for me")
    del account.blog_refusals["Comment"]
    await tea.press("Enter", "Enter")
    await tea.until(lambda: len(said(account)) == 2)


async def test_a_comment_is_written_in_the_editor(tea, account, program, monkeypatch, tmp_path):
    script = tmp_path / "write"
    script.write_text('#!/bin/sh\nprintf "two\\nlines\\n" > "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    await tea.press("c", "C-o")
    await tea.until(lambda: tea.state.layout.main.draft.editor.text == "two\nlines")
    await tea.press("Enter")
    await tea.until(lambda: said(account) != [])
    assert said(account)[0][4] == "two\nlines"


async def test_what_looks_like_a_command_is_run_and_said_to_nobody(tea, account):
    await tea.press("c")
    await tea.type("/like\n")
    await tea.until(lambda: ("Like", MIA, MICROBLOG, "tea", True) in account.calls)
    assert said(account) == []


async def test_a_post_without_a_place_for_comments_takes_none(account, pilot):
    account.write(MIA, "cups", title="On cups", body="china")
    await pilot.command(f"post {link('cups')}")
    await pilot.see("china")
    await pilot.press("i")
    await pilot.see("nobody can comment on this post")
    assert pilot.state.mode == "normal"
    assert "comment >" not in pilot.screen


async def test_a_post_of_a_list_is_commented_on_from_there(say, account, pilot):
    await pilot.command("blog mia")
    await pilot.see("On tea")
    await pilot.press("c")
    await pilot.see("comment >")
    await pilot.type("black for me\n")
    await pilot.until(lambda: said(account) != [])


async def test_a_comment_that_failed_says_why_and_goes_out_again_or_is_discarded(
    say, account, pilot
):
    error = ("org.primitivus.Backend1.Error.NotAllowed", "the service refuses it")
    say("a", "green it is")
    say("b", "mine", ALICE, state="failed", error=error)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("it was not published: the service refuses it")
    await pilot.press("R")
    await pilot.lose("it was not published")
    assert ("Retry", MIA, NODE, "b") in account.calls
    say("b", "mine", ALICE, state="failed", error=error)
    await pilot.see("it was not published")
    await pilot.press("D")
    await pilot.see("Discard a comment")
    await pilot.type("y\n")
    await pilot.lose("mine")
    assert ("Discard", MIA, NODE, "b") in account.calls
    await pilot.press("R")
    await pilot.see("nothing here has failed")


async def test_of_a_marked_comment_no_other_one_is_discarded_or_sent_again(say, account, pilot):
    error = ("org.primitivus.Backend1.Error.NotAllowed", "the service refuses it")
    say("a", "green it is", ALICE)
    say("b", "mine", ALICE, state="failed", error=error)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("it was not published: the service refuses it")
    await pilot.press("j", "j", "D")
    await pilot.see("this comment is published")
    await pilot.press("k", "D")
    await pilot.see("Discard a comment")
    await pilot.type("y\n")
    await pilot.lose("it was not published")


async def test_what_one_said_is_taken_back_after_asking(say, account, pilot):
    say("a", "mine", ALICE)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("mine")
    await pilot.press("j", "d")
    await pilot.see("Take a comment back")
    await pilot.type("\n")
    assert not [call for call in account.calls if call[0] == "Retract"]
    await pilot.press("d")
    await pilot.see("Take a comment back")
    await pilot.type("y\n")
    await pilot.lose("mine")
    assert ("Retract", MIA, NODE, "a") in account.calls


async def test_what_others_said_is_taken_back_only_in_ones_own_blog(tea, account):
    await tea.press("j", "d")
    await tea.see("only your own comments can be taken back")
    node = f"{MICROBLOG}:comments/mine"
    account.write(ALICE, "mine", title="Mine", comments_service=ALICE, comments_node=node)
    account.write(ALICE, "c", node=node, body="spam", author=BOB, more={"commented": "x"})
    await tea.command(f"post {link('mine', ALICE)}")
    await tea.see("spam")
    await tea.press("j", "d")
    await tea.see("Take a comment back")


async def test_what_others_wrote_in_a_group_s_blog_is_its_service_s_to_decide(account, pilot):
    account.write("pubsub.example.org", "one", node="news", title="Old news", author=BOB)
    await pilot.command("blog pubsub.example.org news")
    await pilot.see("Old news")
    await pilot.press("d")
    await pilot.see("Take a post back")
    await pilot.see("It is of bob")
    await pilot.type("y\n")
    await pilot.lose("Old news")
    assert ("Retract", "pubsub.example.org", "news", "one") in account.calls


async def test_what_is_to_be_gone_is_marked_and_listed_with_what_waits_until_it_is(account, pilot):
    account.write(ALICE, "tea", title="On tea", more={"retracting": True})
    await pilot.command(f"blog {ALICE}")
    await pilot.see("On tea")
    await pilot.see("it is gone as soon as its service knows")
    (row,) = [row for row in pilot.terminal.rows if "On tea" in row and " me " in row]
    assert "… " in row
    await pilot.command("unpublished")
    await pilot.see("Blogs: not published, or not gone yet")
    await pilot.see("On tea")
    account.take_back(ALICE, "tea")
    await pilot.lose("On tea")


async def test_what_is_to_be_gone_stays_where_one_discards_that(account, pilot):
    account.write(ALICE, "tea", title="On tea", more={"retracting": True})
    await pilot.command("unpublished")
    await pilot.see("it is gone as soon as its service knows")
    await pilot.press("D")
    await pilot.see("the post is not taken back: it stays")
    await pilot.lose("it is gone as soon as its service knows")
    assert ("Discard", ALICE, MICROBLOG, "tea") in account.calls


async def test_that_something_could_not_be_taken_back_is_said_wherever_one_is(account, pilot):
    account.write(MIA, "tea", title="On tea", author=ALICE, more={"retracting": True})
    await pilot.command("blog mia")
    await pilot.see("On tea")
    error = ("org.primitivus.Backend1.Error.NotAllowed", "the service refuses it")
    account.write(MIA, "tea", error=error, more={})
    await pilot.see('"On tea": it could not be taken back: the service refuses it')


async def test_a_comment_that_its_service_keeps_says_so_until_that_is_put_away(say, pilot, account):
    error = ("org.primitivus.Backend1.Error.NotAllowed", "the service refuses it")
    say("a", "mine", ALICE, error=error)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("it could not be taken back: the service refuses it")
    await pilot.press("j", "D")
    await pilot.lose("it could not be taken back")
    assert account.calls[-1] == ("Discard", MIA, NODE, "a")
    say("a", "mine", ALICE, error=error)
    await pilot.see("it could not be taken back: the service refuses it")
    await pilot.press("R")
    await pilot.lose("mine")
    assert account.calls[-1] == ("Retract", MIA, NODE, "a")


async def test_a_comment_is_liked(tea, account):
    await tea.press("j", "+")
    await tea.until(lambda: ("Like", MIA, NODE, "a", True) in account.calls)
    await tea.see("♥ 1 (you too)")


@pytest.mark.parametrize("size", [(60, 16), (20, 10)])
async def test_comments_are_written_at_any_size(tea, account, size):
    tea.resize(*size)
    await tea.press("G", "r")
    await tea.type("yes and no\n")
    await tea.until(lambda: said(account) != [])
    await tea.until(lambda: "yes and" in tea.screen)


async def test_an_error_of_the_connection_leaves_what_was_typed(tea, account):
    account.blog_refusals["Comment"] = NotConnected("there is no connection")
    await tea.command("comment black")
    await tea.see("there is no connection")
    assert rows(tea, "green it is")


@pytest.mark.parametrize(
    ("heart", "told"), [(False, 'your comment on "On tea"'), (True, 'that you like "On tea"')]
)
async def test_a_comment_that_fails_is_told_of_wherever_one_is(say, account, pilot, heart, told):
    more = {"commented": link("tea"), "commented_title": "On tea", "heart": heart}
    error = ("org.primitivus.Backend1.Error.NotAllowed", "the service refuses it")
    for state in ({"state": "pending"}, {"state": "failed", "error": error}):
        account.write(MIA, "b", node=NODE, body="mine", author=ALICE, more=more, **state)
    await pilot.see(f"{told}: it is not published: the service refuses it")
