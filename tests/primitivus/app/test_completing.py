"""Completing what one types: the box of what may stand there, and what each argument may be."""

import pytest

from tests.primitivus.fake import BOB


@pytest.mark.parametrize(
    ("symbols", "sign", "below", "above"),
    [("utf-8", "▸", "↓", "↑"), ("ascii", ">", "v", "^")],
)
async def test_of_many_candidates_it_tells_how_many_more_there_are(
    account, fly, symbols, sign, below, above
):
    for number in range(22):
        account.know(f"zoe{number:02}@example.org", name=f"name {'x' * 40}{number:02}")
    pilot = await fly(symbols=symbols).start(until="have you seen this?")
    await pilot.type("/chat zoe")
    await pilot.press("Tab")
    await pilot.see(f" {below} 14 more ")
    assert "zoe07@" in pilot.screen
    assert "zoe08@" not in pilot.screen
    await pilot.see(f"{sign}zoe00@example.org")
    await pilot.press(*["Tab"] * 8)
    await pilot.see(f"{sign}zoe08@example.org")
    await pilot.see(f" {above} 8 more ")
    await pilot.see(f" {below} 6 more ")
    assert "zoe07@" not in pilot.screen
    await pilot.press("S-Tab")
    await pilot.see(f"{sign}zoe07@example.org")
    chosen = [text for row in pilot.terminal.styles for _, text in row if "zoe07@" in text]
    assert chosen[:1] == ["zoe07@example.org"]
    styled = {style for row in pilot.terminal.styles for style, text in row if "zoe07@" in text}
    assert "popup.selected" in styled
    await pilot.press("S-Tab")
    await pilot.see(f"{sign}zoe06@example.org")
    assert above + " 8" not in pilot.screen
    await pilot.type(" ")
    await pilot.lose("14 more")


async def test_what_all_candidates_have_in_common_chooses_none(pilot, account):
    account.know("bobby@example.org", name="bobby")
    await pilot.see("bob")
    await pilot.type("/chat b")
    await pilot.press("Tab")
    await pilot.see("/chat bob")
    assert f"▸{BOB}" not in pilot.screen
    await pilot.press("Tab")
    await pilot.see(f"▸{BOB}")


async def test_keys_that_may_follow_choose_none(pilot):
    await pilot.type("/")
    await pilot.press("Tab", "Tab", "Esc", "C-f")
    await pilot.see("focus messages")
    assert "▸b" not in pilot.screen
