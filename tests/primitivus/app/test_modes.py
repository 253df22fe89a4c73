"""Where keys type and where they are commands, and that one sees which."""

import re

import pytest

from primitivus.widgets.terminal import Paste
from primitivus.widgets.terminal.keys import Decoder
from tests.primitivus.fake import ALICE, BOB, MIA

MODAL = pytest.mark.parametrize("keymap", ["primitivus", "vi"])


def sent(account):
    return [call for call in account.calls if call[0] == "Send"]


async def by_command(pilot):
    await pilot.command("chat mia")


async def from_the_list(pilot):
    await pilot.press("Esc")
    await pilot.command("focus conversations")
    await pilot.press("j", "Enter")


async def from_the_contacts(pilot):
    await pilot.command("focus contacts")
    while pilot.state.layout.contacts.marked.peer != MIA:
        await pilot.press("j")
    await pilot.press("Enter")


async def with_the_switcher(pilot):
    await pilot.press("Esc", "C-p")
    await pilot.type("mia\n")


async def by_number(pilot):
    await pilot.press("Esc", "M-2")


@MODAL
@pytest.mark.parametrize(
    "go", [by_command, from_the_list, from_the_contacts, with_the_switcher, by_number]
)
async def test_who_goes_to_a_conversation_can_type_there(account, fly, keymap, go):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await go(pilot)
    await pilot.type("hello world\n")
    await pilot.until(lambda: sent(account) == [("Send", MIA, "hello world")])


@MODAL
async def test_who_goes_to_what_is_unread_can_type_there(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.message(MIA, "new")
    await pilot.see("1 unread")
    await pilot.press("Esc", "M-a")
    await pilot.type("hello\n")
    await pilot.until(lambda: sent(account) == [("Send", MIA, "hello")])


async def test_meta_keys_go_on_from_one_conversation_to_the_next(pilot):
    peers = pilot.state.account.conversations.peers()
    await pilot.press("Esc", "M-1", "M-Down")
    assert pilot.state.layout.place.peer == peers[1]
    await pilot.press("M-Up", "M-t", "M-2")
    assert pilot.state.layout.place.peer == peers[1]
    assert "INSERT" in pilot.screen


@MODAL
async def test_a_meta_key_goes_to_another_conversation_from_a_message_too(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("a draft")
    await pilot.press("M-2")
    assert pilot.state.layout.place.peer == MIA
    await pilot.type("for mia")
    account.message(BOB, "and this?")
    await pilot.see("1 unread")
    await pilot.press("M-a")
    assert pilot.state.layout.place.peer == BOB
    await pilot.type(" goes on\n")
    await pilot.until(lambda: sent(account) == [("Send", BOB, "a draft goes on")])
    assert pilot.state.account.chat_with(MIA).editor.text == "for mia"


@MODAL
@pytest.mark.parametrize("key", ["a", "5"])
async def test_escape_leaves_also_where_the_next_key_makes_it_a_meta_key(account, fly, keymap, key):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("a draft")
    pilot.terminal.on_keys([f"meta {key}"])
    await pilot.taken()
    assert "NORMAL" in pilot.screen
    assert pilot.state.chat.editor.text == "a draft"
    assert pilot.state.layout.place.peer == BOB


@MODAL
async def test_escape_and_a_key_that_are_typed_one_by_one_are_two_keys(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("a draft")
    account.message(MIA, "new")
    await pilot.see("1 unread")
    decoder = Decoder()
    held = decoder.decode(b"\x1b", more=True)[1]
    pilot.terminal.on_keys(decoder.decode(held + b"a", more=True)[0])
    await pilot.taken()
    assert pilot.state.layout.place.peer == BOB
    await pilot.type("!\n")
    await pilot.until(lambda: sent(account) == [("Send", BOB, "a draft!")])


@MODAL
@pytest.mark.parametrize(("key", "seen"), [(":", "COMMAND"), ("i", "INSERT"), ("G", "NORMAL")])
async def test_escape_and_a_key_not_bound_with_meta_are_two_keys(account, fly, keymap, key, seen):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("a draft")
    pilot.terminal.on_keys([f"meta {key}"])
    await pilot.taken()
    assert seen in pilot.screen
    assert "means nothing" not in pilot.screen
    assert pilot.state.chat.editor.text == "a draft"


async def test_escape_leaves_at_once_also_with_the_next_key_in_one_read(pilot):
    await pilot.command("chat mia")
    assert "INSERT" in pilot.screen
    pilot.terminal.on_keys(["meta k"])
    await pilot.taken()
    assert "NORMAL" in pilot.screen


async def test_gt_stays_in_normal_mode_as_vi_does(account, fly):
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    peers = pilot.state.account.conversations.peers()
    await pilot.press("Esc", "g", "t")
    assert pilot.state.layout.place.peer == peers[1]
    await pilot.press("g", "T")
    assert pilot.state.layout.place.peer == peers[0]
    assert "NORMAL" in pilot.screen


async def test_a_key_that_means_nothing_in_normal_mode_says_what_would(pilot):
    await pilot.press("Esc", "Q")
    assert '"Q" means nothing in normal mode: i lets you type, : takes a command' in pilot.screen
    await pilot.press("Esc", "F9")
    assert '"F9" means nothing in normal mode' in pilot.screen


@MODAL
async def test_a_key_of_another_pane_says_which(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    key, said = {
        "primitivus": ("r", "conversations, contacts and messages"),
        "vi": ("m", "conversations, contacts and messages"),
    }[keymap]
    await pilot.type("a draft")
    await pilot.press("Esc", key)
    assert f'"{key}" is for: {said}; Tab goes there' in pilot.screen
    assert "means nothing" not in pilot.screen


async def test_of_a_key_of_another_pane_it_is_said_what_goes_there_at_once(account, fly):
    pilot = await fly().start(until="have you seen this?")
    await pilot.type("a draft")
    await pilot.press("Esc", "s")
    assert '"s" is for: messages; C-f b goes there' in pilot.screen
    await pilot.press("C-f", "b")
    assert pilot.state.focus == "messages"


async def test_where_no_key_goes_to_that_pane_at_once_a_command_does(account, fly):
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await pilot.type("a draft")
    await pilot.press("Esc", "+")
    assert '"+" is for: contacts and messages; :focus contacts goes there' in pilot.screen
    await pilot.press("Esc")
    await pilot.command("focus contacts")
    assert pilot.state.focus == "contacts"


@MODAL
async def test_a_key_of_no_pane_that_is_there_leads_to_none(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.command("transfers")
    await pilot.until(lambda: pilot.state.layout.main.context == "transfers")
    await pilot.press("^")
    await pilot.see('"^" means nothing in normal mode')


@MODAL
async def test_a_key_of_a_post_leads_from_a_list_of_posts_to_one(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.write(ALICE, "p1", title="On tea")
    await pilot.command("blog")
    await pilot.see("On tea")
    await pilot.press("y")
    await pilot.see('"y" is for: posts; Enter goes there')


@MODAL
async def test_a_key_of_a_list_of_posts_leads_from_a_post_to_all(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.write(ALICE, "p1", title="On tea")
    await pilot.command("blog")
    await pilot.see("On tea")
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.layout.main.context == "post")
    await pilot.press("U")
    to = {"primitivus": "M-B", "vi": "g B"}[keymap]
    await pilot.see(f'"U" is for: lists of posts; {to} goes there')


async def test_a_key_of_the_main_pane_is_told_beside_it_whichever_that_is(account, fly):
    pilot = await fly().start(until="have you seen this?")
    account.write(ALICE, "p1", title="On tea")
    await pilot.command("blog")
    await pilot.see("On tea")
    await pilot.command("focus conversations")
    await pilot.press("A")
    await pilot.see('"A" is for: lists of posts; Tab goes there')


async def test_who_types_commands_where_nothing_can_be_sent_yet_goes_on_typing_them(fake, fly):
    fake.add_profile()
    pilot = await fly().start(until=":chat ADDRESS opens a conversation")
    await pilot.press("i")
    await pilot.type("/hepl\n")
    await pilot.see('there is no command "hepl"')
    await pilot.type(f"/chat {BOB}\n")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)


@MODAL
async def test_a_message_is_selected_from_the_input_as_well(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("Esc", "v")
    assert pilot.state.conversation.selected == pilot.state.conversation.window.last_id
    await pilot.press("Esc", "Esc", "i")
    await pilot.type("/select\n")
    assert pilot.state.conversation.selected == pilot.state.conversation.window.last_id
    await pilot.press("k", "y")
    await pilot.until(lambda: pilot.terminal.copied)
    assert pilot.state.chat.editor.text == ""


async def test_all_about_a_message_says_from_whom_it_came_and_to_whom(pilot, account):
    account.message(BOB, "look here")
    await pilot.see("look here")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("encryption")
    told = {row.split()[1]: row.split()[2] for row in pilot.terminal.rows if "example.org" in row}
    assert (told["from"], told["to"]) == (BOB, ALICE)


async def test_a_sequence_that_means_nothing_says_so(pilot):
    await pilot.press("Esc", "g", "x")
    assert '"g x" means nothing' in pilot.screen
    await pilot.press("g", "Esc")
    assert "Esc" not in pilot.terminal.rows[-2]


@MODAL
@pytest.mark.parametrize("word", ["/word", "/iodine", "/dd", "/:quit"])
async def test_a_word_to_search_for_runs_no_keys_and_sends_nothing(account, fly, keymap, word):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("a draft")
    await pilot.press("Esc")
    await pilot.type(f"{word}\n")
    await pilot.see(f'no word here begins with "{word[1:]}"')
    assert "NORMAL" in pilot.screen
    assert pilot.state.chat.editor.text == "a draft"
    assert sent(account) == []
    await pilot.press("i")
    assert "INSERT" in pilot.screen


@MODAL
async def test_enter_in_normal_mode_sends_nothing_unasked(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("a draft")
    await pilot.press("Esc", "Enter")
    assert "INSERT" in pilot.screen
    assert sent(account) == []
    await pilot.press("Enter")
    await pilot.until(lambda: sent(account) == [("Send", BOB, "a draft")])


async def test_enter_on_messages_without_a_selected_one_is_for_the_newest_in_view(pilot, account):
    newest = account.message(BOB, "the newest")
    await pilot.see("the newest")
    await pilot.press("Esc", "C-Up", "Enter")
    await pilot.see("encryption")
    assert re.search(rf"number +{newest.id}\b", pilot.screen)


async def test_what_a_message_is_needed_for_is_done_from_the_input_with_the_newest_that_fits(
    pilot, account
):
    asked = account.message(BOB, "is it green?")
    account.message(BOB, "it is", more={"reply_to": asked.id, "quote": "is it green?"})
    newest = account.message(BOB, "so it is")
    await pilot.see("so it is")
    await pilot.type("/copy\n")
    await pilot.see("copied: so it is")
    assert pilot.terminal.copied == ["so it is"]
    await pilot.type("/details\n")
    await pilot.see("encryption")
    assert re.search(rf"number +{newest.id}\b", pilot.screen)
    await pilot.press("Esc")
    await pilot.type("/quoted\n")
    await pilot.until(lambda: pilot.state.conversation.selected == asked.id)


async def test_a_paste_that_was_cut_says_so(pilot):
    pilot.terminal.on_keys([Paste("the beginning", is_cut=True)])
    await pilot.taken()
    assert "the paste was longer than 4 MiB: its rest is left out" in pilot.screen
    assert "> the beginning" in pilot.screen


async def test_of_keys_that_begin_a_command_it_is_told_as_it_is_typed_then(pilot):
    await pilot.press("Esc", "g")
    await pilot.see(":date")
    assert ":search" in pilot.screen
    assert "prompt" not in pilot.screen


@pytest.mark.parametrize("keymap", ["primitivus", "vi"])
async def test_a_conversation_is_left_by_the_key_that_leaves_any_view(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    await pilot.press("Esc", "q")
    await pilot.see("have you seen this?")
