"""Talking: sending, how far it got, drafts, typing, reading, and scrolling through history."""

from itertools import pairwise

import pytest

from backendd.api.errors import StorageError, UnknownRoom
from backendd.api.names import MESSAGES
from primitivus.model.area import Area
from tests.primitivus.fake import BOB, MIA


def lines_with(pilot, text):
    return [row for row in pilot.screen.splitlines() if text in row]


def messages(pilot):
    return [row.partition("│")[2] for row in pilot.terminal.rows if "│" in row]


def drafts(account, peer=BOB):
    return [call[2] for call in account.calls if call[:2] == ("SetDraft", peer)]


async def test_a_typed_message_is_sent_and_shows_how_far_it_got(pilot, account):
    await pilot.type("hello bob\n")
    await pilot.see("hello bob")
    sent = next(each for each in account.messages.values() if each.body == "hello bob")
    for state, sign in (("sent", "✓"), ("delivered", "✓✓"), ("failed", "!")):
        account.change(sent.id, state=state)
        await pilot.until(
            lambda sign=sign: lines_with(pilot, "hello bob")[0].rstrip().endswith(f" {sign}")
        )
    assert pilot.terminal.rows[-1].strip() == ">"


async def test_why_a_message_failed_is_told_and_what_to_do(pilot, account):
    failed = account.message(
        BOB, "too much", out=True, state="failed", error=("Timeout", "nobody answers")
    )
    await pilot.see("not sent: nobody answers (:retry sends it again,")
    assert ":discard" in pilot.screen
    await pilot.press("Esc", "C-Up", "R")
    await pilot.lose("not sent")
    account.change(failed.id, state="failed")
    await pilot.see("not sent")
    await pilot.press("D")
    await pilot.see("Sure? y/N")
    await pilot.press("y")
    await pilot.lose("too much")


async def test_who_writes_to_a_room_where_they_are_not_is_told_how_to_enter_it(pilot, account):
    account.refusal = UnknownRoom("you are not in it; join it first")
    await pilot.type("hello all\n")
    await pilot.see(f"you are not in bob; :join {BOB} enters it")
    await pilot.see("> hello all")


async def test_why_many_failed_is_told_once_and_of_the_selected_one(pilot, account):
    error = ("NotAllowed", "you are not in it")
    for number in range(6):
        account.message(BOB, f"text {number}", out=True, state="failed", error=error)
    other = account.message(
        BOB, "another", out=True, state="failed", error=("Timeout", "no answer")
    )
    await pilot.see("not sent: no answer")
    assert pilot.screen.count("you are not in it") == 1
    assert pilot.screen.count("not sent, as below") == 5
    await pilot.press("Esc", "v", "k", "k", "k")
    await pilot.until(lambda: pilot.screen.count("you are not in it") == 2)
    assert pilot.screen.count("not sent, as below") == 4
    account.change(other.id, state="failed", error=error)
    await pilot.until(lambda: pilot.screen.count("not sent, as below") == 5)


async def test_all_that_failed_in_a_conversation_goes_out_again(pilot, account):
    error = ("NotAllowed", "you are not in it")
    for number in range(6):
        account.message(BOB, f"text {number}", out=True, state="failed", error=error)
    line = account.message(BOB, "a line", out=True, state="failed", error=error, type="system")
    elsewhere = account.message(MIA, "elsewhere", out=True, state="failed", error=error)
    await pilot.see("text 5")
    await pilot.command("retry-all")
    await pilot.see("6 messages go out once more; 1 message can't: the backend wrote this one")
    states = {each.id: each.state for each in account.messages.values() if each.direction == "out"}
    assert [id for id, state in states.items() if state == "failed"] == [line.id, elsewhere.id]
    await pilot.command("retry-all mia")
    await pilot.see("1 message goes out once more")
    await pilot.command("retry-all mia")
    await pilot.see("no message here has failed")


async def test_all_that_failed_in_a_conversation_is_given_up_after_a_question(pilot, account):
    error = ("NotAllowed", "you are not in it")
    for number in range(6):
        account.message(BOB, f"text {number}", out=True, state="failed", error=error)
    elsewhere = account.message(MIA, "elsewhere", out=True, state="failed", error=error)
    waits = account.message(BOB, "later", out=True, state="pending")
    await pilot.see("later")
    await pilot.press("Esc", "v", "M-D")
    await pilot.see('6 messages to bob were not sent. The last one: "text 5"')
    meanwhile = account.message(BOB, "meanwhile", out=True, state="failed", error=error)
    await pilot.type("y\n")
    await pilot.see("6 messages are discarded")
    left = {each.id for each in account.messages.values() if each.direction == "out"}
    assert left >= {elsewhere.id, waits.id, meanwhile.id}
    assert "text 5" not in pilot.screen
    await pilot.see("meanwhile")


@pytest.mark.parametrize("kind", ["FileChanged", "TooLarge"])
async def test_to_try_again_is_proposed_only_where_that_can_help(pilot, account, kind):
    error = (kind, "it would end so again")
    account.message(BOB, "a letter", out=True, state="failed", error=error)
    await pilot.see("not sent: it would end so again (:discard removes it)")
    await pilot.type("/edit a note\n")
    await pilot.see("this message was not sent: :discard removes it")


async def test_the_newest_failed_message_is_meant_where_none_is_selected(pilot, account):
    error = ("TooLarge", "this is too long")
    account.message(BOB, "first", out=True, state="failed", error=error)
    last = account.message(BOB, "second", out=True, state="failed", error=error)
    await pilot.see("second")
    await pilot.type("/retry\n")
    await pilot.until(lambda: account.messages[last.id].state == "pending")
    await pilot.type(":discard\n")
    await pilot.see("Discard a message")
    await pilot.type("y\n")
    await pilot.lose("Discard a message")
    await pilot.lose("first")


async def test_a_message_that_still_waits_can_be_discarded(pilot, account):
    account.message(BOB, "too early", out=True, state="pending")
    await pilot.see("too early")
    await pilot.type(":discard\n")
    await pilot.see("Sure? y/N")
    await pilot.press("Enter")
    await pilot.lose("Sure? y/N")
    await pilot.see("nothing was done")
    assert account.messages
    assert "too early" in pilot.screen
    await pilot.type(":discard\n")
    await pilot.see("Sure? y/N")
    await pilot.type("y\n")
    await pilot.see("the message is discarded")
    await pilot.lose("too early")


async def test_an_answer_is_one_key_and_nothing_typed_before_the_question_or_with_it(
    pilot, account
):
    account.message(BOB, "too early", out=True, state="pending")
    await pilot.see("too early")
    await pilot.type(":discard\ny")
    await pilot.see("Sure? y/N")
    assert "too early" in [each.body for each in account.messages.values()]
    await pilot.paste("y\n")
    await pilot.type("q 5")
    assert pilot.shows("Sure? y/N")
    await pilot.type("yes, I am\n")
    await pilot.see("the message is discarded")
    assert "I am" not in pilot.screen
    assert not [call for call in account.calls if call[0] == "Send"]


async def test_an_answer_may_be_gone_to_as_well(pilot, account):
    account.message(BOB, "too early", out=True, state="pending")
    await pilot.see("too early")
    await pilot.type(":discard\n")
    await pilot.see("▸[ No ]")
    await pilot.press("Left")
    await pilot.see("▸[ Yes ]")
    await pilot.press("Tab", "Tab")
    await pilot.see("▸[ No ]")
    await pilot.press("S-Tab", "Enter")
    await pilot.see("the message is discarded")


async def test_an_unknown_command_is_not_sent_as_text(pilot, account):
    await pilot.type("/jion room\n")
    await pilot.see("jion")
    assert not [call for call in account.calls if call[0] == "Send"]
    assert "> /jion room" in pilot.screen


async def test_two_slashes_send_one(pilot, account):
    await pilot.type("//etc is a folder\n")
    await pilot.until(lambda: ("Send", BOB, "/etc is a folder") in account.calls)


async def test_a_paste_is_never_executed(pilot, account):
    await pilot.paste("first line\n/quit\nthird line\n")
    assert not [call for call in account.calls if call[0] == "Send"]
    assert "first line" in pilot.screen
    assert "third line" in pilot.screen
    await pilot.press("Enter")
    await pilot.until(lambda: any(call[0] == "Send" for call in account.calls))


async def test_a_paste_in_normal_mode_is_text_as_well(pilot, account):
    await pilot.press("Esc")
    await pilot.paste(":quit\n")
    await pilot.see("> :quit")


async def test_the_input_grows_to_five_rows(pilot):
    for number in range(7):
        await pilot.type(f"line {number}")
        await pilot.press("S-Enter")
    rows = pilot.terminal.rows[-5:-1]
    assert [row.strip() for row in rows] == ["line 3", "line 4", "line 5", "line 6"]
    assert pilot.terminal.cursor == (3, 29)


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
@pytest.mark.parametrize("key", ["M-Enter", "S-Enter", "C-j"])
async def test_enter_sends_and_the_others_begin_a_line(account, fly, keymap, key):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("one")
    await pilot.press(key)
    await pilot.type("two")
    assert pilot.state.chat.editor.text == "one\ntwo"
    await pilot.press("Enter")
    await pilot.until(lambda: ("Send", BOB, "one\ntwo") in account.calls)


async def test_where_there_is_no_line_to_begin_ctrl_j_is_enter(pilot):
    await pilot.press("Esc")
    await pilot.type(":chat mia")
    await pilot.press("C-j")
    await pilot.see("an older one")


async def test_what_was_sent_comes_back_with_up(pilot):
    await pilot.type("one\ntwo\n")
    await pilot.press("Up", "Up")
    assert "> one" in pilot.screen
    await pilot.press("Down")
    assert "> two" in pilot.screen


async def test_a_draft_is_saved_when_another_conversation_is_opened(pilot, account):
    await pilot.type("for bob")
    await pilot.command("chat mia@example.org")
    await pilot.until(lambda: drafts(account) == ["for bob"])
    await pilot.command("chat bob")
    await pilot.see("> for bob")


async def test_a_draft_is_saved_when_quitting_and_back_at_the_next_start(pilot, account, fly):
    await pilot.type("for later")
    await pilot.end()
    assert drafts(account) == ["for later"]
    await fly().start(until="> for later")


async def test_what_another_frontend_typed_over_comes_back_by_undo(pilot, account):
    await pilot.type("a long paragraph")
    await pilot.until(lambda: drafts(account) == ["a long paragraph"])
    account.message(BOB, "as a sign that it is saved")
    await pilot.see("as a sign")
    account.converse(BOB, draft="q")
    await pilot.see("> q")
    await pilot.press("C-_")
    assert "> a long paragraph" in pilot.screen


async def test_a_draft_of_another_frontend_shows_unless_something_was_typed_here(pilot, account):
    account.converse(BOB, draft="typed elsewhere")
    await pilot.see("> typed elsewhere")
    await pilot.type("!")
    account.converse(BOB, draft="and changed there")
    account.message(BOB, "as a sign that the draft was told")
    await pilot.see("as a sign")
    assert "> typed elsewhere!" in pilot.screen


async def test_what_is_typed_on_arrival_goes_behind_the_draft_that_is_there_which_is_told(
    pilot, account
):
    await pilot.type("one two")
    await pilot.press("Esc", "h", "h", "h")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    assert "draft" not in pilot.screen
    await pilot.type("/chat bob\n, three")
    await pilot.see("> one two, three")
    assert "this is the draft that you left here; C-c discards it" in pilot.screen
    await pilot.press("C-c")
    assert "this is the draft" not in pilot.screen


async def test_a_draft_of_a_closed_conversation_comes_before_what_is_typed_then(pilot, account):
    account.conversations.pop(MIA)
    account.emit(MESSAGES, "ConversationsRemoved", [MIA])
    await pilot.lose("mia")
    account.record(MIA, draft="long ago,")
    await pilot.type("/chat mia@example.org\n and now")
    await pilot.see("> long ago, and now")


async def test_a_sent_message_leaves_no_draft(pilot, account):
    await pilot.type("gone\n")
    await pilot.see("gone")
    await pilot.end()
    assert account.conversations[BOB].draft == ""
    assert drafts(account) in ([], [""])


async def test_the_peer_is_told_of_typing_but_not_of_commands(pilot, account):
    await pilot.type("/he")
    await pilot.press("C-u")
    await pilot.type("hello")
    await pilot.until(lambda: ("SetTyping", BOB, True) in account.calls)
    await pilot.press("C-u")
    await pilot.until(lambda: ("SetTyping", BOB, False) in account.calls)
    assert [call[2] for call in account.calls if call[0] == "SetTyping"] == [True, False]


async def test_their_typing_shows_in_the_status_line(pilot, account):
    account.converse(BOB, typing=[BOB])
    await pilot.see("bob is typing")
    account.converse(BOB, typing=[])
    await pilot.lose("is typing")


async def test_what_was_on_the_screen_is_marked_as_read(pilot, account):
    message = account.message(BOB, "fresh")
    await pilot.until(lambda: ("MarkRead", BOB, message.id) in account.calls)


async def test_what_nobody_looks_at_stays_unread(pilot, account):
    pilot.terminal.on_keys(["focus out"])
    await pilot.taken()
    account.message(BOB, "fresh")
    await pilot.see("fresh")
    assert not [call for call in account.calls if call[0] == "MarkRead"]
    assert pilot.terminal.rung == 1
    pilot.terminal.on_keys(["focus in"])
    await pilot.until(lambda: any(call[0] == "MarkRead" for call in account.calls))


async def test_the_new_line_stands_where_reading_stopped(pilot, account):
    await pilot.command("chat mia")
    await pilot.see("an older one")
    account.message(BOB, "first unread")
    account.message(BOB, "second unread")
    await pilot.see("2 unread")
    await pilot.press("Esc", "M-a")
    await pilot.see("second unread")
    rows = pilot.screen.splitlines()
    new = next(number for number, row in enumerate(rows) if "─ new ─" in row)
    assert "first unread" in rows[new + 1]


async def test_a_message_to_another_conversation_rings_and_counts(pilot, account):
    account.message(MIA, "psst")
    await pilot.see("1 unread")
    assert pilot.terminal.rung == 1
    assert pilot.terminal.title.startswith("(1)")
    assert "psst" not in pilot.screen


async def test_a_muted_conversation_does_not_ring(pilot, account):
    await pilot.command("chat mia")
    await pilot.command("mute")
    await pilot.until(lambda: account.conversations[MIA].notify == "none")
    await pilot.command("chat bob")
    account.message(MIA, "psst")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).unread == 1)
    assert pilot.terminal.rung == 0


@pytest.fixture
async def long_chat(account, fly):
    for number in range(400):
        account.message(BOB, f"number {number:03}", tell=False, state="read")
    account.record(BOB)
    return await fly(rows=24).start(until="number 399")


async def test_paging_up_loads_what_is_older_and_reaches_the_beginning(long_chat, account):
    pilot = long_chat
    await pilot.press("Esc")
    for _ in range(100):
        await pilot.press("PageUp")
        await pilot.until(lambda: not pilot.state.conversation.is_loading)
        if "this is where it began" in pilot.screen:
            break
    assert "have you seen this?" in pilot.screen
    assert "number 000" in pilot.screen
    await pilot.press("G")
    await pilot.see("number 399")


async def test_a_page_up_moves_by_a_page_without_a_gap(long_chat):
    pilot = long_chat
    seen = []
    for _ in range(5):
        seen.append([row[-3:] for row in pilot.screen.splitlines() if "number" in row])
        await pilot.press("PageUp")
        await pilot.until(lambda: not pilot.state.conversation.is_loading)
    for below, above in pairwise(seen):
        assert set(below) & set(above)
        assert int(above[0]) < int(below[0])


async def test_new_messages_do_not_move_what_one_reads(long_chat, account):
    pilot = long_chat
    await pilot.press("PageUp")
    before = messages(pilot)[:-1]
    account.message(BOB, "new one")
    account.message(BOB, "new two")
    await pilot.see("2 new below")
    assert messages(pilot)[:-1] == before
    await pilot.press("Esc", "G")
    await pilot.see("new two")
    assert "new below" not in pilot.screen


async def test_a_conversation_with_much_unread_opens_where_reading_stopped(account, fly):
    for number in range(300):
        account.message(MIA, f"number {number:03}", tell=False)
    account.record(MIA)
    account.message(BOB, "latest", tell=False, state="read", time=2_000_000_000_000_000)
    account.record(BOB)
    pilot = await fly().start(until="latest")
    await pilot.press("Esc", "M-a")
    await pilot.see("number 000")
    assert "─ new ─" in pilot.screen
    assert "newer below" in pilot.screen or "new below" in pilot.screen
    await pilot.until(lambda: any(call[0] == "MarkRead" for call in account.calls))
    last = max(call[2] for call in account.calls if call[0] == "MarkRead")
    assert last < max(account.messages)
    for _ in range(40):
        await pilot.press("PageDown")
        await pilot.until(lambda: not pilot.state.conversation.is_loading)
    assert "number 299" in pilot.screen
    await pilot.all_read(account, MIA)


async def test_messages_that_go_are_gone(pilot, account):
    account.emit(MESSAGES, "Removed", BOB, [2])
    await pilot.lose("have you seen this?")


async def test_a_message_of_a_higher_revision_wins(pilot, account):
    account.change(2, body="changed")
    await pilot.see("changed")
    account.emit(
        MESSAGES,
        "Changed",
        BOB,
        [account.messages[2].__class__(id=2, order=2, peer=BOB, body="stale")],
    )
    account.message(BOB, "after that")
    await pilot.see("after that")
    assert "stale" not in pilot.screen


async def test_control_characters_and_wide_ones_break_no_column(pilot, account):
    account.message(BOB, "evil\x1b[2J\x07 \u202etxt 日本語 👩‍👩‍👧 \U0001f1e9\U0001f1ea tab\tend")
    await pilot.see("日本語")
    assert "\x1b" not in pilot.screen
    assert "\u202e" not in pilot.screen


async def test_an_error_that_lasts_is_told_without_asking_on_and_on(long_chat, account):
    pilot = long_chat
    await pilot.until(lambda: not pilot.state.conversation.is_loading)
    account.failing = StorageError("the disk is full")
    account.calls.clear()
    for _ in range(10):
        await pilot.press("PageUp")
    await pilot.see("the disk is full")
    for _ in range(10):
        await pilot.press("PageUp")
    assert [call[0] for call in account.calls].count("List") == 1


async def test_more_of_a_very_long_message_shows_when_asked_for(pilot, account):
    account.message(BOB, "\n".join(f"line {number:03}" for number in range(100)))
    await pilot.see("line 000")
    await pilot.press("Esc", "G")
    await pilot.see(":more shows more of them")
    assert "line 060" not in pilot.screen
    await pilot.command("more")
    await pilot.see("line 060")
    await pilot.command("bottom")
    await pilot.see("line 099")
    await pilot.command("more")
    assert "no message here has more to show" in pilot.screen


@pytest.mark.parametrize(
    ("answer", "said"),
    [("end", "this is where it began"), ("offline", "which can't be asked now")],
)
async def test_that_the_server_is_asked_for_older_messages_is_gone_when_it_has_answered(
    pilot, account, answer, said
):
    account.older = "server"
    await pilot.command("chat mia")
    await pilot.see("asking the server for older messages")
    account.answer_older(MIA, answer)
    await pilot.lose("asking the server")
    await pilot.see(said)


async def test_an_answer_that_overtakes_the_page_that_waits_for_it_counts(pilot, account):
    account.older = "server"
    account.answers_older = "end"
    account.record("fresh@example.org")
    await pilot.command("chat fresh@example.org")
    await pilot.see("this is where it began")


async def test_where_nothing_is_yet_the_server_is_asked_again_when_it_can_be(pilot, account):
    account.older = "server"
    account.record("fresh@example.org")
    await pilot.command("chat fresh@example.org")
    await pilot.see("asking the server for older messages")
    account.become("offline")
    await pilot.see("Offline")
    account.older = "end"
    account.become("online")
    await pilot.see("this is where it began")


async def test_what_the_server_had_before_is_shown_above_and_the_beginning_then(pilot, account):
    account.older = "server"
    await pilot.command("chat mia")
    await pilot.see("asking the server for older messages")
    account.message(MIA, "from the archive", order=0, source="archive", state="read")
    account.answer_older(MIA, "end")
    await pilot.see("this is where it began")
    assert pilot.screen.index("from the archive") < pilot.screen.index("an older one")


async def test_only_what_comes_in_is_waited_for_not_how_far_something_got(pilot, account):
    ours = account.message(BOB, "our own", out=True, state="sent")
    await pilot.see("our own")
    told = []
    undo = pilot.state.changes.watch(told.append)
    account.change(ours.id, state="displayed")
    await pilot.until(lambda: "◉" in pilot.screen)
    assert Area.PROGRESS in told
    assert Area.MESSAGES not in told
    account.message(BOB, "a new one")
    await pilot.see("a new one")
    assert Area.MESSAGES in told
    undo()


async def test_details_say_of_what_was_read_that_it_is(pilot, account):
    message = account.message(BOB, "have you read this?")
    await pilot.see("have you read this?")
    await pilot.until(lambda: ("MarkRead", BOB, message.id) in account.calls)
    await pilot.until(lambda: not pilot.state.account.conversation(BOB).unread)
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("state       read")


async def test_that_nothing_has_failed_is_said(pilot):
    await pilot.command("retry")
    await pilot.see("no message here has failed")
    await pilot.command("discard")
    await pilot.see("no message here has failed or waits to be sent")


async def test_how_many_messages_show_at_most_is_said_to_who_wants_more(pilot):
    await pilot.command("history 9999")
    await pilot.see("500 is the most that is shown at once")


async def test_blanks_that_are_typed_are_no_draft_in_the_list(pilot, account):
    await pilot.type("   ")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    sign = pilot.app.controls.symbols().draft
    account.converse(BOB, draft="   ")
    account.converse(MIA, name="Mia", draft="")
    await pilot.see("Mia")
    assert sign not in pilot.screen
    account.converse(BOB, draft="a word")
    await pilot.see(sign)
