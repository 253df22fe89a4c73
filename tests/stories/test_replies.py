"""Two people answer each other, call each other and keep an ending to themselves."""

from tests.stories.test_reactions import open_chat


async def test_answers_show_what_they_answer_on_both_sides(server, user, tui):
    alice = await user(server, "alice")
    await user(server, "bob")
    hers, his = await tui("-p", "alice"), await tui("-p", "bob")
    await open_chat(hers, server.jid("bob"))
    await open_chat(his, server.jid("alice"))
    await alice.send(server.jid("bob"), "shall we meet?")
    await his.wait_for("shall we meet")
    his.press("esc", "v", "r")
    await his.wait_for("reply to alice: shall we meet")
    his.submit("yes, at ten")
    await his.wait_for("> alice: shall we meet")
    await hers.wait_for("> me: shall we meet")
    await hers.wait_for("yes, at ten")
    # Nothing of the quotation that others would see is in the text.
    assert "> shall we meet" not in hers.text
    hers.press("esc")
    hers.submit(":spoiler the film | it was the gardener")
    await his.wait_for("spoiler: the film")
    assert "gardener" not in his.text
    his.press("esc", "v", "s")
    await his.wait_for("it was the gardener")
    his.press("s", "esc")
    await his.wait_gone("gardener")
    hers.submit(":buzz")
    await his.wait_for("asks for attention")
