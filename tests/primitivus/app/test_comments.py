"""What others say to a post, below it on the screen."""

from dataclasses import replace

import pytest

from backendd.api.errors import NotAllowed, NotConnected
from backendd.core.uris import ItemAddress, encode
from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import ALICE, MICROBLOG

NODE = f"{MICROBLOG}:comments/tea"
SIGN = "┃"


def rows(pilot, text):
    return [row for row in pilot.terminal.rows if text in row]


def marked(pilot):
    """Return what is said in the rows of the marked comment."""
    return " ".join(row.partition(SIGN)[2].strip() for row in pilot.terminal.rows if SIGN in row)


@pytest.fixture
def say(account):
    """Call it to have somebody comment on a post about tea."""
    account.write(
        MIA, "tea", title="On tea", body="leaves", comments_service=MIA, comments_node=NODE
    )

    def say(id, text, who=BOB, *, parent="", **known):
        more = {"commented": link("tea"), "commented_title": "On tea", "heart": False}
        more |= {"parent": parent} if parent else {}
        return account.write(MIA, id, node=NODE, body=text, author=who, more=more, **known)

    return say


async def test_comments_stand_below_the_post_and_answers_below_what_they_answer(say, pilot):
    say("a", "green it is")
    say("b", "black!", MIA)
    say("a1", "with milk?", ALICE, parent="a")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    said = ("green it is", "with milk?", "black!")
    texts = [text for row in pilot.terminal.rows for text in said if text in row]
    assert texts == [*said]
    assert "│ with milk?" in pilot.screen
    assert rows(pilot, "── comments ──")


async def test_one_goes_from_comment_to_comment_and_back_to_the_post(say, pilot):
    say("a", "green it is")
    say("b", "black!")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("black!")
    await pilot.press("j")
    assert "black!" in marked(pilot)
    await pilot.press("j")
    assert "green it is" in marked(pilot)
    await pilot.press("k", "k")
    assert marked(pilot) == ""
    await pilot.press("j", "Esc")
    assert marked(pilot) == ""
    await pilot.see("Post: On tea")


async def test_who_said_something_is_doubted_where_their_service_did_not_say_so(say, pilot):
    say("a", "sure")
    say("b", "unsure", author_verified=False, publisher="eve@a.example")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("bob@example.org ? put there by eve@a.example")
    assert len(rows(pilot, "bob@example.org ?")) == 1


async def test_what_is_said_now_shows_and_what_is_taken_back_is_gone(say, account, pilot):
    say("a", "green it is")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    say("b", "black!", parent="a")
    await pilot.see("│ black!")
    say("b", "white", parent="a")
    await pilot.see("│ white")
    account.take_back(MIA, "a", node=NODE)
    await pilot.lose("green it is")
    await pilot.see("answers one that isn't here")


async def test_comments_are_loaded_page_by_page_as_one_scrolls(say, account, pilot):
    for number in range(300):
        say(f"c{number}", f"Comment {number}.")
    account.calls.clear()
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Comment 299.")
    comments = pilot.state.layout.main.talk.comments
    assert len(comments) == 50
    for held in (250, 300):
        await pilot.press("G")
        await pilot.until(lambda held=held: len(comments) == held)
    await pilot.press("G")
    await pilot.see("Comment 0.")
    assert "Comment 0." in marked(pilot)
    await pilot.press("g", "g")
    await pilot.see("Comment 299.")


async def test_what_one_reads_stays_where_it_is_while_others_write(say, fly, account):
    for number in range(30):
        say(f"c{number}", f"Comment {number}.")
    pilot = await fly(rows=16).start(until="have you seen this?")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Comment 29.")
    await pilot.press(*["j"] * 14)
    (before,) = rows(pilot, SIGN + "Comment")
    at = pilot.terminal.rows.index(before)
    for number in range(30, 35):
        say(f"c{number}", f"Comment {number}.")
    await pilot.until(lambda: len(pilot.state.layout.main.talk.comments) == 35)
    await pilot.press("k", "j")
    assert pilot.terminal.rows[at] == before


async def test_a_long_comment_is_there_as_a_whole_once_it_is_marked(say, account, pilot):
    long = say("a", "so it begins")
    account.entries[MIA, NODE, "a"] = replace(long, truncated=True)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("so it begins")
    account.entries[MIA, NODE, "a"] = replace(long, body="so it begins\nand so it ends")
    await pilot.press("j")
    await pilot.see("and so it ends")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 16)])
@pytest.mark.parametrize("key", ["j", "Space"])
async def test_a_comment_longer_than_the_screen_is_read_to_its_end_and_the_next_one_follows(
    say, fly, key, columns, rows
):
    say("b", "the next one")
    say("a", "\n".join(f"line {number}." for number in range(40)))
    pilot = await fly(columns=columns, rows=rows).start(until="have you seen this?")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("line 0.")
    seen = set()
    for _ in range(60):
        seen |= {number for number in range(40) if f"line {number}." in pilot.screen}
        await pilot.press(key)
    assert seen == {*range(40)}
    await pilot.see("the next one")


async def test_why_there_are_no_comments_is_said_and_they_come_with_the_connection(
    say, account, pilot
):
    account.blog_refusals["Comments"] = NotConnected("nobody can be asked for them now")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("nobody can be asked for them now")
    account.become("connecting")
    await pilot.see("onnecting")
    del account.blog_refusals["Comments"]
    account.become("online")
    await pilot.see("nobody has said anything to it yet")


async def test_what_answers_a_comment_that_is_gone_stands_apart_from_what_is_above(say, pilot):
    say("b", "black!", parent="a")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("answers one that isn't here")
    screen = pilot.terminal.rows
    (at,) = [number for number, row in enumerate(screen) if "── comments ──" in row]
    assert not screen[at + 1].partition("│")[2].strip()
    assert "answers one" in screen[at + 2]


async def test_why_there_are_no_comments_is_gone_once_one_comes(say, account, pilot):
    account.blog_refusals["Comments"] = NotAllowed("only friends may read this")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("only friends may read this")
    account.blog_refusals.clear()
    say("a", "who is there?")
    await pilot.see("who is there?")
    await pilot.until(lambda: "only friends" not in pilot.screen)


async def test_a_post_without_a_place_for_comments_says_nothing_of_any(account, pilot):
    account.write(MIA, "cups", title="On cups", body="china")
    await pilot.command(f"post {link('cups')}")
    await pilot.see("china")
    assert "comments" not in pilot.screen
    assert "said anything" not in pilot.screen


async def test_the_link_to_a_comment_leads_to_its_post_with_that_marked(say, pilot):
    for number in range(120):
        say(f"c{number}", f"Comment {number}.")
    await pilot.command(f"post {encode(ItemAddress(MIA, NODE, 'c3'))}")
    await pilot.see("Post: On tea")
    await pilot.see("Comment 3.")
    assert "Comment 3." in marked(pilot)


@pytest.mark.parametrize("size", [(60, 16), (20, 10), (16, 4), (200, 50)])
async def test_a_deep_talk_is_read_at_any_size(say, fly, size):
    for number in range(40):
        say(f"c{number}", f"Answer {number}.", parent=f"c{number - 1}" if number else "")
    pilot = await fly().start(until="have you seen this?")
    pilot.resize(*size)
    await pilot.command(f"post {link('tea')}")
    await pilot.until(lambda: len(pilot.state.layout.main.talk.comments) == 40)
    await pilot.press("G")
    await pilot.see("39.")
    await pilot.press("g", "g")
    await pilot.see("On tea")


async def test_the_marked_comment_stays_whole_in_view_at_another_size(say, fly):
    for number in range(9):
        say(f"c{number}", f"Comment {number}.")
    pilot = await fly(columns=60, rows=16).start(until="Conversations")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Comment 8.")
    await pilot.press("j")
    assert "Comment 8." in marked(pilot)
    for rows in range(9, 30):
        pilot.resize(60, 60)
        pilot.resize(60, rows)
        assert "Comment 8." in marked(pilot), rows


async def test_what_others_write_is_shown_without_what_could_do_harm(say, pilot):
    say("a", "x", author_name="E\x1b[31mve\u202e", title="\x1b]0;t\x07")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("ve")
    assert "\x1b" not in pilot.screen
    assert "\u202e" not in pilot.screen


async def test_nothing_of_comments_shows_once_their_profile_is_locked(say, account, pilot):
    say("a", "green it is")
    account.protect("secret")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    await pilot.command("lock")
    await pilot.lose("green it is")


async def test_a_comment_that_is_found_says_on_what_it_is_and_opens_that(say, pilot):
    say("a", "green it is", title="green it is")
    await pilot.command("blog-search green")
    await pilot.see('a comment on "On tea"')
    assert "urn:xmpp" not in pilot.screen
    await pilot.press("Enter")
    await pilot.see("Post: On tea")
    await pilot.until(lambda: "green it is" in marked(pilot))
    await pilot.press("q", "b")
    await pilot.see("Blog: mia")


async def test_a_key_leads_from_a_long_post_and_from_a_list_to_its_comments(say, account, pilot):
    say("a", "green it is")
    account.write(MIA, "tea", body="leaves\n\n" * 200)
    await pilot.command("blog mia")
    await pilot.see("On tea")
    await pilot.press("C")
    await pilot.until(lambda: "green it is" in marked(pilot))
    await pilot.press("g", "g")
    await pilot.lose("green it is")
    await pilot.press("C")
    await pilot.until(lambda: "green it is" in marked(pilot))


async def test_where_nothing_was_said_there_are_no_comments_to_go_to(say, pilot):
    await pilot.command(f"post {link('tea')}")
    await pilot.see("leaves")
    await pilot.press("C")
    await pilot.see("nobody has said anything to it yet")


async def test_the_links_and_words_of_the_marked_comment_are_opened_and_copied(say, pilot, desktop):
    said = say("a", "see https://a.example/w", in_reply_to=link("tea"))
    await pilot.command(f"post {link('tea')}")
    await pilot.see("see https://a.example/w")
    assert len(rows(pilot, "https://a.example/w")) == 1
    await pilot.press("j", "y")
    assert pilot.terminal.copied == ["see https://a.example/w"]
    await pilot.press("o")
    await pilot.until(lambda: desktop.exists() and "https://a.example/w" in desktop.read_text())
    await pilot.press("Y")
    await pilot.see("this comment: xmpp:mia@example.org?;node=")
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.terminal.copied[-1] == said.uri)


async def test_a_comment_is_shared_by_a_link_that_leads_to_it(say, pilot):
    said = say("a", "green it is")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    await pilot.press("j")
    await pilot.command(f"share {BOB}")
    await pilot.until(lambda: pilot.state.conversation is not None)
    assert pilot.state.conversation.chat.editor.text == f"green it is\n{said.uri}"


async def test_a_key_goes_to_what_the_marked_comment_answers(say, pilot):
    say("a", "green it is")
    say("a1", "with milk?", ALICE, parent="a")
    say("a2", "or not", MIA, parent="a")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("or not")
    await pilot.press("j", "j", "j")
    assert "or not" in marked(pilot)
    await pilot.press("^")
    await pilot.until(lambda: "green it is" in marked(pilot))
    await pilot.press("^")
    await pilot.see("no comment is marked that answers another")


async def test_where_comments_are_elsewhere_nobody_is_asked_unless_one_wants_it(account, pilot):
    account.write(
        MIA, "tea", title="On tea", comments_service="spy.example.org", comments_node="seen"
    )
    account.write("spy.example.org", "a", node="seen", body="hello", author=BOB)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("they are at spy.example.org: :comments asks for them")
    assert not [call for call in account.calls if call[0] == "Comments"]
    await pilot.press("C")
    await pilot.see("hello")


async def test_comments_are_as_they_are_once_the_backend_is_back(say, account, fake, pilot):
    say("a", "green it is")
    say("b", "black!")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    await fake.stop()
    del account.entries[MIA, NODE, "a"]
    await pilot.lose("NORMAL  alice  F1")
    await fake.start()
    await pilot.lose("green it is")
    await pilot.see("black!")
