"""What one is about to say to posts: kept by the backend as what one writes to people is."""

import pytest

from backendd.api.errors import NotSupported, StorageError
from primitivus.model.blogs.comment_drafts import CommentDrafts
from tests.primitivus.app.test_commenting import said, say, tea
from tests.primitivus.app.test_comments import NODE
from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import MICROBLOG

__all__ = ["say", "tea"]

TEA = (MIA, MICROBLOG, "tea")


def kept(account):
    """Return what the backend keeps, and which comment each answers, by the post."""
    drafts = account.comment_drafts.values()
    return {each.id: (each.text, each.parent) for each in drafts}


async def until_kept(pilot, account, **texts):
    await pilot.until(lambda: {id: text for id, (text, _) in kept(account).items()} == texts)


async def test_what_is_typed_is_kept_until_it_is_said(tea, account):
    await tea.press("c")
    await tea.type("black")
    await until_kept(tea, account, tea="black")
    await tea.type(" for me\n")
    await tea.until(lambda: said(account) != [])
    assert kept(account) == {}
    await tea.press("c")
    assert tea.state.layout.main.draft.is_blank


async def test_an_answer_is_kept_as_one_to_what_it_answers(tea, account):
    await tea.press("j", "r")
    await tea.type("with milk?")
    await until_kept(tea, account, tea="with milk?")
    assert kept(account) == {"tea": ("with milk?", "a")}
    # What is typed stays, and is for the post from here on.
    await tea.press("Esc", "Esc")
    await tea.press("j", "r")
    await tea.see("answer to bob@example.org: green it is")


ANSWER = "answer to bob@example.org: green it is"


@pytest.mark.parametrize(
    ("parent", "shown", "others"),
    [("", "comment > black", 0), ("a", ANSWER, 0), ("a", ANSWER, 60), ("b", "answer to a c", 0)],
    ids=["to the post", "to a comment", "to one far below", "to one that is gone"],
)
async def test_what_was_begun_before_is_there_when_one_comes_to_the_post(
    say, account, fly, parent, shown, others
):
    say("a", "green it is")
    for number in range(others):
        say(f"other{number}", "hm")
    account.draft_comment(MIA, "tea", "black for", parent=parent)
    pilot = await fly().start(until="have you seen this?")
    await pilot.command(f"post {link('tea')}")
    await pilot.see(shown)
    await pilot.press("i")
    await pilot.see("this is the draft that you left here")
    await pilot.type(" me\n")
    await pilot.until(lambda: said(account) != [])
    assert said(account)[0][4:] == ("black for me", parent)
    assert kept(account) == {}


async def test_what_another_terminal_types_shows_here_and_goes_when_it_is_said_there(tea, account):
    account.draft_comment(MIA, "tea", "black")
    await tea.see("comment > black")
    account.draft_comment(MIA, "tea", "with milk?", parent="a")
    await tea.see("answer to bob@example.org: green it is")
    await tea.see("with milk?")
    account.draft_comment(MIA, "tea", "")
    await tea.lose("with milk?")
    await tea.lose("answer to")


async def test_what_is_typed_here_is_not_replaced_by_what_another_terminal_types(tea, account):
    await tea.press("c")
    await tea.type("mine")
    account.draft_comment(MIA, "tea", "theirs")
    await until_kept(tea, account, tea="mine")
    await tea.see("comment > mine")


async def test_what_was_said_elsewhere_while_the_backend_was_away_is_typed_here_no_more(
    tea, fake, account
):
    await tea.press("c")
    await tea.type("black")
    await until_kept(tea, account, tea="black")
    await fake.crash()
    await tea.see("No backend since")
    account.comment_drafts.clear()
    await fake.start()
    await tea.lose("black")


async def test_what_is_typed_without_a_backend_is_kept_when_it_is_back(tea, fake, account):
    await fake.crash()
    await tea.see("No backend since")
    await tea.press("c")
    await tea.type("black")
    await fake.start()
    await until_kept(tea, account, tea="black")


async def test_who_leaves_is_not_asked_about_what_is_kept(tea, account):
    await tea.press("c")
    await tea.type("hm")
    await tea.press("C-x")
    assert await tea.exit_code() == 0
    assert kept(account) == {"tea": ("hm", "")}


async def test_who_leaves_is_told_of_a_comment_that_the_backend_does_not_keep(tea, account):
    account.blog_refusals["SetCommentDraft"] = StorageError("the disk is full")
    await tea.press("c")
    await tea.type("hm")
    await tea.press("C-x")
    await tea.see('The backend doesn\'t keep what you typed to the post "On tea"')
    await tea.press("Esc")
    account.blog_refusals.clear()
    await tea.press("C-x")
    assert await tea.exit_code() == 0
    assert kept(account) == {"tea": ("hm", "")}


async def test_a_terminal_that_goes_away_leaves_what_was_typed_at_the_backend(tea, account):
    await tea.press("c")
    await tea.type("hm")
    tea.app.quit()  # as a signal does
    assert await tea.exit_code() == 0
    assert kept(account) == {"tea": ("hm", "")}


async def test_a_comment_that_is_refused_is_kept_again(tea, account):
    await tea.press("c")
    await tea.type("black")
    await until_kept(tea, account, tea="black")
    account.blog_refusals["Comment"] = NotSupported("it is too late for that")
    await tea.press("Enter")
    await tea.see("it is too late for that")
    await tea.see("comment > black")
    await until_kept(tea, account, tea="black")


async def test_what_is_typed_while_a_comment_is_on_its_way_is_kept_behind_it(tea, account):
    account.answers.clear()
    await tea.press("c")
    await tea.type("one\n")
    await tea.until(lambda: said(account) != [])
    await tea.press("c")
    await tea.type("two")
    account.answers.set()
    await until_kept(tea, account, tea="two")
    assert said(account)[0][4] == "one"
    await tea.see("comment > two")


async def test_what_was_written_to_a_post_that_is_taken_back_stays_below_it(tea, account):
    await tea.press("c")
    await tea.type("black")
    account.take_back(MIA, "tea", node=MICROBLOG)
    await tea.see('this post was taken back; what you wrote to "On tea" is below')
    await tea.see("comment > black")
    await until_kept(tea, account, tea="black")


async def test_what_was_written_to_a_post_that_is_gone_is_found_and_deleted(tea, account):
    await tea.press("c")
    await tea.type("black")
    await tea.press("Esc", "q")
    await tea.see("have you seen this?")
    account.take_back(MIA, "tea", node=MICROBLOG)
    await tea.see('"On tea" was taken back; :drafts has what you wrote to it')
    await tea.command("drafts")
    await tea.see('black  to "On tea"')
    await tea.press("Enter")
    await tea.see('what you wrote to "On tea" is below')
    await tea.see("comment > black")
    await tea.press("i")
    await tea.type(" tea\n")
    await tea.see("there is no such entry")
    await tea.see("comment > black tea")
    await tea.press("Esc")
    await tea.command("drafts")
    await tea.press("Delete")
    await tea.see('It was not said to "On tea", and will be gone for good.')
    await tea.type("y\n")
    await tea.see("the draft is deleted")
    await until_kept(tea, account)
    await tea.lose("comment > black")


async def test_a_list_of_posts_shows_to_which_something_was_begun(say, account, pilot):
    say("a", "green it is")
    await pilot.command("blog mia")
    await pilot.see("On tea")

    def row():
        return next(row.rstrip() for row in pilot.terminal.rows if "On tea" in row)

    assert not row().endswith("¶")
    account.draft_comment(MIA, "tea", "black")
    await pilot.until(lambda: row().endswith("¶"))
    account.draft_comment(MIA, "tea", "")
    await pilot.until(lambda: not row().endswith("¶"))


async def test_posts_and_comments_that_are_being_written_are_one_list(say, account, pilot):
    account.draft("d1", title="On cups", markdown="China")
    account.draft_comment(MIA, "tea", "black\nfor me", parent="a")
    await pilot.until(lambda: pilot.state.account.of(CommentDrafts).begun(TEA))
    await pilot.command("drafts")
    await pilot.see("What is being written")
    await pilot.see("On cups")
    await pilot.see("What is to be said to posts")
    await pilot.see('black  an answer below "On tea"')
    account.draft_comment(MIA, "tea", "")
    await pilot.lose("What is to be said to posts")
    account.end_draft("d1")
    await pilot.see("nothing is being written any more")


async def test_nothing_shows_of_it_while_the_profile_is_locked(tea, account):
    account.protect("open sesame")
    await tea.press("c")
    await tea.type("black")
    await until_kept(tea, account, tea="black")
    account.become("locked")
    await tea.see("The profile is locked")
    assert "black" not in tea.screen
    await tea.press("Esc")
    await tea.command("unlock")
    await tea.see("Profile password")
    await tea.type("open sesame\n")
    await tea.see("have you seen this?")
    await tea.command(f"post {link('tea')}")
    await tea.see("comment > black")


async def test_a_backend_with_other_data_is_given_what_is_typed(tea, fake, account):
    await tea.press("c")
    await tea.type("black")
    await until_kept(tea, account, tea="black")
    await fake.crash()
    await tea.see("No backend since")
    account.id = "another"
    account.comment_drafts.clear()
    await fake.start()
    await until_kept(tea, account, tea="black")
    assert BOB in account.conversations
    assert (MIA, NODE, "a") in account.entries
