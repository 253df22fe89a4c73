"""Quoting what others write in a post of one's own."""

import pytest

from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import BOB, MIA
from tests.primitivus.fake.account import MICROBLOG


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor that keeps what it is given, and adds a line; return the file that has it."""
    found, script = tmp_path / "given", tmp_path / "write"
    script.write_text(f'#!/bin/sh\ncp "$1" {found}\necho "so true" >> "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    return found


async def test_a_post_is_quoted_with_who_wrote_it_and_where(account, pilot, editor):
    account.write(MIA, "tea", title="On [tea]", body="Leaves\n\nand *water*", author_name="Mia_")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Leaves")
    await pilot.press(">")
    await pilot.see("so true")
    uri = link("tea")
    quoted = f"Mia\\_, [On \\[tea\\]](<{uri}>):\n\n> Leaves\n>\n> and *water*\n"
    assert quoted in editor.read_text()
    assert editor.read_text().startswith("Title: Re: On [tea]\n")
    assert "Draft: Re: On [tea]" in pilot.screen


async def test_the_marked_post_of_a_list_is_quoted(account, pilot, editor):
    account.write(MIA, "tea", title="On tea")
    await pilot.command("blog mia")
    await pilot.see("On tea")
    await pilot.command("quote-post")
    await pilot.see("so true")
    assert "> On tea" in editor.read_text()


async def test_a_comment_is_quoted_with_what_it_is_on(account, pilot, editor):
    node = f"{MICROBLOG}:comments/tea"
    account.write(MIA, "tea", title="On tea", comments_service=MIA, comments_node=node)
    more = {"commented": link("tea"), "commented_title": "On tea"}
    account.write(MIA, "a", node=node, title="green it is", author=BOB, more=more)
    await pilot.command(f"post {link('tea')}")
    await pilot.see("green it is")
    await pilot.press("j", ">")
    await pilot.see("so true")
    assert 'bob@example.org, [on "On tea"](<xmpp:' in editor.read_text()
    assert "> green it is\n" in editor.read_text()
    assert editor.read_text().startswith("Title: Re: On tea\n")


async def test_what_quotes_a_quotation_is_called_as_that(account, pilot, editor):
    account.write(MIA, "tea", title="re: On tea", body="leaves")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("leaves")
    await pilot.press(">")
    await pilot.see("so true")
    assert editor.read_text().startswith("Title: re: On tea\n")


async def test_what_quotes_something_without_a_name_has_none_yet(account, pilot, editor):
    account.write(MIA, "tea")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("Post: without a title")
    await pilot.press(">")
    await pilot.see("so true")
    assert editor.read_text().startswith("Title:\n")
    assert "Draft: mia@example.org, without a title:" in pilot.screen


async def test_a_quotation_that_is_left_as_it_is_is_a_draft_that_can_be_published(
    account, pilot, monkeypatch
):
    monkeypatch.setenv("VISUAL", "true")
    account.write(MIA, "tea", title="On tea", body="leaves")
    await pilot.command(f"post {link('tea')}")
    await pilot.see("leaves")
    await pilot.press(">")
    await pilot.see("Draft: Re: On tea")
    await pilot.see("nothing was added to the quotation: it is kept as a draft")
    await pilot.press("P")
    await pilot.see("Post: Re: On tea")
