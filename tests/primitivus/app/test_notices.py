"""What the status line says goes when it is no longer true."""

from backendd.api.errors import NotConnected
from backendd.api.names import ROSTER
from tests.primitivus.fake import BOB

JULIET = "juliet@example.org"


async def test_that_a_profile_is_locked_is_said_until_it_is_unlocked(pilot, account):
    pilot.state.complain("the profile alice is locked", about="ProfileLocked")
    account.become("locked")
    await pilot.see("The profile is locked")
    account.become("online")
    await pilot.lose("alice is locked")


async def test_that_there_is_no_connection_is_said_until_there_is_one(pilot, account):
    account.become("offline")
    await pilot.see("Offline")
    pilot.state.complain("the profile alice is not online", about="NotConnected")
    await pilot.see("is not online")
    account.become("connecting")
    await pilot.see("Connecting")
    assert "is not online" in pilot.screen
    account.become("online")
    await pilot.lose("is not online")


async def test_what_was_typed_too_early_is_told_to_be_undone_when_there_is_a_connection(
    pilot, account
):
    account.become("connecting")
    account.refusal = NotConnected("the profile alice is not online")
    await pilot.command("attention")
    await pilot.see("is not online")
    account.become("online")
    await pilot.see("was not done, as there was no connection; there is one now")
    await pilot.command("chat mia")
    await pilot.lose("there is one now")


async def test_what_was_wrong_is_no_longer_said_after_something_was_done_right(pilot):
    await pilot.command("chat nobody")
    assert 'nobody here is called "nobody"' in pilot.screen
    await pilot.command("chat mia")
    await pilot.see("an older one")
    assert 'nobody here is called "nobody"' not in pilot.screen


async def test_what_was_said_before_is_no_longer_said_after_something_was_done(pilot, account):
    await pilot.command("presence")
    await pilot.see('alice@example.org is "online", shown as "online"')
    await pilot.command("presence away lunch")
    await pilot.see('you are shown as "away": lunch')
    await pilot.command("presence dnd")
    await pilot.see('you are shown as "dnd": lunch')
    await pilot.command("presence")
    await pilot.see('is "online"')
    await pilot.command("chat mia")
    await pilot.see("an older one")
    assert "shown as" not in pilot.screen


async def test_a_priority_is_told_changed_and_nothing_but_one(pilot, account):
    await pilot.command("priority")
    await pilot.see("your priority is 0")
    await pilot.command("priority -1")
    await pilot.see("your priority is -1")
    assert (account.settings["priority"], account.show) == (-1, "online")
    await pilot.command("presence away")
    await pilot.see('you are shown as "away"')
    await pilot.command("presence")
    await pilot.see('shown as "away", with priority -1')
    for wrong in ("128", "-129", "high", "1.5"):
        await pilot.command(f"priority {wrong}")
        await pilot.see(f'"{wrong}" is not a whole number from -128 to 127')
    assert account.settings["priority"] == -1


async def test_that_a_key_means_nothing_is_said_until_one_means_something(pilot):
    await pilot.press("Esc", "2")
    await pilot.see('"2" means nothing')
    await pilot.press("Up")
    await pilot.lose('"2" means nothing')
    await pilot.press("g", "F9")
    await pilot.see("means nothing")
    await pilot.press("F2")
    await pilot.lose("means nothing")


async def test_a_request_is_said_until_it_is_settled_wherever_that_is(pilot, account):
    account.ask(JULIET)
    await pilot.see(f":accept {JULIET}")
    account.requests.pop(JULIET)
    account.emit(ROSTER, "RequestsChanged", [], [JULIET])
    await pilot.lose(f":accept {JULIET}")


async def test_what_was_wrong_is_no_longer_said_after_a_message_was_sent(pilot, account):
    await pilot.type("/hepl\n")
    await pilot.see('there is no command "hepl"')
    await pilot.press("C-u")
    await pilot.type("hello\n")
    await pilot.until(lambda: ("Send", BOB, "hello") in account.calls)
    await pilot.lose('there is no command "hepl"')


async def test_a_popup_that_closes_brings_nothing_back(pilot):
    await pilot.command("caht bob")
    assert 'did you mean "chat"' in pilot.screen
    await pilot.command("messages")
    await pilot.press("Esc")
    assert 'did you mean "chat"' not in pilot.screen


async def test_an_error_is_kept_in_sight_while_one_types_on(pilot):
    await pilot.command("caht bob")
    await pilot.type("ihello")
    assert 'did you mean "chat"' in pilot.screen
    assert pilot.state.layout.place.peer == BOB


async def test_that_no_conversation_is_open_is_said_until_one_is(fake, fly):
    fake.add_profile()
    pilot = await fly().start(until=":chat ADDRESS opens a conversation")
    await pilot.press("i")
    await pilot.type("text")
    assert "no conversation is open" in pilot.screen
    await pilot.press("Esc", "C-p")
    await pilot.type(f"{BOB}\n")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    assert "no conversation is open" not in pilot.screen


async def test_what_was_said_before_is_no_longer_said_after_a_command_typed_as_a_message(pilot):
    await pilot.command("presence")
    await pilot.see('shown as "online"')
    await pilot.press("i")
    await pilot.type("/set keymap emacs\n")
    await pilot.lose('shown as "online"')


DRAFT = "this is the draft that you left here"


async def leave_a_draft(pilot):
    await pilot.type("one two")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    await pilot.command("chat bob")
    await pilot.see(DRAFT)


async def test_that_a_draft_was_left_is_said_until_it_is_sent(pilot, account):
    await leave_a_draft(pilot)
    await pilot.type("\n")
    await pilot.until(lambda: ("Send", BOB, "one two") in account.calls)
    await pilot.lose(DRAFT)


async def test_that_a_draft_was_left_here_is_not_said_elsewhere(pilot):
    await leave_a_draft(pilot)
    await pilot.command("next-conversation")
    await pilot.see("an older one")
    assert DRAFT not in pilot.screen


async def test_that_nothing_is_unread_is_said_until_something_is(pilot, account):
    await pilot.command("mark-read mia")
    await pilot.command("next-unread")
    await pilot.see("nothing else is unread")
    account.message("mia@example.org", "news")
    await pilot.lose("nothing else is unread")


async def test_that_nothing_waits_for_an_answer_is_said_until_something_does(pilot, account):
    await pilot.command("requests")
    await pilot.see("nothing waits for your answer")
    account.ask(JULIET)
    await pilot.lose("nothing waits for your answer")


async def test_how_things_stood_is_not_looked_up_and_what_is_said_again_is_counted(pilot):
    await leave_a_draft(pilot)
    for _ in range(3):
        await pilot.command("caht")
    await pilot.command("presence")
    await pilot.command("caht")
    await pilot.command("messages")
    await pilot.see("Messages of the program")
    assert DRAFT not in pilot.screen
    told = [each.text for each in pilot.state.layout.main.rows() if "caht" in each.text]
    assert [text.rpartition("(")[2] for text in told] == ["4 times)"]
