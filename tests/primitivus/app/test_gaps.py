"""Where messages may be missing in a conversation."""

from tests.primitivus.fake import BOB


async def test_a_line_tells_where_messages_may_be_missing_until_they_are_there(pilot, account):
    account.message(BOB, "before")
    after = account.message(BOB, "after", gap=True)
    await pilot.see("messages may be missing here")
    lines = pilot.screen.splitlines()
    (line,) = [n for n, text in enumerate(lines) if "may be missing" in text]
    assert "before" in lines[line - 1]
    assert "after" in lines[line + 1]
    account.change(after.id, gap=False)
    await pilot.lose("messages may be missing here")
