"""Attaching: the first screen, the first profile, passwords, and a backend that goes and comes."""

import pytest

from backendd.api.errors import StorageError
from backendd.api.failures import NoBus
from primitivus.client.door import ProfileRemoved, UnknownProfileName
from tests.primitivus.fake import ALICE, BOB, FakeBackend


def logged(caplog):
    """Return what was logged but by the test's own task, which fails where `run` raises."""
    texts = [each.getMessage() for each in caplog.records]
    return [text for text in texts if text != "task program failed"]


async def test_the_first_screen_shows_the_newest_conversation(pilot):
    rows = pilot.terminal.rows
    assert "alice" in rows[0]
    assert 'bob  bob@example.org  online  "on the train"' in rows[0]
    assert "Conversations" in rows[1]
    assert "have you seen this?" in pilot.screen
    assert "✓✓" in pilot.screen


async def test_the_first_frame_is_complete(account, fly):
    pilot = await fly().start()
    await pilot.until(lambda: pilot.terminal.frames)
    assert "have you seen this?" in pilot.terminal.frames[0]


async def test_the_very_first_run_makes_a_profile(fake, fly):
    pilot = await fly().start(until="XMPP address")
    assert "Profile password" in pilot.screen
    assert "Server" in pilot.screen
    await pilot.type("alice@example.org\nsecret\n")
    await pilot.see(":chat ADDRESS opens a conversation")
    assert fake.made == ("alice", ALICE, "secret", "", {})
    assert "barely protected" in pilot.screen


async def test_a_private_server_and_passwords_that_differ(fake, fly):
    pilot = await fly().start(until="XMPP address")
    await pilot.type("alice@example.org\nsecret")
    await pilot.press("Tab")
    await pilot.type("work\none\ntwo\nlocalhost\n5333\n/tmp/ca.pem\n")
    await pilot.see("the two profile passwords differ")
    assert pilot.state.view.popup.current.name == "password"
    await pilot.type("one\none\n\n\n\n")
    await pilot.see(":chat ADDRESS opens a conversation")
    name, _, _, password, options = fake.made
    assert (name, password) == ("work", "one")
    assert options == {"host": "localhost", "port": 5333, "ca_file": "/tmp/ca.pem"}


async def test_what_is_wrong_with_a_new_profile_is_said_in_the_form(fake, fly):
    pilot = await fly().start(until="XMPP address")
    await pilot.type("no address\nsecret\n")
    await pilot.see("XMPP address: no address is no JID")
    assert pilot.state.view.popup.current.name == "jid"
    assert "secret" not in pilot.screen


async def test_what_is_needed_and_missing_is_said_before_the_rest_is_asked_for(fake, fly):
    pilot = await fly().start(until="XMPP address")
    await pilot.type("\n\n")
    await pilot.see("XMPP address is needed")
    assert pilot.state.view.popup.current.name == "jid"
    assert not pilot.state.view.popup.is_unfolded


async def test_a_mistyped_address_is_mended_in_the_form_of_the_account(fake, fly):
    account = fake.add_profile(jid="alice@exmaple.org")
    account.state, account.last_error = "waiting", ("HostUnreachable", "there is no exmaple.org")
    pilot = await fly().start(until="address and server)")
    await pilot.command("account")
    await pilot.see("alice@exmaple.org")
    await pilot.press("C-u")
    await pilot.type("alice\n\n\n\n\n\n")
    await pilot.see("XMPP address: alice is no JID")
    await pilot.press("C-u")
    await pilot.type(f"{ALICE}\n\n\n\n\n\n")
    await pilot.see("stored; online")
    assert account.jid == ALICE


async def test_the_address_of_a_profile_in_use_is_not_offered_for_change(pilot):
    await pilot.command("account")
    await pilot.see("The server of")
    assert pilot.state.view.popup.fields[0].name == "host"


async def test_leaving_the_first_form_leaves_the_program(fake, fly, caplog):
    pilot = await fly().start(until="XMPP address")
    await pilot.press("Esc")
    assert await pilot.exit_code() == 0
    assert not logged(caplog)


async def test_the_profile_password_is_asked_for_and_checked(account, fly):
    account.password = "open sesame"
    pilot = await fly().start(until="Profile password")
    assert "have you seen this?" not in pilot.screen
    await pilot.type("wrong\n")
    await pilot.see("this is not the profile password")
    await pilot.type("open sesame\n")
    await pilot.see("have you seen this?")
    assert "sesame" not in pilot.screen


async def test_a_setting_asks_only_where_the_profile_is_locked(account, fly):
    account.password = "open sesame"
    await fly(ask_password="locked").start(until="have you seen this?")


async def test_a_locked_profile_is_unlocked(account, fly):
    account.password, account.state = "open sesame", "locked"
    pilot = await fly(ask_password="locked").start(until="The profile is locked")
    assert "The profile is locked" in pilot.styled("banner.warning")
    await pilot.type("open sesame\n")
    await pilot.see("have you seen this?")


async def test_a_profile_that_is_not_there_is_said_to_be_missing(account, fly, caplog):
    with pytest.raises(UnknownProfileName, match='no profile called "nobody"'):
        await (await fly(wanted="nobody").start()).exit_code()
    assert not logged(caplog)


async def test_the_end_of_the_profile_that_was_asked_for_ends_the_program(
    fake, account, fly, caplog
):
    pilot = await fly(wanted="alice").start(until="have you seen this?")
    account.become("locked")
    fake.remove_profile()
    with pytest.raises(ProfileRemoved, match='the profile "alice" was removed'):
        await pilot.exit_code()
    assert not logged(caplog)


@pytest.fixture
async def other(bus):
    """Another backend, which keeps its data elsewhere."""
    other = FakeBackend(bus.address)
    other.data_directory = "/srv/other"
    yield other
    await other.stop()


async def give_way(pilot, fake, other):
    """Have the other backend run in place of this one."""
    await fake.stop()
    await pilot.see("No backend since")
    await other.start()


LACKS = 'the backend that runs now has no profile "alice"; its data is in /srv/other'


async def test_a_backend_of_other_data_is_not_said_to_have_removed_a_profile(
    fake, account, fly, other
):
    pilot = await fly(wanted="alice").start(until="have you seen this?")
    other.add_profile("mia", "mia@example.org")
    await give_way(pilot, fake, other)
    with pytest.raises(UnknownProfileName, match=f"^{LACKS}$"):
        await pilot.exit_code()


@pytest.mark.parametrize("is_writing", [True, False])
async def test_who_asked_for_no_profile_is_told_that_a_backend_of_other_data_lacks_it(
    fake, pilot, other, is_writing
):
    if is_writing:
        await pilot.type("half a text")
    other.add_profile("mia", "mia@example.org")
    await give_way(pilot, fake, other)
    await pilot.see('the backend that runs now has no profile "alice"')
    assert "removed" not in pilot.screen
    told = pilot.state.told()[-1].text
    assert told == (f"{LACKS}; what you type now goes to nobody" if is_writing else LACKS)
    assert "have you seen this?" not in pilot.screen


async def test_a_backend_of_other_data_without_a_profile_says_which_it_lacks_and_asks_for_one(
    fake, pilot, other
):
    await pilot.type("half a text")
    await give_way(pilot, fake, other)
    await pilot.see('The backend that runs now has no profile "alice"; its data is')
    await pilot.see("in /srv/other.")
    assert "Welcome" not in pilot.screen
    assert "removed" not in pilot.screen
    # With the data of before all is as it was.
    await other.stop()
    await pilot.see("No backend since")
    await fake.start()
    await pilot.lose("No backend since")
    await pilot.lose("The backend that runs now")
    await pilot.see("> half a text")
    await give_way(pilot, fake, other)
    await pilot.see("The backend that runs now has no profile")
    await pilot.type("mia@example.org\nsecret\n")
    await pilot.see("mia has no profile password")
    await pilot.lose("have you seen this?")
    assert other.profile.name == "mia"


async def test_a_locked_profile_without_a_password_is_unlocked_unasked(account, fly):
    account.state = "locked"
    await fly().start(until="have you seen this?")


async def test_without_a_bus_nothing_is_drawn(surroundings, monkeypatch, fly):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={surroundings}/none")
    pilot = await fly().start()
    with pytest.raises(NoBus):
        await pilot.exit_code()
    assert not pilot.terminal.frames


async def test_a_backend_that_goes_is_told_and_comes_back_by_itself(pilot, fake, account, bus):
    await pilot.type("half a")
    await fake.stop()
    await pilot.see("No backend since")
    await pilot.type(" text\n")
    await pilot.see("your text stays here")
    assert "> half a text" in pilot.screen

    again = FakeBackend(bus.address)
    again.profile = account
    account.message(BOB, "written meanwhile", tell=False)
    await again.start()
    await pilot.see("written meanwhile")
    await pilot.lose("No backend")
    assert "> half a text" in pilot.screen
    await pilot.end()
    await again.stop()


async def test_without_the_backend_nobody_knows_who_is_there(pilot, fake):
    await pilot.press("Esc", "F2")
    await pilot.see("Contacts 2/2")
    await pilot.see("● bob")
    await pilot.command("set statuses true")
    await pilot.see("on the train")
    await fake.stop()
    await pilot.see("No backend since")
    await pilot.lose("Contacts 2/2")
    assert "Contacts 2" in pilot.screen
    for row in pilot.screen.splitlines()[1:-2]:
        assert not set("●◐") & set(row)
    assert pilot.screen.count("◌ bob") == 2
    assert "on the train" not in pilot.screen


async def test_while_one_is_offline_nobody_knows_who_is_there(pilot, account):
    await pilot.see("● bob")
    account.become("waiting", ("TransportError", "no route to host"))
    await pilot.see("◌ bob")
    account.become("online")
    await pilot.see("● bob")


async def test_coming_back_locked_asks_again_and_keeps_the_input(pilot, fake, account, bus):
    await pilot.type("half a text")
    await fake.stop()
    await pilot.see("No backend since")
    again = FakeBackend(bus.address)
    again.profile = account
    account.password, account.state = "open sesame", "locked"
    await again.start()
    await pilot.see("Profile password")
    await pilot.type("open sesame\n")
    await pilot.lose("Profile password")
    assert "> half a text" in pilot.screen
    await pilot.end()
    await again.stop()


async def test_a_connection_that_waits_says_why_and_until_when(pilot, account):
    account.become(
        "waiting", ("HostUnreachable", "example.org does not answer."), 1_795_343_790_000_000
    )
    await pilot.see("Not connected: example.org does not answer; next attempt at 10:36:30")
    account.become("online")
    await pilot.lose("Not connected")


async def test_what_the_server_does_not_answer_is_said_until_it_does(pilot, account):
    account.lack("archive", "roster")
    await pilot.see("The server doesn't answer: archive, contacts; trying again")
    account.lack()
    await pilot.lose("doesn't answer")


@pytest.mark.parametrize(
    ("error", "helps"),
    [
        ("AuthenticationFailed", ":xmpp-password"),
        ("HostUnreachable", ":account"),
        ("CertificateError", ":account"),
    ],
)
@pytest.mark.parametrize("state", ["offline", "waiting"])
async def test_the_banner_names_the_command_that_can_help(pilot, account, error, helps, state):
    account.become(state, (error, "that went wrong"))
    await pilot.see("that went wrong")
    assert helps in pilot.screen


async def test_a_message_with_a_lost_answer_is_sent_once(pilot, fake, account, bus):
    account.answers.clear()
    await pilot.type("only once\n")
    await pilot.until(lambda: ("Send", BOB, "only once") in account.calls)
    await fake.crash()
    await pilot.see("No backend since")
    again = FakeBackend(bus.address)
    again.profile = account
    account.answers.set()
    await again.start()
    await pilot.until(lambda: account.calls.count(("Send", BOB, "only once")) == 2)
    await pilot.see("only once")
    assert [each.body for each in account.messages.values()].count("only once") == 1
    await pilot.end()
    await again.stop()


async def test_messages_keep_their_order_when_the_backend_dies_between_them(
    pilot, fake, account, bus
):
    account.answers.clear()
    await pilot.type("one\ntwo\n")
    await pilot.until(lambda: ("Send", BOB, "one") in account.calls)
    await fake.crash()
    await pilot.see("No backend since")
    again = FakeBackend(bus.address)
    again.profile = account
    # It was killed before it stored anything, and is slow to tell what it has.
    account.tokens.clear()
    account.messages.clear()
    account.answers.set()
    account.listed.clear()
    await again.start()
    await pilot.lose("No backend")
    await pilot.type("three\n")
    account.listed.set()
    await pilot.until(lambda: ("Send", BOB, "three") in account.calls)
    stored = sorted(account.messages.values(), key=lambda each: each.id)
    assert [each.body for each in stored] == ["one", "two", "three"]
    await pilot.lose("no answer from the backend")
    await pilot.end()
    await again.stop()


async def test_what_is_told_while_one_catches_up_hides_nothing_of_before(pilot, fake, account, bus):
    await fake.stop()
    await pilot.see("No backend since")
    account.message(BOB, "written meanwhile", tell=False)
    again = FakeBackend(bus.address)
    again.profile = account
    account.listed.clear()
    await again.start()
    await pilot.lose("No backend")
    account.message(BOB, "written just now")
    await pilot.see("written just now")
    account.listed.set()
    await pilot.see("written meanwhile")
    assert pilot.screen.index("written meanwhile") < pilot.screen.index("written just now")
    await pilot.end()
    await again.stop()


async def test_a_text_that_was_refused_is_the_same_message_the_second_time(
    pilot, fake, account, bus
):
    account.answers.clear()
    await pilot.type("only once\n")
    await pilot.until(lambda: ("Send", BOB, "only once") in account.calls)
    await fake.stop()
    await pilot.see("No backend since")
    assert "> only once" in pilot.screen
    again = FakeBackend(bus.address)
    again.profile = account
    account.answers.set()
    await again.start()
    await pilot.lose("No backend")
    await pilot.press("Enter")
    await pilot.until(lambda: account.calls.count(("Send", BOB, "only once")) == 2)
    assert [each.body for each in account.messages.values()].count("only once") == 1
    await pilot.end()
    await again.stop()


async def test_a_backend_that_goes_while_it_asks_asks_again_when_it_is_back(fake, fly, bus):
    pilot = await fly().start(until="XMPP address")
    await pilot.type("alice@exa")
    await fake.crash()
    await pilot.see("No backend since")
    again = FakeBackend(bus.address)
    await again.start()
    await pilot.see("alice@exa")
    await pilot.type("mple.org\nsecret\n")
    await pilot.see(":chat ADDRESS opens a conversation")
    assert again.made[:2] == ("alice", ALICE)
    await pilot.end()
    await again.stop()


async def test_a_bus_that_goes_takes_the_backend_with_it_until_it_is_back(pilot, account, bus):
    await pilot.type("kept")
    bus.kill()
    await pilot.see("No backend since")
    bus.start()
    again = FakeBackend(bus.address)
    again.profile = account
    await again.start()
    await pilot.lose("No backend since")
    assert "> kept" in pilot.screen
    await pilot.end()
    await again.stop()


async def test_a_backend_can_be_started_only_where_it_does_not_run_and_there_is_a_bus(pilot, bus):
    await pilot.command("start-backend")
    await pilot.see("the backend runs already")
    bus.kill()
    await pilot.see("No backend since")
    await pilot.see(":start-backend starts it")
    await pilot.command("start-backend")
    await pilot.see("there is no session bus on which the backend could run")


async def test_who_leaves_without_the_backend_is_told_what_is_lost(pilot, fake):
    await fake.crash()
    await pilot.see("No backend since")
    await pilot.type("precious")
    await pilot.press("C-x")
    await pilot.see("nothing keeps what you typed to bob")
    await pilot.press("Esc")
    assert "> precious" in pilot.screen
    await pilot.press("C-x")
    await pilot.see("nothing keeps what you typed to bob")
    await pilot.type("y\n")
    assert await pilot.exit_code() == 0


async def test_who_leaves_right_after_sending_leaves_with_all_of_it_at_the_backend(pilot, account):
    account.answers.clear()
    pilot.terminal.on_keys([*"one", "enter", *"two", "enter", "ctrl x"])
    await pilot.until(lambda: ("Send", BOB, "one") in account.calls)
    account.answers.set()
    assert await pilot.exit_code() == 0
    stored = [each.body for each in account.messages.values()]
    assert stored[-2:] == ["one", "two"]


async def test_who_is_made_to_leave_right_after_sending_leaves_with_all_of_it_at_the_backend(
    pilot, account
):
    account.answers.clear()
    await pilot.type("one\ntwo\n")
    await pilot.until(lambda: ("Send", BOB, "one") in account.calls)
    pilot.app.quit()  # as a signal does
    account.answers.set()
    assert await pilot.exit_code() == 0
    assert [each.body for each in account.messages.values()][-2:] == ["one", "two"]


@pytest.mark.parametrize("is_gone", [True, False])
async def test_who_leaves_while_nobody_takes_a_message_is_told_that_it_is_lost(
    pilot, fake, account, is_gone
):
    account.answers.clear()
    await pilot.type("precious\n")
    await pilot.until(lambda: ("Send", BOB, "precious") in account.calls)
    if is_gone:
        await fake.crash()
        await pilot.see("No backend since")
    await pilot.press("C-x")
    await pilot.see("Leave anyway")
    await pilot.type("y\n")
    assert await pilot.exit_code() == 0


async def test_who_leaves_with_a_draft_that_is_not_kept_is_told_that_it_is_lost(pilot, account):
    account.refusal = StorageError("the disk is full")
    await pilot.type("precious")
    await pilot.press("C-x")
    await pilot.see("The backend doesn't keep what you typed to bob")
    await pilot.press("Esc")
    assert "> precious" in pilot.screen
    account.refusal = None
    await pilot.press("C-x")
    assert await pilot.exit_code() == 0
    assert account.conversations[BOB].draft == "precious"


async def test_a_backend_that_takes_a_message_after_long_is_told_meanwhile(pilot, account):
    account.answers.clear()
    await pilot.type("are you there?\n")
    await pilot.see("no answer from the backend: your message is kept")
    account.answers.set()
    await pilot.lose("no answer from the backend")


async def test_a_message_refused_when_handed_over_again_is_back_in_the_input(
    pilot, fake, account, bus
):
    account.answers.clear()
    await pilot.type("//refused\n")
    await pilot.until(lambda: ("Send", BOB, "/refused") in account.calls)
    await fake.crash()
    await pilot.see("No backend since")
    await pilot.type("half a")
    account.refusal = StorageError("the disk is full")
    account.answers.set()
    again = FakeBackend(bus.address)
    again.profile = account
    await again.start()
    await pilot.see("a message to bob@example.org was refused: the disk is full")
    assert pilot.state.chat.editor.text == "//refused\nhalf a"
    await pilot.end()
    await again.stop()


async def test_lines_that_were_typed_without_the_backend_stay_apart(pilot, fake, account, bus):
    await fake.crash()
    await pilot.see("No backend since")
    await pilot.type("one\ntwo\n")
    await pilot.paste("three")
    assert pilot.state.chat.editor.text == "one\ntwo\nthree"
    again = FakeBackend(bus.address)
    again.profile = account
    await again.start()
    await pilot.lose("No backend")
    await pilot.press("Enter")
    await pilot.until(lambda: ("Send", BOB, "one\ntwo\nthree") in account.calls)
    await pilot.end()
    await again.stop()


async def test_a_line_that_stays_without_the_backend_stays_as_it_is(pilot, fake, account):
    await fake.crash()
    await pilot.see("No backend since")
    await pilot.type("one\n\n")
    await pilot.see("your text stays here")
    assert pilot.state.chat.editor.text == "one"
    await pilot.press("Backspace")
    await pilot.type("line\n")
    assert pilot.state.chat.editor.text == "online"


async def test_a_refused_text_comes_back_before_what_was_typed_behind_it(pilot, fake, account):
    account.answers.clear()
    await pilot.type("first\n")
    await pilot.until(lambda: ("Send", BOB, "first") in account.calls)
    await pilot.type("second")
    await fake.stop()
    await pilot.until(lambda: pilot.state.chat.editor.text == "first\nsecond")
