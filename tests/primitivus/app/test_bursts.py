"""Keys that come in one read: each counts, for what is there when its turn has come."""

from tests.primitivus.fake import BOB, MIA


def sets(account):
    return [call[2] for call in account.calls if call[0] == "React"]


async def test_the_same_reaction_twice_in_one_read_is_given_and_taken_back(pilot, account):
    account.message(BOB, "shall we?")
    await pilot.see("shall we?")
    await pilot.press("Esc", "v", "+", "+")
    assert sets(account) == [["👍"], []]


async def test_two_reactions_in_one_read_are_both_given(pilot, account):
    account.message(BOB, "shall we?")
    await pilot.see("shall we?")
    await pilot.type("/react tada\n/react turtle\nwell\n")
    assert sets(account)[-1] == ["🎉", "🐢"]
    await pilot.see("🎉 me  🐢 me")
    await account.called("Send", BOB, "well")


async def test_a_switch_of_a_conversation_that_is_pressed_twice_is_as_before(pilot, account):
    await pilot.press("Esc", "C-Left", "p", "p", "m", "m", "p")
    record = account.conversations[BOB]
    assert (record.pinned, record.notify) == (True, "all")


async def test_closing_twice_closes_two_conversations(pilot, account):
    account.message("zoe@example.org", "the third one", state="read")
    await pilot.see("zoe")
    await pilot.press("Esc", "C-Left")
    await pilot.press("x", "x")
    assert len(account.conversations) == 1


async def test_what_failed_is_sent_again_message_by_message(pilot, account):
    failed = [
        account.message(BOB, body, out=True, state="failed", error=("TooLarge", "too large"))
        for body in ("one", "two")
    ]
    await pilot.see("two")
    await pilot.press("Esc", "C-Up", "R", "R")
    assert [account.messages[each.id].state for each in failed] == ["pending", "pending"]


async def test_nothing_answers_a_question_that_was_typed_before_it_was_on_the_screen(
    pilot, account
):
    for body in ("one", "two"):
        account.message(BOB, body, out=True, state="failed", error=("TooLarge", "too large"))
    await pilot.see("two")
    await pilot.press("Esc", "C-Up", *"Dy", "Enter", *"Dy", "Enter")
    assert {"one", "two"} <= {each.body for each in account.of(BOB)}
    await pilot.press("D")
    await pilot.see("Sure? y/N")
    # What comes with the answer is for what was there before, and would discard another one.
    await pilot.press(*"yDy", "Enter")
    await pilot.see("the message is discarded")
    assert [each.body for each in account.of(BOB) if each.state == "failed"] == ["one"]


async def test_requests_are_accepted_one_after_the_other(pilot, account):
    for jid in ("zoe@example.org", "yan@example.org"):
        account.ask(jid)
    await pilot.see("yan@example.org asks")
    await pilot.type("/accept\n/accept\n")
    approved = [call[1] for call in account.calls if call[0] == "Approve"]
    assert approved == ["zoe@example.org", "yan@example.org"]


async def test_a_name_and_groups_given_in_one_read_are_both_kept(pilot, account):
    await pilot.type("/group friends, work\n/rename robert\n")
    contact = account.contacts[BOB]
    assert (contact.name, list(contact.groups)) == ("robert", ["friends", "work"])


async def test_what_was_marked_as_read_is_no_next_unread_one(pilot, account):
    account.message(MIA, "new")
    zoe = "zoe@example.org"
    account.message(zoe, "also new")
    await pilot.see("2 unread")
    first, second = pilot.state.accounts.conversations()[:2]
    await pilot.type(f"/mark-read {first.peer}\n/next-unread\n")
    assert pilot.state.layout.place == second


async def test_answers_from_the_list_go_from_one_request_to_the_next(pilot, account):
    for jid in ("zoe@example.org", "yan@example.org"):
        account.ask(jid)
    await pilot.see("yan@example.org asks")
    await pilot.press("Esc", "C-n", "-", "-")
    assert [call[1] for call in account.calls if call[0] == "Deny"] == [
        "zoe@example.org",
        "yan@example.org",
    ]
