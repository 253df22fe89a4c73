"""The mouse: what is pressed gets the focus and is chosen, what is under the wheel scrolls."""

import pytest

from primitivus.keymaps.load import SHIPPED
from primitivus.model.popups.popup import Overlay
from primitivus.widgets.terminal import Mouse
from tests.primitivus.fake import BOB, MIA

GARDEN = "garden@rooms.example.org"


def selected(pilot):
    message = pilot.state.conversation.selected_message
    return message.body if message is not None else None


def marked(pilot, part):
    return pilot.state.layout.list_called(part).marked


@pytest.fixture
async def long(account, fly):
    """The program as it shows a long conversation."""
    for number in range(60):
        account.message(BOB, f"line {number} of many", tell=False, state="read")
    account.record(BOB)
    return await fly().start(until="line 59 of many")


# Messages


async def test_a_pressed_message_is_selected_and_pressed_again_it_is_opened(pilot):
    await pilot.point("have you seen")
    assert selected(pilot) == "have you seen this?"
    assert pilot.state.layout.focus == "messages"
    assert pilot.state.mode == "normal"
    await pilot.point("yes")
    assert selected(pilot) == "yes"
    await pilot.point("yes")
    await pilot.see("Message")
    assert isinstance(pilot.state.view.shown_popup, Overlay)


async def test_all_of_the_row_of_a_message_is_it(pilot):
    _, row = pilot.find("have you seen")
    for column in (pilot.find("have you seen")[0] - 8, pilot.terminal.size[0] - 1):
        await pilot.press("Esc", "Esc")
        await pilot.point_at(column, row)
        assert selected(pilot) == "have you seen this?"


async def test_the_wheel_scrolls_messages_and_the_focus_stays(long, account):
    pilot = long
    await pilot.point("line 59", "wheel up")
    await pilot.lose("line 57 of many")
    assert pilot.state.mode == "insert"
    assert pilot.state.layout.focus == "input"
    await pilot.type("typed on")
    await pilot.see("> typed on")
    await pilot.point("line 40", "wheel down")
    await pilot.see("line 59 of many")
    assert pilot.state.conversation.viewport.position is None


async def test_what_tells_of_new_messages_below_goes_there(long, account):
    pilot = long
    await pilot.point("line 59", "wheel up")
    account.message(BOB, "the newest of all")
    await pilot.see("1 new below")
    await pilot.point("1 new below")
    await pilot.see("the newest of all")
    assert pilot.state.mode == "insert"


async def test_a_quote_leads_to_what_is_answered(long, account):
    answered = next(each for each in account.messages.values() if each.body == "line 3 of many")
    more = {"reply_to": answered.id, "quote_sender": BOB, "quote": answered.body}
    account.message(BOB, "this is the answer", more=more)
    await long.see("> bob: line 3 of many")
    await long.point("> bob: line 3 of many")
    await long.until(lambda: selected(long) == "line 3 of many", "the answered one")


async def test_a_pressed_link_is_opened_and_nothing_else_is_touched(desktop, pilot, account):
    account.message(BOB, "look: https://example.org/tea now")
    await pilot.see("example.org/tea")
    await pilot.type("half a ")
    await pilot.point("example.org/tea")
    await pilot.see("opened https://example.org/tea")
    assert selected(pilot) is None
    await pilot.type("sentence")
    await pilot.see("> half a sentence")


async def test_a_pressed_address_is_opened_here(pilot, account):
    account.message(BOB, f"write to xmpp:{MIA} please")
    await pilot.see("please")
    await pilot.point(f"xmpp:{MIA}")
    await pilot.see("an older one")
    assert pilot.state.layout.place.peer == MIA


async def test_a_long_message_shows_more_when_that_is_pressed(account, fly):
    account.message(BOB, "word " * 3000, tell=False, state="read")
    account.record(BOB)
    pilot = await fly().start(until=":more shows more")
    share, window = pilot.state.conversation.share, pilot.state.conversation.window
    await pilot.point(":more shows more")
    assert share(window[len(window) - 1]) > 1


async def test_a_spoiler_is_shown_by_a_press(pilot, account):
    account.message(BOB, "the gardener did it", more={"spoiler": True, "spoiler_about": "the end"})
    await pilot.see("spoiler: the end")
    await pilot.point("spoiler: the end")
    await pilot.see("the gardener did it")


# Lists


async def test_a_pressed_conversation_is_marked_and_pressed_again_it_is_opened(pilot):
    await pilot.point("mia")
    assert (pilot.state.focus, marked(pilot, "conversations").peer) == ("conversations", MIA)
    assert pilot.state.layout.place.peer == BOB
    await pilot.point("mia")
    await pilot.see("an older one")
    assert pilot.state.layout.place.peer == MIA


async def test_a_pressed_heading_of_contacts_is_folded_and_unfolded(pilot, account):
    account.know(MIA, groups=["friends"])
    await pilot.press("Esc", "F2")
    await pilot.see("friends 1/1")
    for is_there in (False, True):
        await pilot.point("friends 1/1")
        entries = pilot.state.layout.contacts.entries()
        assert any(each.peer == MIA for each in entries) == is_there


async def test_the_wheel_rolls_a_list_and_what_is_pressed_there_stays_where_it_is(account, fly):
    for number in range(80):
        account.know(f"friend{number:02}@example.org", name=f"friend{number:02}", show="online")
    pilot = await fly(contacts=True, columns=120).start(until="friend00")
    await pilot.see("friend20")
    await pilot.point("friend10", "wheel down")
    await pilot.lose("friend00")
    assert pilot.state.layout.focus == "input"
    where = pilot.find("friend20")
    await pilot.point("friend20")
    await pilot.until(lambda: marked(pilot, "contacts").peer == "friend20@example.org")
    assert pilot.find("friend20") == where
    for _ in range(40):
        await pilot.point_at(*where, "wheel down")
    await pilot.see("friend79")
    for _ in range(40):
        await pilot.point_at(*where, "wheel up")
    await pilot.see("friend00")
    # A key goes on from what is marked.
    for _ in range(40):
        await pilot.point_at(*where, "wheel down")
    await pilot.press("Down")
    await pilot.see("friend21")
    assert marked(pilot, "contacts").peer == "friend21@example.org"


async def test_conversations_that_are_out_of_view_are_rolled_to_and_opened(account, fly):
    for number in range(60):
        peer = f"peer{number:02}@example.org"
        account.message(peer, "hello", tell=False, state="read")
        account.record(peer)
    pilot = await fly().start(until="peer")
    first = pilot.state.layout.conversations.entries()
    name = first[-1].peer.partition("@")[0]
    assert name not in pilot.screen
    for _ in range(30):
        await pilot.point_at(2, 10, "wheel down")
    await pilot.see(name)
    await pilot.point(name)
    await pilot.point(name)
    await pilot.until(lambda: pilot.state.layout.place == first[-1])
    await pilot.see(name)


async def test_occupants_roll_and_one_is_written_to_privately(account, fly):
    from backendd.api.records import Occupant

    account.enter(GARDEN)
    account.appear(
        GARDEN, *(Occupant(nick=f"nick{number:02}", role="participant") for number in range(50))
    )
    account.message(GARDEN, "welcome", tell=False, state="read", nick="nick01")
    account.record(GARDEN)
    pilot = await fly().start(until="nick10")
    await pilot.point("nick10", "wheel down")
    await pilot.point("nick10", "wheel down")
    await pilot.lose("nick02")
    assert pilot.shows("Participants")
    await pilot.point("nick12")
    await pilot.point("nick12")
    await pilot.until(lambda: pilot.state.layout.place.peer == f"{GARDEN}/nick12")


# What is typed


async def test_the_cursor_goes_where_it_is_put_in_what_is_typed(pilot):
    await pilot.type("hello world")
    await pilot.press("Esc")
    await pilot.point("world")
    assert pilot.state.mode == "insert"
    await pilot.type("wide ")
    await pilot.see("> hello wide world")
    await pilot.point("hello wide world", beside=60)
    await pilot.type("!")
    await pilot.see("> hello wide world!")


async def test_both_cells_of_a_wide_character_are_before_it(pilot):
    await pilot.type("a茶b")
    for beside in (0, 1):
        await pilot.point("茶", beside=beside)
        assert pilot.state.typed.cursor == 1
    await pilot.point("茶", beside=2)
    assert pilot.state.typed.cursor == 2


async def test_a_row_of_a_long_text_is_gone_to(pilot):
    await pilot.paste("first line\nsecond line\nthird line")
    await pilot.point("second", beside=3)
    await pilot.type("_")
    await pilot.see("sec_ond line")


async def test_a_command_that_is_typed_is_edited_too_and_left_by_a_press_elsewhere(pilot):
    await pilot.press("Esc")
    await pilot.type(":cht mia")
    await pilot.point("t mia")
    await pilot.type("a")
    await pilot.see(":chat mia")
    await pilot.point("have you seen")
    assert pilot.state.mode == "normal"
    assert selected(pilot) == "have you seen this?"


# What is around


async def test_parts_of_the_status_line_do_what_they_tell_of(pilot, account):
    account.message(MIA, "a new one")
    await pilot.see("1 unread")
    await pilot.point("1 unread")
    await pilot.see("a new one")
    assert pilot.state.layout.place.peer == MIA
    account.ask("juliet@example.org")
    await pilot.see("asks to see your presence")
    pilot.state.notices.clear()
    await pilot.see("1 request")
    await pilot.point("1 request")
    await pilot.until(lambda: pilot.state.focus == "contacts")
    pilot.state.say("something was done")
    await pilot.see("something was done")
    await pilot.point("something was done")
    await pilot.see("Messages of the program")
    await pilot.press("Esc")
    pilot.state.notices.clear()
    await pilot.see("F1 help")
    await pilot.point("F1 help")
    await pilot.see("type to search")


async def test_a_profile_in_the_bar_is_gone_to(fake, account, fly):
    for name in ("work", "home"):
        fake.add_profile(name, jid=f"{name}@example.org").know(MIA)
    pilot = await fly().start(until="have you seen this?")
    await pilot.until(lambda: len(pilot.state.accounts.opened()) == 3)
    for name in ("home", "work"):
        await pilot.see(f"{name} ")
        bar = pilot.terminal.rows[0]
        await pilot.point_at(bar.index(name), 0)
        await pilot.until(lambda name=name: pilot.state.account.profile.name == name)


# What lies over the panes


async def test_an_entry_of_a_popup_is_opened_and_nothing_behind_it_is_heard(pilot):
    await pilot.press("Esc", "C-p")
    await pilot.see("Go to")
    await pilot.point("INSERT" if "INSERT" in pilot.screen else "NORMAL")
    await pilot.point_at(0, 20)
    await pilot.see("Go to")
    column, row = pilot.find(MIA)
    await pilot.point_at(column, row)
    await pilot.see("an older one")
    assert pilot.state.view.shown_popup is None


async def test_the_wheel_goes_through_help_and_an_entry_is_explained(pilot):
    await pilot.press("F1")
    await pilot.see("type to search")
    for _ in range(12):
        await pilot.point("type to search", "wheel down", below=3)
    await pilot.until(lambda: pilot.state.view.popup.selected == 36)
    await pilot.type("redraw")
    await pilot.see("Draw the whole screen again")
    await pilot.point("Draw the whole screen again")
    await pilot.see("Help: redraw")


async def test_the_answers_of_a_question_are_pressed(pilot, account):
    await pilot.press("Esc")
    await pilot.command("remove mia")
    await pilot.see("Sure? y/N")
    await pilot.point("[ No ]")
    await pilot.see("nothing was done")
    assert MIA in account.contacts
    await pilot.command("remove mia")
    await pilot.see("Sure? y/N")
    await pilot.point("[ Yes ]")
    await pilot.lose("Sure? y/N")
    await pilot.until(lambda: MIA not in account.contacts, "nobody called mia")


# Two panes


async def test_a_pane_beside_is_gone_to_and_scrolled_by_itself(long):
    pilot = long
    await pilot.command(f"vsplit {MIA}")
    await pilot.see("an older one")
    assert pilot.state.layout.place.peer == MIA
    await pilot.point("line 59", "wheel up")
    await pilot.lose("line 59")
    assert pilot.state.layout.place.peer == MIA
    await pilot.point("line 40")
    assert pilot.state.layout.place.peer == BOB
    assert selected(pilot) == "line 40 of many"
    await pilot.point("an older one")
    assert (pilot.state.layout.place.peer, selected(pilot)) == (MIA, "an older one")


async def test_of_two_panes_one_above_the_other_each_is_gone_to(pilot):
    await pilot.command(f"split {MIA}")
    await pilot.see("an older one")
    for text, peer in (("have you seen", BOB), ("an older one", MIA)):
        await pilot.point(text)
        assert pilot.state.layout.place.peer == peer
        assert selected(pilot).startswith(text)


# Who is there, and what is wanted


async def test_a_press_is_a_sign_that_somebody_is_here(pilot, account):
    pilot.terminal.on_keys(["focus out"])
    account.message(BOB, "while nobody looks")
    await pilot.until(lambda: pilot.terminal.rung, "a bell")
    assert not [call for call in account.calls if call[0] == "MarkRead"]
    await pilot.point("while nobody looks")
    await pilot.until(lambda: any(call[0] == "MarkRead" for call in account.calls), "read")


async def test_a_press_that_brings_the_window_to_the_front_is_that_alone(pilot):
    pilot.terminal.on_keys(["focus out"])
    press = Mouse("press", *pilot.find("have you seen"))
    pilot.terminal.on_keys(["focus in", press])
    await pilot.type("typed on")
    await pilot.see("> typed on")
    assert selected(pilot) is None
    # Who has come back by keys means what is pressed, and so does who never left.
    pilot.terminal.on_keys(["focus out", "focus in", "focus in"])
    await pilot.point("have you seen")
    assert selected(pilot) == "have you seen this?"


@pytest.mark.parametrize("keymap", SHIPPED)
async def test_it_is_switched_off_and_on_by_a_key(fly, account, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    assert pilot.terminal.heeds_mouse
    await pilot.press("F7")
    await pilot.see("mouse = off")
    assert not pilot.terminal.heeds_mouse
    await pilot.press("F7")
    await pilot.see("mouse = on")
    assert pilot.terminal.heeds_mouse


async def test_where_the_setting_is_off_it_is_never_asked_for(fly, account):
    pilot = await fly(mouse=False).start(until="have you seen this?")
    assert not pilot.terminal.heeds_mouse
    await pilot.command("set mouse on")
    await pilot.see("mouse = on")
    assert pilot.terminal.heeds_mouse


async def test_help_tells_how_text_is_selected(pilot):
    await pilot.command("help mouse")
    await pilot.see("Shift")
    await pilot.see("F7")


@pytest.mark.parametrize("line", ["point", "wheel up"])
async def test_without_the_mouse_its_commands_do_no_harm(pilot, line):
    await pilot.command(line)
    await pilot.press("Esc")
    assert pilot.is_running


async def test_a_begun_sequence_is_ended_by_a_press(pilot):
    await pilot.press("Esc", "C-f")
    await pilot.see("focus messages")
    await pilot.point("have you seen")
    assert selected(pilot) == "have you seen this?"
    await pilot.press("b")
    assert pilot.state.focus == "messages"


@pytest.mark.parametrize("size", [(20, 5), (16, 4), (10, 3), (60, 16), (36, 10)])
async def test_a_press_anywhere_on_a_screen_of_any_size_is_harmless(pilot, size):
    pilot.resize(*size)
    await pilot.until(lambda: len(pilot.terminal.rows) == size[1])
    for key in ("press", "wheel up", "wheel down", "right press"):
        for row in range(-1, size[1] + 1):
            for column in range(0, size[0] + 1, 3):
                await pilot.point_at(column, row, key)
    assert "failed inside" not in pilot.screen
    pilot.resize(100, 30)
    await pilot.press("Esc", "Esc", "Esc", "Esc")
    await pilot.until(lambda: len(pilot.terminal.rows) == 30)
    assert "failed inside" not in pilot.screen


# Fields of what lies over the panes


async def test_a_press_in_a_field_of_a_form_focuses_it_and_puts_the_cursor_there(pilot):
    await pilot.command("join")
    await pilot.see("Enter a room")
    form = pilot.state.view.shown_popup
    await pilot.type("garden@rooms")
    await pilot.press("Tab")
    await pilot.type("茶 tea" + " and more" * 20)
    await pilot.press("C-a")
    await pilot.see("茶 tea and")
    await pilot.point("den@rooms")
    await pilot.until(lambda: form.selected == 0)
    assert form.editor.cursor == 3
    await pilot.type("-")
    await pilot.see("gar-den@rooms")
    await pilot.point("tea and")
    await pilot.until(lambda: form.selected == 1)
    assert form.editor.cursor == 2
    await pilot.press("C-e")
    await pilot.lose("茶")
    column, row = pilot.find("more")
    await pilot.point_at(column, row)
    assert form.editor.text[form.editor.cursor :] == "more"


async def test_a_press_where_one_searches_a_list_puts_the_cursor_there(pilot):
    await pilot.command("help")
    await pilot.type("北京 tea")
    await pilot.see("北京 tea")
    editor = pilot.state.view.shown_popup.editor
    column, row = pilot.find("北京 tea")
    for at, index in ((0, 0), (1, 0), (2, 1), (5, 3), (8, 6)):
        await pilot.point_at(column + at, row)
        await pilot.until(lambda index=index: editor.cursor == index)
    await pilot.type("!")
    await pilot.see("北京 tea!")
