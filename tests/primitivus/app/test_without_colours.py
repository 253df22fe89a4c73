"""No information by colour alone: what stands otherwise is drawn with another text or sign."""

import pytest

from backendd.api.records import Occupant
from primitivus.themes.load import SHIPPED, load_theme
from primitivus.themes.symbols import ASCII, UTF8
from tests.primitivus.fake import BOB, MIA

ROOM = "garden@rooms.example.org"
BOTH = pytest.mark.parametrize("symbols", ["utf-8", "ascii"])
# What may have the same text, and tells of it by how that looks.
BESIDE_EACH_OTHER = (
    ("message.body", "message.mention", "message.strong", "message.emphasis", "message.link"),
    ("message.body", "message.code", "message.strike", "message.strong", "message.link"),
    ("message.body", "message.found"),
    ("message.selected", "message.found.selected"),
    ("status.notice", "status.error"),
    ("bar.unencrypted", "bar.encrypted"),
    ("bar", "bar.name.focused"),
    ("pane.title", "pane.title.focused"),
    ("pane.border", "pane.border.focused"),
    ("list", "list.unread", "list.mention", "list.selected", "list.selected.focused"),
    ("popup", "popup.key", "popup.selected"),
    ("popup", "message.error"),
    ("reaction", "reaction.own"),
    ("field", "field.focused"),
    ("button", "button.focused"),
    ("input", "input.error"),
)


class Looks:
    """How something at the left side looked so far, as text alone."""

    def __init__(self, pilot, text):
        self.pilot = pilot
        self.text = text
        self.seen = {self.now()}

    def now(self):
        left = [row[:23] for row in self.pilot.terminal.rows[1:-2]]
        return "\n".join(row for row in left if self.text in row)

    async def change(self):
        await self.pilot.until(
            lambda: self.now() and self.now() not in self.seen,
            f"look of {self.text} unlike {self.seen}",
        )
        self.seen.add(self.now())


@BOTH
async def test_each_presence_has_a_sign_of_its_own(account, fly, symbols):
    account.know(MIA, show="away")
    pilot = await fly(symbols=symbols).start(until="have you seen this?")
    mia = Looks(pilot, "mia")
    for show in ("online", "xa", "dnd", ""):
        account.know(MIA, show=show)
        await mia.change()
    account.become("waiting")
    await mia.change()


@BOTH
async def test_each_way_that_a_room_stands_has_a_sign_of_its_own(account, fly, symbols):
    account.message(ROOM, "welcome", kind="room", sender=f"{ROOM}/ann", state="read", tell=False)
    account.enter(ROOM, "me")
    pilot = await fly(symbols=symbols).start(until="garden")
    garden = Looks(pilot, "garden")
    for state in ("joining", "waiting", "out"):
        account.change_room(ROOM, state=state)
        await garden.change()


@BOTH
async def test_a_room_of_which_nobody_knows_does_not_look_as_one_that_one_is_in(
    account, fly, symbols
):
    account.message(ROOM, "welcome", kind="room", sender=f"{ROOM}/ann", state="read", tell=False)
    account.enter(ROOM, "me")
    pilot = await fly(symbols=symbols).start(until="garden")
    garden = Looks(pilot, "garden")
    account.become("waiting")
    await garden.change()


@BOTH
async def test_each_way_that_a_conversation_is_kept_shows(account, fly, symbols):
    pilot = await fly(symbols=symbols).start(until="have you seen this?")
    mia = Looks(pilot, "mia")
    account.converse(MIA, notify="none")
    await mia.change()
    account.converse(MIA, pinned=True)
    await mia.change()
    # Whom one has blocked doesn't look as if they were merely offline.
    account.know(MIA, show="")
    await mia.change()
    account.block(MIA)
    await mia.change()
    account.message(MIA, "hello?")
    await mia.change()


@BOTH
async def test_the_conversation_where_one_is_shows_while_keys_go_elsewhere(account, fly, symbols):
    pilot = await fly(symbols=symbols).start(until="have you seen this?")
    bob = Looks(pilot, "bob")
    await pilot.command(f"chat {MIA}")
    await bob.change()
    mia = Looks(pilot, "mia")
    await pilot.command("focus conversations")
    await mia.change()
    sign = {"utf-8": UTF8, "ascii": ASCII}[symbols].here
    assert f"{sign}" not in pilot.screen.partition("\n")[2][:23]


async def test_who_of_those_in_a_room_one_is_is_said(account, fly):
    account.message(ROOM, "welcome", kind="room", sender=f"{ROOM}/ann", state="read", tell=False)
    account.enter(ROOM, "lily")
    account.appear(ROOM, Occupant(nick="ann", show="online", role="participant"))
    pilot = await fly().start(until="garden")
    await pilot.command(f"chat {ROOM}")
    await pilot.see("lily  you")
    assert "ann  you" not in pilot.screen


@BOTH
async def test_each_state_of_a_message_of_ours_has_a_sign_of_its_own(account, fly, symbols):
    message = account.message(BOB, "over here", out=True, tell=False, state="pending")
    pilot = await fly(symbols=symbols).start(until="over here")

    def row():
        return next(row for row in pilot.terminal.rows if "over here" in row)

    seen = {row()}
    for state in ("sent", "delivered", "displayed", "failed"):
        account.change(message.id, state=state, error=("", "nobody is there"))
        await pilot.until(lambda: row() not in seen, f"row unlike {seen}")
        seen.add(row())


@BOTH
async def test_where_one_is_in_a_form_shows(account, fly, symbols):
    sign = {"utf-8": UTF8, "ascii": ASCII}[symbols].focus
    account.password = "open sesame"
    pilot = await fly(symbols=symbols, ask_password="locked").start(until="have you seen this?")
    await pilot.command("lock")
    await pilot.command("unlock")
    await pilot.see("Profile alice")
    assert f"{sign}Password" in pilot.screen or f"{sign}Profile password" in pilot.screen
    assert f"{sign}[ " not in pilot.screen
    await pilot.press("Tab")
    await pilot.see(f"{sign}[ ")


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("styles", BESIDE_EACH_OTHER)
def test_what_stands_beside_each_other_is_told_apart_without_colours(styles, name, tmp_path):
    theme, _ = load_theme(name, tmp_path)
    looks = [frozenset(theme.styles[style].mono.split(",")) for style in styles]
    assert len(set(looks)) == len(looks)
