"""Getting around: modes, panes, popups, lists, contacts, and screens of any size."""

import asyncio
import os

import pytest

from backendd.api.wire import Variant
from primitivus.commands.goals.sources import Goals
from primitivus.model.popups.switcher import Switcher
from primitivus.themes.symbols import symbols_for
from tests.primitivus.fake import BOB, MIA

JULIET = "juliet@example.org"


async def test_escape_leaves_insert_mode_and_keys_are_commands_then(pilot):
    assert "INSERT" in pilot.screen
    await pilot.press("Esc")
    assert "NORMAL" in pilot.screen
    await pilot.press(":")
    assert "COMMAND" in pilot.screen
    assert pilot.terminal.rows[-1].startswith(" :")
    await pilot.press("Esc", "i")
    assert "INSERT" in pilot.screen


@pytest.mark.parametrize("key", ["Esc", "a"])
async def test_what_a_key_does_is_drawn_once(pilot, key):
    await pilot.press("Esc", "i")
    before = pilot.terminal.rows
    pilot.terminal.frames.clear()
    await pilot.press(key)
    assert len(pilot.terminal.frames) == 1
    assert pilot.terminal.rows != before


async def test_escape_and_a_key_in_one_read_are_both_taken(pilot):
    pilot.terminal.on_keys(["meta :"])
    await pilot.taken()
    assert "COMMAND" in pilot.screen


async def test_emacs_has_no_modes(account, fly):
    pilot = await fly(keymap="emacs").start(until="have you seen this?")
    assert "INSERT" not in pilot.screen
    await pilot.type("typed at once")
    assert "> typed at once" in pilot.screen
    await pilot.press("M-x")
    await pilot.type("chat mia\n")
    await pilot.see("an older one")


async def test_vi_counts(account, fly):
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await pilot.type("one two three four")
    await pilot.press("Esc", "0", "2", "w", "D")
    assert pilot.state.chat.editor.text == "one two "


async def test_a_begun_sequence_shows_what_may_follow(pilot):
    await pilot.press("C-f")
    assert "focus messages" in pilot.screen
    await pilot.press("n")
    assert "Messages of the program" in pilot.screen


async def later(milliseconds):
    """Return when what was to happen by then has happened."""
    loop, passed = asyncio.get_running_loop(), asyncio.Event()
    loop.call_later(milliseconds / 1000, passed.set)
    await passed.wait()


async def test_a_hint_waits_for_a_key(account, fly):
    pilot = await fly(sequence_timeout_ms=50).start(until="have you seen this?")
    await pilot.press("C-f")
    await later(60)
    assert "focus messages" in pilot.screen
    await pilot.press("n")
    assert "Messages of the program" in pilot.screen


async def test_a_count_and_keys_without_a_hint_are_forgotten_after_a_while(account, fly):
    pilot = await fly(keymap="vi", sequence_timeout_ms=50).start(until="have you seen this?")
    await pilot.type("abcd")
    await pilot.press("Esc", "0", "3")
    await later(60)
    await pilot.press("x")
    assert pilot.state.chat.editor.text == "bcd"


async def test_keys_begun_elsewhere_are_forgotten(pilot):
    await pilot.press("Esc", "g")
    pilot.state.open_popup(Switcher(Goals(pilot.app.controls.ctx)))
    await pilot.type("mia")
    assert pilot.state.view.popup.editor.text == "mia"


async def test_help_explains_the_keys_of_the_place(pilot):
    await pilot.press("F1")
    assert "Help" in pilot.screen
    assert "Keys: insert mode" in pilot.screen or "insert" in pilot.screen
    await pilot.press("Esc")
    assert "Help" not in pilot.terminal.rows[5]
    await pilot.command("help chat")
    assert "Open a conversation with an address" in pilot.screen


async def test_a_wrong_command_says_what_was_meant(pilot):
    await pilot.command("caht bob")
    assert 'did you mean "chat"' in pilot.screen
    await pilot.command("messages")
    assert "caht" in pilot.screen


@pytest.mark.parametrize("word", ["w", "y"])
async def test_a_letter_is_like_no_command(pilot, word):
    await pilot.command(word)
    await pilot.see(f'there is no command "{word}"')
    assert "did you mean" not in pilot.screen


async def test_a_command_of_another_place_says_how_to_get_there(pilot):
    await pilot.command("fold")
    await pilot.see('"fold" works only in: contacts; F2 goes there')
    await pilot.press("F2")
    await pilot.command("focus input")
    await pilot.command("fold")
    await pilot.see('"fold" works only in: contacts; :contacts on goes there')
    await pilot.command("contacts on")
    assert pilot.state.focus == "contacts"
    await pilot.command("services-more")
    await pilot.see('"services-more" works only in: services; :services goes there')
    await pilot.command("newline")
    await pilot.see('"newline" works only where text is typed; M-Enter runs it there')


async def test_the_switcher_finds_by_some_letters(pilot):
    await pilot.press("Esc", "C-p")
    await pilot.type("mi")
    assert "mia@example.org" in pilot.screen
    await pilot.press("Enter")
    await pilot.see("an older one")


async def test_completion_knows_commands_and_people(pilot):
    await pilot.press("Esc")
    await pilot.type(":chat")
    await pilot.press("Tab")
    assert pilot.terminal.rows[-1].startswith(" :chat ")
    await pilot.type("mi")
    await pilot.press("Tab")
    assert pilot.terminal.rows[-1].startswith(" :chat mia@example.org")


async def test_a_line_typed_again_completes_anew(pilot):
    for _ in range(2):
        await pilot.press("Esc", ":")
        await pilot.type("react fire")
        await pilot.press("Tab")
        assert pilot.state.command_line.text == "react fire"
        await pilot.press("C-u", "Esc")


async def test_conversations_are_chosen_in_the_list(pilot):
    await pilot.press("Esc", "C-Left", "j", "Enter")
    await pilot.see("an older one")
    assert "mia@example.org" in pilot.terminal.rows[0]


async def test_a_conversation_by_its_number(pilot):
    await pilot.press("Esc", "M-2")
    await pilot.see("an older one")
    await pilot.press("M-9")
    assert "number 9 is not in the list, which has 2 conversations" in pilot.screen


async def test_a_chat_with_a_new_address_is_opened(pilot, account):
    await pilot.command(f"chat {JULIET}")
    await pilot.see(JULIET)
    await pilot.type("hello juliet\n")
    await pilot.until(lambda: ("Send", JULIET, "hello juliet") in account.calls)


async def test_a_chat_is_with_whom_the_backend_says_it_is(pilot, account):
    await pilot.command("chat \uff22ob@Example.org/phone")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    account.message(BOB, "you found me")
    await pilot.see("you found me")


async def test_a_chat_with_a_server_is_opened(pilot, account):
    await pilot.command("chat example.org")
    await pilot.until(lambda: "example.org" in account.conversations)
    await pilot.until(lambda: pilot.state.layout.place.peer == "example.org")


_TYPED = "that one"


@pytest.mark.parametrize(
    "line",
    [
        "chat %s",
        "contact %s",
        "remove %s",
        "add %s",
        "accept %s",
        "join %s",
        "create-room %s",
        "unignore %s",
        "profile %s",
    ],
)
async def test_what_was_typed_stands_in_quotes_where_it_can_mean_nothing(pilot, line):
    await pilot.command(line % f"'{_TYPED}'")
    await pilot.see(f'"{_TYPED}"')


async def test_what_is_no_address_is_said_to_be_none(pilot):
    await pilot.command("chat nobody")
    assert 'nobody here is called "nobody"; for an address, write name@server' in pilot.screen
    await pilot.command("add nobody")
    assert '"nobody" is no address: write name@server' in pilot.screen
    assert "nobody" not in pilot.state.account.roster.jids()


async def test_what_was_wrong_with_a_command_is_gone_as_the_next_one_is_typed(pilot):
    await pilot.command("help nosuch")
    await pilot.see('there is no command "nosuch"')
    await pilot.type(":")
    await pilot.lose('there is no command "nosuch"')


@pytest.mark.parametrize(
    ("value", "odd"), [("%Q", "%Q"), ("%H:%", "%"), ("%-H %5M", "%5"), ("%EQ", "%EQ")]
)
async def test_a_time_is_written_by_a_form_that_there_is(pilot, value, odd):
    await pilot.command(f'set time_format "{value}"')
    await pilot.see(f"time_format has to be a form of strftime, as %H:%M is, which has no {odd}")
    await pilot.command('set time_format "%-H.%M %% %Ey"')
    await pilot.until(lambda: pilot.state.settings.time_format == "%-H.%M %% %Ey")


@pytest.mark.parametrize("keys", [["Esc"], ["Enter"], ["n"], ["N"], ["F4"], ["x", "j", "7", "n"]])
async def test_a_contact_is_removed_only_after_a_yes(pilot, account, keys):
    await pilot.command("focus contacts")
    marked = pilot.state.layout.contacts.marked.peer
    assert marked in account.contacts
    await pilot.press("x")
    await pilot.see("Sure? y/N")
    await pilot.press(*keys)
    await pilot.lose("Sure? y/N")
    assert marked in account.contacts
    await pilot.press("x")
    await pilot.see("Sure? y/N")
    await pilot.press("y")
    await pilot.until(lambda: marked not in account.contacts)


async def test_values_of_settings_are_completed(pilot):
    for typed, completed in (
        ("set keymap v", ":set keymap vi "),
        ("set theme l", ":set theme light "),
        ("set bell of", ":set bell off "),
    ):
        await pilot.press("Esc")
        await pilot.type(f":{typed}")
        await pilot.press("Tab")
        assert pilot.terminal.rows[-1].startswith(f" {completed}")
        await pilot.press("Esc")


@pytest.mark.parametrize(
    ("keymap", "key"), [("primitivus", "C-c"), ("vi", "C-c"), ("emacs", "M-k")]
)
async def test_the_input_is_thrown_away_and_brought_back(account, fly, keymap, key):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.paste("two\nlines")
    await pilot.press(key)
    assert pilot.terminal.rows[-1].strip() == ">"
    await pilot.press("C-_")
    assert pilot.state.chat.editor.text == "two\nlines"
    await pilot.press(key, key)
    assert ":quit leaves" in pilot.screen


async def test_who_is_offline_shows_no_presence_of_others(pilot, account):
    account.become("offline")
    await pilot.lose("on the train")
    assert "online" not in pilot.terminal.rows[0]


async def test_contacts_that_are_all_hidden_are_not_missing(pilot, account):
    account.know(BOB, show="")
    account.know(MIA, show="")
    await pilot.command("contacts on")
    await pilot.command("offline-contacts off")
    await pilot.see(":offline-contacts")
    assert "all are offline, hidden" in pilot.screen


async def test_accepting_someone_already_asked_advises_nothing_more(pilot, account):
    account.know(JULIET, subscription="none", ask=True)
    account.ask(JULIET)
    await pilot.see(f":accept {JULIET}")
    await pilot.command("accept")
    await pilot.see("may see your presence")
    assert "asks to see theirs" not in pilot.screen


async def test_without_a_backend_a_command_says_how_to_start_it(pilot, fake):
    await fake.stop()
    await pilot.see("No backend since")
    await pilot.command("connect")
    await pilot.see("the backend is not running; :start-backend starts it")


async def test_closing_goes_to_the_next_conversation(pilot):
    await pilot.command("close")
    await pilot.see("an older one")
    assert "bob@example.org" not in pilot.terminal.rows[0]


async def test_a_request_is_told_with_what_to_do_and_answered(pilot, account):
    account.ask(JULIET, "it is me")
    await pilot.see(f":accept {JULIET}")
    assert f"or :deny {JULIET}" in pilot.screen
    assert "? juliet" in pilot.screen
    await pilot.command("accept")
    await pilot.until(lambda: ("Approve", JULIET) in account.calls)
    await pilot.lose("? juliet")


async def test_contacts_are_added_named_and_removed(pilot, account):
    await pilot.press("F2")
    assert "Contacts" in pilot.screen
    await pilot.command(f"add {JULIET} Giulia")
    await pilot.see("Giulia")
    await account.called("Subscribe", JULIET)
    await pilot.command("chat juliet@example.org")
    await pilot.command("rename Capulet")
    await pilot.see("Capulet")
    await pilot.command(f"remove {JULIET}")
    await pilot.see("Sure? y/N")
    await pilot.type("y\n")
    await pilot.until(lambda: JULIET not in account.contacts)


async def test_presence_and_status_are_set(pilot, account):
    await pilot.command("presence away gone fishing")
    await pilot.until(lambda: pilot.state.account.profile.status == "gone fishing")
    assert (account.show, account.status) == ("away", "gone fishing")
    await pilot.command("status back soon")
    await pilot.until(lambda: (account.show, account.status) == ("away", "back soon"))


async def test_going_offline_and_online(pilot, account):
    await pilot.command("disconnect")
    await pilot.see("Offline")
    await pilot.command("connect")
    await pilot.lose("Offline")


async def test_the_profile_password_is_changed(pilot, account):
    account.protect("old")
    await pilot.until(lambda: pilot.state.account.profile.has_password)
    await pilot.command("password")
    await pilot.type("wrong\nnew\nnew\n")
    await pilot.see("another one")
    await pilot.press("Up", "Up", "C-u")
    await pilot.type("old\n\n\n")
    await pilot.see("the profile password was changed")
    assert account.password == "new"


async def test_where_there_is_no_profile_password_yet_none_is_asked_for(pilot, account):
    await pilot.command("password")
    await pilot.see("New password again")
    assert "Current password" not in pilot.screen
    await pilot.type("new\nnew\n")
    await pilot.see("the profile password was changed")
    assert account.password == "new"


async def test_marking_unread_stays_until_it_is_opened_again(pilot, account):
    await pilot.command("mark-unread")
    await pilot.see("1 unread")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    await pilot.command("chat bob")
    await pilot.lose("1 unread")


async def test_toggles_change_what_is_shown(pilot):
    assert "10:38" in pilot.screen
    await pilot.press("Esc", "M-t")
    assert "10:38" not in pilot.screen
    await pilot.command("conversations off")
    assert "Conversations" not in pilot.screen


async def test_a_setting_is_changed_and_told(pilot):
    await pilot.command("set time_format %H.%M")
    assert "10.38" in pilot.screen
    await pilot.command("set time_format")
    assert "time_format = %H.%M" in pilot.screen
    await pilot.command("set tiem_format x")
    assert "time_format" in pilot.screen


async def test_a_message_is_selected_copied_and_explained(pilot):
    await pilot.press("Esc", "C-Up", "v", "k", "y")
    assert pilot.terminal.copied == ["have you seen this?"]
    await pilot.press("Enter")
    assert "bob@example.org" in pilot.screen
    assert "archive" not in pilot.screen


async def test_what_goes_wrong_inside_is_logged_and_said(pilot, monkeypatch, caplog):
    def explode(*args):
        raise RuntimeError("boom")

    monkeypatch.setattr(pilot.app.display, "redraw", explode)
    await pilot.command("redraw")
    assert "something failed inside primitivus" in pilot.screen
    assert "boom" in caplog.text


async def test_leaving_ends_the_program(pilot):
    await pilot.command("quit")
    assert await pilot.exit_code() == 0


async def test_names_are_used_where_there_are_any(pilot, account):
    account.know(MIA, name="Mia Wallace")
    await pilot.see("Mia Wallace")
    account.know(BOB, name="")
    await pilot.see("bob")


async def test_nothing_of_a_locked_profile_is_shown(pilot, account):
    account.password = "open sesame"
    await pilot.command("lock")
    await pilot.see("The profile is locked")
    assert "have you seen this?" not in pilot.screen
    assert "bob" not in pilot.screen
    await pilot.command("unlock")
    await pilot.see("Profile password")
    await pilot.type("open sesame\n")
    await pilot.see("have you seen this?")


async def test_unlocking_without_a_password_asks_for_none(pilot, account):
    await pilot.command("lock")
    await pilot.see("The profile is locked")
    await pilot.command("unlock")
    await pilot.see("have you seen this?")


async def test_the_server_is_changed_in_a_form_and_connected_to(pilot, account):
    account.settings = {"host": "old.example.org", "port": Variant("q", 5222)}
    account.become("waiting", ("HostUnreachable", "nobody answers"))
    account.properties_changed("Settings")
    await pilot.until(lambda: pilot.state.account.profile.settings)
    await pilot.command("account")
    await pilot.see("old.example.org")
    await pilot.press("C-u")
    await pilot.type("new.example.org\n")
    await pilot.press("C-u")
    await pilot.type("5223\n")
    await pilot.press("C-u")
    await pilot.type("yes\n/none.pem\n")
    await pilot.press("C-u")
    await pilot.type("yes\n")
    await pilot.see("CA file can't be read")
    assert pilot.state.view.popup.current.name == "ca_file"
    await pilot.press("C-u", "Enter", "Enter")
    await pilot.see("stored; online")
    wanted = {
        "host": "new.example.org", "port": 5223, "direct_tls": True, "ca_file": "",
        "allow_plain": True,
    }  # fmt: skip
    assert ("SetSettings", wanted) in account.calls
    assert ("Connect",) in account.calls


async def test_a_stored_xmpp_password_is_tried_at_once(pilot, account):
    account.become("offline", ("AuthenticationFailed", "wrong password"))
    await pilot.see("wrong password")
    await pilot.command("xmpp-password")
    await pilot.see("at the server nothing changes")
    await pilot.type("better\n")
    await pilot.see("stored; online")
    assert ("SetXmppPassword", "better") in account.calls


async def test_history_shows_as_many_messages_as_asked_for(account, fly):
    for number in range(200):
        account.message(BOB, f"number {number:03}", tell=False, state="read")
    account.record(BOB)
    pilot = await fly(rows=20).start(until="number 199")
    await pilot.command("history 150")
    await pilot.see("number 050")
    assert "number 049" not in pilot.screen


async def test_what_looks_like_a_command_is_never_sent(pilot, account):
    await pilot.type(":caht mia\n")
    assert "begin with :: to send it as text" in pilot.screen
    await pilot.press("C-u")
    await pilot.type(":chat mia\n")
    await pilot.see("an older one")
    assert not [call for call in account.calls if call[0] in ("Send", "SetTyping")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/caht mia", "there is no command"),
        ("/focus nowhere", "isn't one of"),
        ("/chat nobody", "nobody here is called"),
        ("/download", "no file to fetch is in view"),
    ],
)
async def test_a_command_that_fails_is_there_to_be_mended(pilot, line, why):
    await pilot.type(f"{line}\n")
    await pilot.see(why)
    await pilot.see(f"> {line}")
    assert line in pilot.styled("input.error")
    # Being changed it is a line like any other.
    await pilot.press("Backspace")
    await pilot.until(lambda: line[:-1] in pilot.styled("input"))
    await pilot.press("C-u")
    await pilot.type("/chat mia\n")
    await pilot.see("an older one")
    assert pilot.state.chat.editor.text == ""


@pytest.mark.parametrize(
    ("failed", "typed", "then"),
    [
        ("/choose-file nothing", ":help", ":help"),
        (":choose-file nothing", ":help", ":help"),
        ("/choose-file nothing", "/help", "/help"),
        ("/choose-fiel nothing", ":help", ":help"),
        ("/choose-fiel nothing", "/help", "/help"),
        (":choose-file nothing", "/a.txt", ":choose-file nothing/a.txt"),
        ("/choose-file nothing", ".txt", "/choose-file nothing.txt"),
    ],
)
async def test_a_command_takes_the_place_of_one_that_failed_and_is_not_typed_behind_it(
    pilot, failed, typed, then
):
    await pilot.type(f"{failed}\n")
    await pilot.until(lambda: pilot.styled("input.error").strip() == failed)
    await pilot.type(typed)
    await pilot.until(lambda: pilot.state.chat.editor.text == then)


async def test_what_is_typed_into_a_command_that_failed_mends_it(pilot):
    await pilot.type("/choose-file nothing\n")
    await pilot.see("can't be read")
    await pilot.press("Left")
    await pilot.type(":")
    await pilot.press("End")
    await pilot.type("/")
    await pilot.until(lambda: pilot.state.chat.editor.text == "/choose-file nothin:g/")


async def test_a_command_that_fails_takes_no_place_of_what_is_typed_by_then(pilot, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    await pilot.type(f"/paste-image cat {pipe}\n")
    await pilot.type("and another")
    await asyncio.to_thread(pipe.write_text, "no picture")
    await pilot.see("is no picture")
    assert pilot.state.chat.editor.text == "and another"


@pytest.mark.parametrize("length", range(64, 90))
async def test_what_is_said_is_never_cut(pilot, length):
    sentence = "x" * (length - 4) + " end"
    pilot.state.say(sentence)
    await pilot.see(" end")
    await pilot.press("Esc")
    assert sentence.replace(" ", "") in pilot.screen.replace("\n", "").replace(" ", "")


async def test_a_doubled_sign_and_a_face_are_sent(pilot, account):
    await pilot.type("::chat mia\n")
    await pilot.until(lambda: ("Send", BOB, ":chat mia") in account.calls)
    await pilot.type(":D\n")
    await pilot.until(lambda: ("Send", BOB, ":D") in account.calls)
    await pilot.type(":x\n")
    await pilot.until(lambda: ("Send", BOB, ":x") in account.calls)


async def test_without_a_conversation_a_command_can_be_typed_at_once(fake, fly):
    fake.add_profile()
    pilot = await fly().start(until=":chat ADDRESS opens a conversation")
    assert "NORMAL" in pilot.screen
    await pilot.type(f":chat {BOB}\n")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)


async def test_without_a_conversation_a_command_can_be_typed_in_insert_mode(fake, fly):
    fake.add_profile()
    pilot = await fly().start(until=":chat ADDRESS opens a conversation")
    await pilot.press("i")
    await pilot.type(f":chat {BOB}\n")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)


async def test_a_program_without_conversations_says_how_to_begin(fake, fly):
    fake.add_profile()
    pilot = await fly().start(until=":chat ADDRESS opens a conversation")
    await pilot.press("i")
    await pilot.type("text")
    assert "no conversation is open" in pilot.screen


async def test_what_goes_wrong_is_told_stays_in_sight_and_can_be_dismissed(pilot, account):
    account.warn("the archive can't be read: not allowed")
    await pilot.see("the archive can't be read: not allowed")
    await pilot.press("Esc")
    pilot.state.notices.clear()  # as a key does a while later
    await pilot.see("warnings: 1 (:warnings)")
    await pilot.type(":warnings\n")
    await pilot.see("Warnings (:dismiss forgets them)")
    assert "the archive can't be read: not allowed" in pilot.screen
    await pilot.press("Esc")
    await pilot.type(":dismiss\n")
    await pilot.see("warnings dismissed: 1")
    assert account.warnings == []
    await pilot.until(lambda: not pilot.state.account.profile.warnings)
    await pilot.type(":warnings\n")
    await pilot.see("all is well")


@pytest.mark.parametrize("symbols", ["utf-8", "ascii"])
async def test_the_signs_are_explained_as_they_are_drawn(account, fly, symbols):
    pilot = await fly(symbols=symbols, rows=40).start(until="have you seen this?")
    await pilot.command("signs")
    sign = symbols_for(symbols, "utf-8").displayed
    assert f" {sign}  they have seen it" in pilot.screen


async def test_what_one_does_oneself_is_told_under_ones_name(pilot, account):
    await pilot.type("/me dances\n")
    await pilot.see("alice dances")


async def test_a_text_is_sent_to_somebody_from_where_one_is(pilot, account):
    await pilot.type("half a text")
    await pilot.command("msg mia are you there? it's   raining")
    await pilot.until(lambda: ("Send", MIA, "are you there? it's   raining") in account.calls)
    await pilot.see('to mia: "are you there? it\'s raining"')
    await pilot.see("> half a text")
    await pilot.command("msg bob and here")
    await pilot.until(lambda: ("Send", BOB, "and here") in account.calls)
    await pilot.see("> half a text")
    await pilot.command("msg nobody really")
    await pilot.see('nobody here is called "nobody"')
    await pilot.command("msg mia")
    await pilot.until(lambda: pilot.state.layout.place.peer == MIA)
