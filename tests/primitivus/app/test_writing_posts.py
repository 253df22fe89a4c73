"""Writing posts: in one's editor, looked at as they will be, kept as drafts, and published."""

import os
import re
import shutil
from pathlib import Path

import pytest

from backendd.api import sizes
from backendd.api.errors import FileError, NotAllowed, NotConnected, UnknownItem
from backendd.api.records import Enclosure
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import Blogs
from primitivus.model.blogs.post_drafts import PostDrafts
from primitivus.model.panes.draft import DraftPane
from primitivus.widgets.terminal.style import Style
from tests.lab.pictures import encoded, two_halves
from tests.primitivus.app.test_pictures import lose_picture, see_picture
from tests.primitivus.fake import BOB
from tests.primitivus.fake.account import ALICE, MICROBLOG

LIB = "pubsub.example.org"
TEA = "Title: On tea\nTags: tea, food\nComments: on\nBlog: alice@example.org\n\nGreen *and* black\n"


class UsersEditor:
    """Writes what it is told into the file that it is to edit, and keeps what was there."""

    def __init__(self, folder):
        self.program = folder / "editor"
        self._next, self._seen = folder / "next", folder / "seen"
        self.program.write_text(
            f'#!/bin/sh\ncp "$1" {self._seen}\ncase "$1" in *.md) ;; *) exit 3;; esac\n'
            f'if [ -e {self._next} ]; then mv {self._next} "$1"; fi\n'
        )
        self.program.chmod(0o755)

    @property
    def seen(self):
        return self._seen.read_text()

    def write(self, text):
        self._next.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def users_editor(tmp_path, pilot):
    made = UsersEditor(tmp_path)
    pilot.state.settings = pilot.state.settings.with_value("editor", str(made.program))
    return made


async def told(pilot, *drafts):
    """Return once the frontend knows of these drafts."""
    known = pilot.account.known.of(PostDrafts)
    await pilot.until(lambda: all(known.get(each.id) == each for each in drafts))


def calls(account, name):
    return [call[1:] for call in account.calls if call[0] == name]


async def test_a_post_is_written_looked_at_and_published(users_editor, account, pilot):
    users_editor.write(TEA)
    await pilot.command("publish On tea")
    await pilot.see("Draft: On tea")
    assert users_editor.seen.startswith("Title: On tea\nTags:\nComments: on\nFile:\nBlog: ")
    for text in (
        'it goes to "your blog": for everybody.', "#tea #food", "Green *and* black",
        "P publishes it",
    ):  # fmt: skip
        await pilot.see(text)
    assert not calls(account, "Publish")
    (draft,) = account.drafts.values()
    await pilot.press("P")
    await pilot.see("Post: On tea")
    ((service, node, entry),) = calls(account, "Publish")
    assert (service, node) == ("", "")
    assert entry == {
        "title": "On tea", "tags": ["tea", "food"], "comments": True,
        "markdown": "Green *and* black",
    }  # fmt: skip
    assert draft.entry == entry
    assert account.drafts == {}
    await pilot.press("q")
    await pilot.see("have you seen this?")


async def test_a_draft_is_edited_on_as_it_was_written(users_editor, account, pilot):
    users_editor.write(TEA)
    await pilot.command("publish")
    await pilot.see("Green *and* black")
    users_editor.write(TEA.replace("Green", "White"))
    await pilot.press("e")
    await pilot.see("White *and* black")
    assert users_editor.seen.rstrip("\n") == TEA.rstrip("\n")
    (draft,) = account.drafts.values()
    assert draft.entry["markdown"] == "White *and* black"


async def test_what_is_no_utf_8_is_read_as_what_it_may_be_and_told(users_editor, account, pilot):
    users_editor.write(TEA.encode() + "\nGrößer\0\n".encode("cp1252"))
    await pilot.command("publish")
    await pilot.see("line 8 is not UTF-8: read as Windows-1252")
    await pilot.see("Größer")
    (draft,) = account.drafts.values()
    assert draft.entry["markdown"].endswith("Größer\N{REPLACEMENT CHARACTER}")


async def test_what_is_wrong_in_the_head_is_told_and_nothing_is_lost(users_editor, account, pilot):
    wrong = TEA.replace("Comments: on", "Comments: perhaps")
    users_editor.write(wrong)
    await pilot.command("publish")
    await pilot.see('line 3: Comments: "perhaps" is neither on nor off')
    (draft,) = account.drafts.values()
    assert draft.entry["markdown"] == "Comments: perhaps\n\nGreen *and* black"
    await pilot.press("P")
    await pilot.see('line 3: Comments: "perhaps" is neither on nor off; e edits it')
    assert not calls(account, "Publish")
    users_editor.write(TEA)
    await pilot.press("e")
    await pilot.lose('line 3: Comments: "perhaps" is neither on nor off')
    assert users_editor.seen.rstrip("\n") == wrong.rstrip("\n")
    await pilot.press("P")
    await pilot.see("Post: On tea")


async def test_an_editor_that_writes_nothing_begins_no_draft(users_editor, account, pilot):
    await pilot.command("publish")
    await pilot.see("nothing was written")
    users_editor.write("Title:\nTags: a\n\n\n")
    await pilot.command("publish")
    await pilot.see("nothing is written")
    assert account.drafts == {}


async def test_a_title_that_was_given_is_kept_as_a_draft_though_nothing_is_added(
    users_editor, account, pilot
):
    await pilot.command("publish On tea")
    await pilot.see("nothing was written but its title: it is kept as a draft")
    await pilot.see("Draft: On tea")
    (draft,) = account.drafts.values()
    assert draft.entry["title"] == "On tea"
    await pilot.press("P")
    await pilot.see("Post: On tea")
    ((_, _, entry),) = calls(account, "Publish")
    assert (entry["title"], entry.get("markdown", "")) == ("On tea", "")


async def test_an_editor_that_leaves_an_empty_file_leaves_the_draft_as_it_was(
    users_editor, account, pilot
):
    await told(pilot, account.draft("d1", title="On tea", markdown="Green"))
    await pilot.command("draft d1")
    await pilot.see("Green")
    users_editor.write(" ")
    await pilot.press("e")
    await pilot.see("nothing is written; what was there stays a draft")
    assert "Green" in pilot.screen
    assert account.drafts["d1"].entry == {"title": "On tea", "markdown": "Green"}


async def test_in_a_group_s_blog_one_writes_for_it(users_editor, account, pilot):
    account.write(LIB, "two", node="news", title="New books")
    await pilot.command(f"blog {LIB} news")
    await pilot.see("New books")
    users_editor.write(f"Title: Old books\nBlog: {LIB} news\n\ntext\n")
    await pilot.press("w")
    await pilot.see('it goes to "news at')
    assert f"Blog: {LIB} news\n" in users_editor.seen
    await pilot.press("P")
    await pilot.see("Post: Old books")
    assert calls(account, "Publish")[0][:2] == (LIB, "news")


async def test_drafts_are_listed_found_and_deleted_after_asking(account, pilot):
    await pilot.command("drafts")
    await pilot.see("nothing is being written")
    first = account.draft("d1", title="On tea", markdown="Green")
    second = account.draft("d2", LIB, "news", markdown="Once upon a time\nthere was")
    await told(pilot, first, second)
    await pilot.command("drafts")
    await pilot.see('Once upon a time  for "news at pubsub.example.org"')
    await pilot.type("tea")
    await pilot.press("Enter")
    await pilot.see("Draft: On tea")
    await pilot.command("drafts")
    await pilot.press("Delete")
    await pilot.see("Delete a draft")
    await pilot.type("y\n")
    await pilot.see("What is being written")
    await pilot.lose("Once upon a time")
    await pilot.press("Esc", "D")
    await pilot.type("n\n")
    await pilot.see("nothing was done")
    await pilot.press("D")
    await pilot.type("y\n")
    await pilot.see("have you seen this?")
    assert account.drafts == {}


async def test_a_draft_that_another_terminal_changes_shows_as_it_is_then(account, pilot):
    await told(pilot, account.draft("d1", title="On tea", markdown="Green"))
    await pilot.command("draft d1")
    await pilot.see("Green")
    account.draft("d1", title="On tea", markdown="White")
    await pilot.see("White")
    account.end_draft("d1")
    await pilot.see("it is no draft any more")
    assert "White" in pilot.screen
    # It may stand in the blog by now: nobody has it there twice by a key.
    await pilot.press("P")
    await pilot.see("Publish it all the same")
    await pilot.type("n\n")
    await pilot.see("nothing was done")
    assert not [call for call in account.calls if call[0] == "Publish"]


async def test_what_another_terminal_has_written_meanwhile_is_not_overwritten(
    users_editor, account, pilot
):
    await told(pilot, account.draft("d1", title="On tea", markdown="Green"))
    await pilot.command("draft d1")
    await pilot.see("Green")
    seen = pilot.state.layout.main.draft
    account.draft("d1", title="On tea", markdown="White")
    await pilot.see("White")
    pilot.state.layout.main.draft = seen  # as while one was in the editor
    users_editor.write(TEA)
    await pilot.press("e")
    await pilot.see("Green *and* black")
    await pilot.see("this is a draft of its own now")
    assert {each.entry["markdown"] for each in account.drafts.values()} == {
        "White", "Green *and* black",
    }  # fmt: skip


async def test_what_the_backend_does_not_keep_is_told_and_kept_here(users_editor, account, pilot):
    account.blog_refusals["SaveDraft"] = NotAllowed("there are too many drafts")
    users_editor.write(TEA)
    await pilot.command("publish")
    await pilot.see("this is not kept as a draft: there are too many drafts")
    await pilot.see("Green *and* black")
    await pilot.command("quit")
    await pilot.see("typed to a blog")
    await pilot.type("n\n")
    del account.blog_refusals["SaveDraft"]
    users_editor.write(TEA.replace("Green", "White"))
    await pilot.press("e")
    await pilot.lose("this is not kept")
    assert [each.entry["markdown"] for each in account.drafts.values()] == ["White *and* black"]


async def test_why_a_post_can_not_be_published_is_told_and_it_stays(account, pilot):
    await told(pilot, account.draft("d1", title="On tea"))
    account.blog_refusals["Publish"] = NotAllowed("this blog is somebody else's")
    await pilot.command("draft d1")
    await pilot.press("P")
    await pilot.see("this blog is somebody else's")
    assert isinstance(pilot.state.layout.main, DraftPane)
    assert list(account.drafts) == ["d1"]


async def test_without_a_connection_it_is_said_that_a_post_waits(account, pilot):
    account.become("connecting")
    await told(pilot, account.draft("d1", title="On tea"))
    await pilot.command("draft d1")
    await pilot.press("P")
    await pilot.see('"On tea" is published as soon as there is a connection')


async def test_what_becomes_of_a_post_is_said_wherever_one_is(account, pilot):
    account.write(ALICE, "one", title="On tea", state="pending")
    account.write(ALICE, "two", title="On milk", state="pending")
    account.write(ALICE, "c", node=f"{MICROBLOG}:comments/x", title="a comment", state="pending")
    account.write(ALICE, "c", node=f"{MICROBLOG}:comments/x", state="published")
    account.write(ALICE, "one", state="published")
    await pilot.see('"On tea" is published')
    account.write(ALICE, "two", state="failed", error=("NotAllowed", "you may not"))
    await pilot.see('"On milk": it is not published: you may not')
    told = [each.text for each in pilot.state.told()]
    assert not [each for each in told if "comment" in each]


async def test_why_a_draft_can_not_be_shown_is_said_and_it_comes_with_the_backend(account, pilot):
    account.blog_refusals["Preview"] = NotConnected("nobody answers")
    await told(pilot, account.draft("d1", title="On tea", markdown="Green"))
    await pilot.command("draft d1")
    await pilot.see("nobody answers")


@pytest.mark.parametrize("size", [(60, 16), (20, 10), (100, 30)])
async def test_a_long_draft_is_read_to_its_end_at_any_size(account, fly, size):
    words = " ".join(f"word{number}" for number in range(3000))
    draft = account.draft("d1", title="Long", markdown=f"{words} end")
    pilot = await fly(columns=size[0], rows=size[1]).start(until="have you")
    await told(pilot, draft)
    await pilot.command("draft d1")
    await pilot.see("not published")
    await pilot.until(lambda: any(pilot.state.layout.main.document.blocks()))
    pilot.resize(*size)
    await pilot.press("G")
    await pilot.see("end")
    await pilot.press("g", "g")
    await pilot.see("not published")


async def test_nothing_of_a_draft_shows_once_its_profile_is_locked(account, pilot):
    account.protect("secret")
    await told(pilot, account.draft("d1", title="On tea", markdown="Green"))
    await pilot.command("draft d1")
    await pilot.see("Green")
    await pilot.command("lock")
    await pilot.lose("Green")
    assert "On tea" not in pilot.screen


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_each_keymap_has_the_keys_of_drafts(account, fly, keymap):
    account.draft("d1", title="On tea", markdown="Green")
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await told(pilot, account.drafts["d1"])
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("blog\n")
    await pilot.see("Blogs: what you follow")
    await pilot.press("W")
    await pilot.see("What is being written")
    await pilot.press("Enter")
    await pilot.see("Draft: On tea")
    await pilot.press("P")
    await pilot.see("Post: On tea")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("draft nonsense", 'there is no draft "nonsense"'),
        ("publish-draft", "works only in: draft"),
        ("delete-draft", "no draft is shown"),
    ],
)
async def test_where_no_draft_is_nothing_is_done_and_why_is_said(account, pilot, line, said):
    await pilot.command(line)
    await pilot.see(said)


async def test_a_post_of_one_s_own_is_edited_and_stays_until_that_is_published(
    users_editor, account, pilot
):
    account.write(ALICE, "tea", title="On tea", body="Green *and* black", tags=["tea"])
    await pilot.command("blog")
    await pilot.see("On tea")
    users_editor.write("Title: On coffee\nTags:\nComments: on\n\nBeans\n")
    await pilot.press("e")
    await pilot.see('A change of a post in "your blog"')
    assert (
        users_editor.seen == "Title: On tea\nTags: tea\nComments: off\nFile:\n\nGreen *and* black"
    )
    assert account.entries[ALICE, MICROBLOG, "tea"].title == "On tea"
    await pilot.press("q", "e")
    await pilot.see("a draft of it is here already")
    await pilot.press("P")
    await pilot.see("Post: On coffee")
    ((service, node, entry),) = calls(account, "Publish")
    assert (service, node) == (ALICE, MICROBLOG)
    assert entry == {
        "id": "tea", "title": "On coffee", "tags": [], "comments": True, "markdown": "Beans",
        "based_on": "On tea Green *and* black",
    }  # fmt: skip
    assert account.drafts == {}


async def _begin_a_change(users_editor, account, pilot):
    account.write(ALICE, "tea", title="On tea", body="Green")
    await pilot.command("blog")
    await pilot.see("On tea")
    users_editor.write("Title: On tea\n\nGreen, and mine\n")
    await pilot.press("e")
    await pilot.see('A change of a post in "your blog"')


async def test_a_change_of_what_was_changed_meanwhile_is_published_only_after_asking(
    users_editor, account, pilot
):
    await _begin_a_change(users_editor, account, pilot)
    account.write(ALICE, "tea", title="On tea", body="Green, and theirs")
    await pilot.press("P")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("l\n")
    await pilot.see("Post: On tea")
    await pilot.see("Green, and theirs")
    await pilot.see("the draft stays; D discards it")
    await pilot.press("q")
    await pilot.see("Green, and mine")
    await pilot.press("P")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("\n")
    await pilot.lose("The post was changed meanwhile")
    assert account.entries[ALICE, MICROBLOG, "tea"].body == "Green, and theirs"
    assert len(account.drafts) == 1
    await pilot.press("P")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("p\n")
    await pilot.see("Post: On tea")
    assert account.entries[ALICE, MICROBLOG, "tea"].body == "Green, and mine"
    assert account.drafts == {}


async def test_a_change_of_what_was_taken_back_meanwhile_can_be_a_new_post(
    users_editor, account, pilot
):
    await _begin_a_change(users_editor, account, pilot)
    account.take_back(ALICE, "tea")
    await pilot.press("P")
    await pilot.see("Publish it as a new post")
    await pilot.type("y\n")
    await pilot.see("Post: On tea")
    (written,) = account.entries.values()
    assert (written.id != "tea", written.body) == (True, "Green, and mine")
    assert account.drafts == {}


def _overtaken(account):
    """Have a change of a post have failed, for that was changed elsewhere."""
    was = account.write(ALICE, "tea", title="On tea", body="Green, and theirs")
    account.published[ALICE, MICROBLOG, "tea"] = was
    why = ("EntryChanged", "it was changed elsewhere while this change of it waited")
    account.write(ALICE, "tea", body="Green, and mine", state="failed", error=why)


async def test_a_change_that_was_overtaken_as_it_waited_is_settled_as_one_wants(account, pilot):
    _overtaken(account)
    await pilot.command("unpublished")
    await pilot.see("it was changed elsewhere")
    await pilot.press("R")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("l\n")
    await pilot.see("As it was changed elsewhere")
    await pilot.see("Green, and theirs")
    await pilot.press("q")
    await pilot.lose("Green, and theirs")
    await pilot.press("R")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("\n")
    await pilot.lose("The post was changed meanwhile")
    assert account.entries[ALICE, MICROBLOG, "tea"].state == "failed"
    await pilot.press("D")
    await pilot.see("The post stays as it is published")
    await pilot.press("Esc")
    await pilot.lose("The post stays as it is published")
    await pilot.press("R")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("d\n")
    await pilot.see("the post is as it was changed elsewhere")
    assert account.entries[ALICE, MICROBLOG, "tea"].body == "Green, and theirs"
    _overtaken(account)
    await pilot.see("it was not published")
    await pilot.press("R")
    await pilot.see("The post was changed meanwhile")
    await pilot.type("p\n")
    await pilot.until(lambda: account.entries[ALICE, MICROBLOG, "tea"].state == "published")
    assert ("Retry", ALICE, MICROBLOG, "tea", "anyway") in account.calls


async def test_a_change_of_what_was_taken_back_as_it_waited_can_be_a_new_post(account, pilot):
    _overtaken(account)
    account.published.clear()
    await pilot.command("unpublished")
    await pilot.see("it was changed elsewhere")
    await pilot.press("R")
    await pilot.see("Publish it as a new post")
    await pilot.type("n\n")
    await pilot.lose("Publish it as a new post")
    assert account.entries[ALICE, MICROBLOG, "tea"].state == "failed"
    await pilot.press("R")
    await pilot.see("Publish it as a new post")
    await pilot.type("y\n")
    await pilot.until(lambda: account.entries[ALICE, MICROBLOG, "tea"].state == "published")


async def test_files_are_taken_off_a_post_kept_and_added_in_its_editor(
    users_editor, account, pilot, tmp_path
):
    files = [
        Enclosure(url=f"https://a.example/{name}", mime="text/plain", title=name, size=3)
        for name in ("a.txt", "b.txt", "c.txt")
    ]
    new = tmp_path / "new.txt"
    new.write_text("new")
    account.write(ALICE, "tea", title="On tea", body="Green", attachments=files)
    await pilot.command("blog")
    await pilot.see("On tea")
    users_editor.write(
        "Title: On tea\nFile: c.txt <https://a.example/c.txt>\n"
        f"File: a.txt <https://a.example/a.txt>\nFile: {new}\n\nGreen"
    )
    await pilot.press("e")
    await pilot.see('A change of a post in "your blog"')
    assert "\nFile: b.txt <https://a.example/b.txt>\n" in users_editor.seen
    await pilot.see("new.txt")
    shown = pilot.screen
    assert shown.index("c.txt") < shown.index("a.txt") < shown.index("new.txt")
    assert "b.txt" not in shown
    (draft,) = account.drafts.values()
    assert [each["title"] for each in draft.entry["enclosures"]] == ["c.txt", "a.txt"]
    await pilot.press("P")
    await pilot.see("Post: On tea")
    entry = account.entries[ALICE, MICROBLOG, "tea"]
    assert [each.title for each in entry.attachments] == ["c.txt", "a.txt", "new.txt"]


async def test_files_that_stay_are_told_of_in_a_draft_as_in_the_post(account, pilot, tmp_path):
    here = tmp_path / "rose.png"
    here.write_bytes(encoded(two_halves(40, 20)))
    files = [
        Enclosure(url="https://a.example/a.ogg", mime="audio/ogg", title="a.ogg", size=2048),
        Enclosure(
            url="https://a.example/rose.png",
            mime="image/png",
            title="rose.png",
            size=here.stat().st_size,
            here=True,
            path=str(here),
        ),
    ]
    account.write(ALICE, "tea", title="On tea", body="Green", attachments=files)
    # As somebody has written it by hand.
    kept = [{"url": each.url, "title": each.title} for each in reversed(files)]
    draft = account.draft("d", id="tea", title="On tea", enclosures=kept)
    await told(pilot, draft)
    await pilot.command("draft d")
    await pilot.see(f"a.ogg  {sizes.shown(2048)}  audio/ogg")
    await see_picture(pilot)


async def test_before_markup_of_a_post_would_be_lost_one_is_asked(users_editor, account, pilot):
    account.write(ALICE, "tea", title="On tea", xhtml="<div><u>a</u> <sub>b</sub> <u>c</u></div>")
    await pilot.command("blog")
    await pilot.see("On tea")
    users_editor.write(TEA)
    await pilot.press("e")
    await pilot.see("Another program wrote it")
    await pilot.see("underlining, subscript")
    await pilot.type("n\n")
    await pilot.see("nothing was done")
    assert account.drafts == {}
    await pilot.press("e")
    await pilot.type("y\n")
    await pilot.see("line 4: Blog: a post stays in the blog where it is")


async def test_the_posts_of_others_and_comments_are_not_edited(account, pilot):
    account.follow(BOB)
    account.write(BOB, "one", title="On trains")
    await pilot.command("blog")
    await pilot.see("On trains")
    await pilot.press("e")
    await pilot.see("this one is by bob@example.org")
    assert not calls(account, "Source")


async def test_a_post_comes_with_the_files_that_its_head_names(
    users_editor, account, pilot, tmp_path
):
    for name in ("one.png", "two two.png", "note.txt"):
        (tmp_path / name).write_bytes(name.encode())
    files = [str(tmp_path / name) for name in ("one.png", "two two.png", "note.txt")]
    users_editor.write(f"File: {tmp_path}/*.png\nFile: {files[2]}\n\nPictures\n")
    await pilot.command("publish")
    for name in ("one.png", "two two.png", "note.txt"):
        await pilot.see(name)
    (draft,) = account.drafts.values()
    assert draft.entry["files"] == files
    await pilot.press("P")
    await pilot.until(lambda: calls(account, "Publish"))
    assert calls(account, "Publish")[0][2]["files"] == files


async def test_a_file_that_is_not_there_is_told_before_anything_is_published(
    users_editor, account, pilot, tmp_path
):
    missing = tmp_path / "missing.png"
    users_editor.write(f"File: {missing}\nFile: {tmp_path}/*.ogg\n\nPictures\n")
    await pilot.command("publish")
    await pilot.see("File: ")
    await pilot.see("nothing here fits")
    await pilot.press("P")
    assert not calls(account, "Publish")
    (draft,) = account.drafts.values()
    assert str(missing) in draft.entry["files"]


async def test_the_pictures_of_a_draft_are_shown_as_they_will_be(account, pilot, tmp_path):
    (tmp_path / "rose.png").write_bytes(encoded(two_halves(40, 20)))
    (tmp_path / "broken.png").write_bytes(b"no picture at all")
    (tmp_path / "sketch.tiff").write_bytes(b"II*")
    names = ("rose.png", "broken.png", "sketch.tiff")
    draft = account.draft("d1", title="Pictures", files=[str(tmp_path / each) for each in names])
    await told(pilot, draft)
    await pilot.command("draft d1")
    await see_picture(pilot)
    await pilot.see("broken.png  17 bytes  image/png  not shown: ")
    await pilot.see("sketch.tiff  3 bytes  image/tiff  not shown: this is no PNG")
    named = next(y for y, row in enumerate(pilot.terminal.rows) if "rose.png" in row)
    assert any(isinstance(style, Style) for style, _ in pilot.terminal.styles[named + 1])
    await pilot.command("set pictures off")
    await lose_picture(pilot)
    assert "not shown" not in pilot.screen


async def test_a_picture_of_a_draft_far_below_is_read_when_it_is_in_view(account, pilot, tmp_path):
    (tmp_path / "rose.png").write_bytes(encoded(two_halves(40, 20)))
    text = "\n\n".join(f"line {number}" for number in range(80))
    draft = account.draft("d1", markdown=text, files=[str(tmp_path / "rose.png")])
    await told(pilot, draft)
    await pilot.command("draft d1")
    await pilot.until(lambda: pilot.state.layout.main.beyond.below, "all of it laid out")
    await pilot.press("G")
    await see_picture(pilot)


async def test_files_that_are_missing_or_none_are_named_above_a_draft_that_is_kept(
    account, pilot, tmp_path
):
    (tmp_path / "here.txt").write_text("here")
    os.mkfifo(tmp_path / "pipe")
    names = ("gone.png", "here.txt", "pipe")
    draft = account.draft("d1", title="On tea", files=[str(tmp_path / each) for each in names])
    await told(pilot, draft)
    await pilot.command("draft d1")
    # Paths may be too long for a row.
    pane = pilot.state.layout.main
    await pilot.until(lambda: len(pane.amiss) == 2 and "File:" in pilot.screen)
    assert "gone.png\" can't be read: No such file or directory" in pane.amiss[0]
    assert pane.amiss[1].endswith('pipe" is a pipe; only files can be published')
    account.blog_refusals["Publish"] = FileError("it is not there")
    await pilot.press("P")
    await pilot.until(lambda: any("gone.png" in each.text for each in pilot.state.told()))
    assert not account.handed
    assert list(account.drafts) == ["d1"]
    (tmp_path / "gone.png").write_bytes(b"it is there by now")
    os.unlink(tmp_path / "pipe")
    (tmp_path / "pipe").write_text("a file")
    await pilot.press("P")
    await pilot.until(lambda: len(account.handed) == 3)
    await pilot.lose("File: ")


async def test_files_that_the_backend_can_not_see_are_handed_open(account, pilot, tmp_path):
    file = tmp_path / "one.png"
    file.write_bytes(b"picture")
    draft = account.draft("d1", title="Pictures", files=[str(file)])
    await told(pilot, draft)
    account.blog_refusals["Publish"] = FileError("the backend can't see it")
    await pilot.command("draft d1")
    await pilot.press("P")
    await pilot.until(lambda: account.handed == [b"picture"])
    assert calls(account, "PublishHandles") == [("", "", {"title": "Pictures"}, ["one.png"])]
    file.unlink()
    await pilot.see("the backend can't see it")
    await pilot.press("P")
    await pilot.see("can't be read")


async def test_a_draft_says_whom_its_blog_is_for(users_editor, account, pilot):
    account.access[LIB, "news"] = ("whitelist", (BOB,))
    await told(pilot, account.draft("d1", title="On tea"))
    await pilot.command("draft d1")
    await pilot.see('"your blog": for everybody')
    users_editor.write(f"Title: On tea\nBlog: {LIB} news\n\ntext\n")
    await pilot.press("e")
    await pilot.see('"news at pubsub.example.org": for bob')
    account.blog_refusals["Access"] = UnknownItem("there is no such blog")
    users_editor.write(f"Title: On tea\nBlog: {LIB} new\n\ntext\n")
    await pilot.press("e")
    await pilot.see('"new at pubsub.example.org": for')
    await pilot.see("everybody")


async def test_what_is_told_above_moves_nothing_of_what_one_looks_at(account, fly):
    draft = account.draft("d1", title="Long", markdown="\n\n".join(map(str, range(1000, 1100))))
    pilot = await fly(columns=60, rows=16).start(until="have you")
    await told(pilot, draft)
    await pilot.command("draft d1")
    await pilot.until(lambda: any(pilot.state.layout.main.document.blocks()))
    await pilot.press("G")
    await pilot.see("1099")
    pilot.state.layout.main.error = "a sentence that takes a row or two of the screen " * 2
    pilot.state.changed(Area.VIEW)
    await pilot.press("k", "j")
    assert "1099" in pilot.screen


async def test_what_a_failing_editor_has_written_stays_and_it_is_said_where(
    users_editor, account, pilot
):
    users_editor.program.write_text('#!/bin/sh\necho text >> "$1"\nexit 4\n')
    await pilot.command("publish")
    await pilot.see("ended with 4: the text is as it was; what it wrote is in")
    said = " ".join(each.text for each in pilot.state.told())
    folder = Path(re.search(r"what it wrote is in (\S+)", said)[1])
    assert (folder / "post.md").read_text().endswith("text\n")
    shutil.rmtree(folder)
    users_editor.program.write_text("#!/bin/sh\nexit 5\n")
    await pilot.command("publish")
    await pilot.see("ended with 5: the text is as it was")
    assert "what it wrote" not in pilot.state.told()[-1].text
    assert account.drafts == {}


async def test_an_editor_that_takes_the_file_away_has_written_nothing(users_editor, account, pilot):
    users_editor.program.write_text('#!/bin/sh\nrm "$1"\n')
    await pilot.command("publish On tea")
    await pilot.see("nothing was written")
    assert account.drafts == {}
    users_editor.program.write_text('#!/bin/sh\nrm "$1"; mkdir "$1"\n')
    await pilot.command("publish On milk")
    await pilot.see("nothing was written")
    assert account.drafts == {}


async def test_what_is_not_kept_as_a_draft_is_left_in_a_file_until_it_is(
    users_editor, account, pilot
):
    account.blog_refusals["SaveDraft"] = NotAllowed("the text is too long")
    users_editor.write(TEA)
    await pilot.command("publish")
    await pilot.see("this is not kept as a draft: the text is too long")
    await pilot.see("What you wrote is in")
    assert "leaves it as a draft" not in pilot.screen
    left = pilot.state.layout.main.left
    assert left.read_text().rstrip() == TEA.rstrip()
    users_editor.write(TEA.replace("Green", "White"))
    await pilot.press("e")
    await pilot.see("White *and* black")
    assert pilot.state.layout.main.left == left
    assert "White" in left.read_text()
    del account.blog_refusals["SaveDraft"]
    users_editor.write(TEA)
    await pilot.press("e")
    await pilot.see("leaves it as a draft")
    assert not left.parent.exists()
    assert "What you wrote is in" not in pilot.screen


@pytest.mark.parametrize("is_published", [True, False])
async def test_a_file_with_what_was_written_is_no_more_once_that_is_published_or_kept(
    users_editor, fake, account, pilot, is_published
):
    account.blog_refusals["SaveDraft"] = NotAllowed("the disk is full")
    users_editor.write(TEA)
    await pilot.command("publish")
    await pilot.see("What you wrote is in")
    (left,) = pilot.state.left.files()
    account.blog_refusals.clear()
    if is_published:
        await pilot.press("P")
        await pilot.see("Post: On tea")
    else:
        await fake.crash()
        await pilot.see("No backend since")
        await fake.start()
        await pilot.see("leaves it as a draft")
    await pilot.until(lambda: not pilot.state.left.files())
    assert not left.parent.exists()


async def test_what_is_not_published_is_listed_with_the_reason(account, pilot):
    await pilot.command("unpublished")
    await pilot.see("all that you wrote is published")
    account.write(LIB, "one", node="news", title="On tea", state="pending", author=ALICE)
    account.write(ALICE, "done", title="On ships")
    await pilot.see("On tea")
    account.write(LIB, "one", node="news", state="failed", error=("NotAllowed", "you may not"))
    await pilot.see("not published: you may not")
    assert "On ships" not in pilot.screen
    await pilot.command("retry")
    await pilot.until(lambda: calls(account, "Retry") == [(LIB, "news", "one")])


@pytest.mark.parametrize(("keymap", "line"), [("primitivus", ":"), ("vi", ":"), ("emacs", "M-x")])
async def test_keys_in_what_is_not_published_are_about_that_alone(account, fly, keymap, line):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.follow(BOB)
    account.write(BOB, "one", title="On trains", unread=True)
    account.write(ALICE, "two", title="On tea", state="failed", error=("NotAllowed", "you may not"))
    await pilot.see("1 unread post")
    if keymap != "emacs":
        await pilot.press("Esc")
    await pilot.press(line)
    await pilot.type("unpublished\n")
    await pilot.see("not published: you may not")
    await pilot.press("R")
    await pilot.until(lambda: calls(account, "Retry") == [(ALICE, MICROBLOG, "two")])
    await pilot.press("A")
    assert not calls(account, "MarkEntriesRead")
    assert pilot.state.account.of(Blogs).unread == 1


async def test_what_is_published_leaves_the_list_of_what_is_not(account, pilot):
    for number in range(3):
        account.write(ALICE, f"p{number}", title=f"Post {number}", state="pending")
    await pilot.command("unpublished")
    await pilot.see("Post 0")
    account.write(ALICE, "p1", state="published")
    posts = pilot.state.layout.main.posts
    await pilot.until(lambda: [each.id for each in posts.listed()] == ["p2", "p0"])
    account.write(ALICE, "p0", state="published")
    account.write(ALICE, "p2", state="published")
    await pilot.see("all that you wrote is published")


async def test_a_key_leads_from_a_list_of_posts_to_what_is_not_published(account, pilot):
    account.write(LIB, "one", node="news", title="On tea", state="pending", author=ALICE)
    await pilot.command("blog")
    await pilot.see("Blogs: what you follow")
    await pilot.press("P")
    await pilot.see("Blogs: not published, or not gone yet")
    await pilot.see("On tea")


async def test_why_what_is_written_is_not_shown_without_a_backend_is_said(
    account, fake, pilot, users_editor
):
    await fake.stop()
    await pilot.until(lambda: not pilot.state.is_attached)
    users_editor.write(TEA)
    await pilot.command("publish")
    await pilot.see("How it will be read is shown once the backend runs")
    await fake.start()
    await pilot.lose("How it will be read")
    await pilot.see("Green *and* black")
