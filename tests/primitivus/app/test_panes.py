"""Two panes: what each shows, where keys go, what counts as seen."""

from tests.primitivus.fake import BOB, MIA


def titles(pilot):
    """Return the titles of the main panes: what stands in a style of titles, but for the lists."""
    texts = [
        text.strip()
        for row in pilot.terminal.styles
        for style, text in row
        if (style or "").startswith("pane.title")
    ]
    return [text for text in texts if not text.startswith(("Conversations", "▸Conversations"))]


async def test_two_conversations_stand_side_by_side_and_the_focused_one_is_marked(pilot):
    await pilot.command(f"vsplit {MIA}")
    await pilot.see("an older one")
    assert any(
        "have you seen this?" in row and "an older one" in row for row in pilot.terminal.rows
    )
    assert [text[0] == "▸" for text in titles(pilot)] == [False, True]
    await pilot.press("Esc", "C-w", "w")
    assert [text[0] == "▸" for text in titles(pilot)] == [True, False]
    assert pilot.state.layout.place.peer == BOB
