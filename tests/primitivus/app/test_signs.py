"""What colours say is said by a sign as well: the same is there without them."""

import pytest

from primitivus.themes.symbols import ASCII, UTF8
from tests.primitivus.fake import BOB, MIA

ROOM = "garden@rooms.example.org"


@pytest.mark.parametrize(
    ("line", "shows"),
    [
        ("focus conversations", "Conversations"),
        ("focus contacts", "Contacts"),
        ("select", "have you seen"),
        ("switch", "Go to"),
        ("help", "Most needed here"),
        ("search e", "Search: e"),
        ("transfers", "notes.txt"),
    ],
)
async def test_which_row_is_chosen_shows_without_colours(account, fly, line, shows):
    account.message(BOB, "here as well", tell=False, state="read")
    account.know(MIA, name="Mia")
    for number in (1, 2):
        known = {"name": f"{number} notes.txt", "size": 3, "path": "/nowhere", "mime": "text/plain"}
        account.transfer(id=number, message_id=0, direction="in", state="done", **known)
    pilot = await fly(contacts=True).start(until="here as well")
    await pilot.press("Esc")
    await pilot.command(line)
    await pilot.see(shows)
    await pilot.press("Up")
    await pilot.see(shows)
    before = pilot.screen
    await pilot.press("Down")
    # Nothing but text is compared.
    await pilot.until(lambda: pilot.screen != before)


@pytest.mark.parametrize("symbols", [UTF8, ASCII])
def test_how_a_room_stands_has_a_sign_of_its_own(symbols):
    signs = {symbols.room, symbols.room_coming, symbols.room_waiting, symbols.room_left}
    assert len(signs) == 4
    assert not signs & {symbols.online, symbols.away, symbols.xa, symbols.dnd, symbols.offline}


async def test_a_room_that_one_is_not_in_shows_so_without_colours(pilot, account):
    account.message(ROOM, "welcome", kind="room", sender=f"{ROOM}/ann")
    account.enter(ROOM, "me")
    await pilot.see(f"{UTF8.room} garden")
    await pilot.command(f"chat {ROOM}")
    await pilot.command("leave")
    await pilot.see(f"{UTF8.room_left} garden")
