"""What speaks to the user stands out, rings, and is gone to first."""

from dataclasses import replace

from tests.primitivus.fake import BOB, MIA

ROOM = "cave@rooms.example.org"
MENTION = {"mention": True, "mentioned": ["tea"]}


async def test_the_words_that_speak_to_us_stand_out_in_the_text(pilot, account):
    account.message(BOB, "more Tea or teapots, and tea", more=MENTION)
    await pilot.see("more Tea or teapots")
    assert pilot.styled("message.mention") == "Teatea"


async def test_a_conversation_that_notices_mentions_rings_by_them_alone(pilot, account):
    account.message(MIA, "before")
    account.converse(MIA, notify="mentions")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).notify == "mentions")
    rung = pilot.terminal.rung
    account.message(MIA, "nothing for us")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).unread == 2)
    assert pilot.terminal.rung == rung
    account.message(MIA, "tea?", more=MENTION)
    await pilot.until(lambda: pilot.terminal.rung == rung + 1)


async def test_a_muted_conversation_does_not_ring_by_mentions(pilot, account):
    account.message(MIA, "before")
    account.converse(MIA, notify="none")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).notify == "none")
    rung = pilot.terminal.rung
    account.message(MIA, "tea?", more=MENTION)
    await pilot.until(lambda: pilot.state.account.conversation(MIA).unread == 2)
    assert pilot.terminal.rung == rung


async def test_the_list_counts_what_speaks_to_us_and_one_goes_there_first(pilot, account):
    account.message(MIA, "one")
    account.message(ROOM, "two", kind="room", sender=f"{ROOM}/ann", more=MENTION)
    record = account.conversations[ROOM]
    account.conversations[ROOM] = replace(record, more={"mentions": 1})
    account.converse(ROOM)
    await pilot.see(" @1")
    assert "1 @1" not in pilot.screen
    account.message(ROOM, "three", kind="room", sender=f"{ROOM}/ann")
    record = account.conversations[ROOM]
    account.conversations[ROOM] = replace(record, more={"mentions": 1})
    account.converse(ROOM)
    await pilot.see(" 2 @1")
    await pilot.press("M-a")
    assert pilot.state.layout.place.peer == ROOM


async def test_own_words_are_set_and_told_by_a_command(pilot, account):
    await pilot.command("highlight tea, green soup")
    await account.called("SetSettings", {"highlight": ["tea", "green soup"]})
    await pilot.see("by: tea, green soup")
    await pilot.command("highlight")
    await pilot.see("by: tea, green soup")
    await pilot.command('highlight ""')
    await pilot.see("by your nick alone")
    await pilot.command("highlight-everyone")
    await pilot.see("in a room don't mention you; :highlight-everyone on changes")
    assert "highlight_everyone" not in account.settings
    await pilot.command("highlight-everyone on")
    await account.called("SetSettings", {"highlight_everyone": True})
    await pilot.see("in a room mention you")
