"""What a feature adds to the frontend, by its own modules and its lines in the lists alone."""

import pytest

from backendd.api.errors import TooLarge
from backendd.api.names import ROSTER
from tests.primitivus import shelf
from tests.primitivus.fake import BOB, MIA

JULIET = "juliet@example.org"


@pytest.fixture
async def shelved(account, fly, surroundings, monkeypatch):
    """The program with the feature of the tests' own, its pane shown by its command."""
    shelf.add(monkeypatch, surroundings)
    pilot = await fly().start(until="have you seen this?")
    await pilot.command("shelf")
    await pilot.see("The shelf")
    await pilot.press("i")
    return pilot


async def test_a_pane_of_a_feature_shows_what_its_part_has_fetched(shelved):
    await shelved.see(f"{BOB}")
    assert any(row.strip().endswith(MIA) for row in shelved.terminal.rows)


async def test_in_a_pane_of_a_feature_one_types_and_its_own_keys_run_its_commands(shelved):
    await shelved.type("toys")
    await shelved.see("label > toys")
    await shelved.press("C-g")
    await shelved.see("dusted as toys")
    await shelved.press("Esc", "D")
    await shelved.see("dusted as toys")


async def test_a_pane_of_a_feature_opens_what_is_chosen_and_is_left_and_returned_to(shelved):
    await shelved.press("Enter")
    await shelved.lose("The shelf")
    assert shelved.state.layout.place.peer == BOB
    await shelved.command("back")
    await shelved.see("The shelf")
    await shelved.press("Esc", "Esc")
    await shelved.lose("The shelf")


async def test_beside_a_pane_that_there_is_but_one_of_one_begins_with_a_blank_one(shelved):
    await shelved.press("Esc")
    await shelved.type(":split\n")
    await shelved.see("no conversation")
    await shelved.see("The shelf")
    assert shelved.state.layout.place == shelved.state.account.place("")


async def test_a_feature_adds_what_can_be_set_of_it(shelved):
    await shelved.press("Esc")
    await shelved.type(":settings\n")
    await shelved.see("theme = auto")
    await shelved.type("/wound\n")
    await shelved.see("Toys of alice")
    await shelved.see("wound_up = off")
    await shelved.press("Space")
    await shelved.see("wound_up = on")
    await shelved.press("Esc", "Esc")
    await shelved.see("put back: wound_up")


async def test_a_list_of_a_feature_stands_at_the_side_and_is_gone_to_by_its_word(shelved):
    await shelved.press("Esc", "Esc", "Esc")
    await shelved.command("toys")
    await shelved.see(f"toy of {BOB}")
    await shelved.command("focus toys")
    assert shelved.state.focus == "toys"
    await shelved.press("Down", "w")
    await shelved.see(f"toy of {MIA} runs")
    await shelved.command("focus nowhere")
    await shelved.see("isn't one of")


async def test_a_feature_completes_what_one_writes_and_where_it_stands(shelved):
    await shelved.press("Esc", "Esc")
    await shelved.type("itoy of m")
    await shelved.press("Tab")
    await shelved.see(f"> toy of {MIA}:")
    await shelved.type("come :tad")
    await shelved.press("Tab")
    await shelved.see(f"> toy of {MIA}: come 🎉")


async def test_what_a_feature_asks_is_listed_counted_gone_to_and_answered(shelved, account):
    await shelved.press("Esc", "Esc", "Esc")
    shelved.state.show(is_terminal_focused=False)
    rung = shelved.terminal.rung
    account.know(JULIET)
    await shelved.see(f"{JULIET} wants a toy: :lend")
    await shelved.see("& loan to juliet")
    assert shelved.terminal.rung == rung + 1
    await shelved.until(lambda: shelved.terminal.title.startswith("(1)"))
    account.ask(MIA)
    await shelved.see("? mia@")
    await shelved.press("Esc")
    await shelved.see("1 request  1 loan")
    await shelved.command("requests")
    await shelved.see("wants a toy  :lend")
    await shelved.press("Esc", "C-n")
    assert shelved.state.focus == "contacts"
    await shelved.press("C-n")
    await shelved.see("The shelf")
    await shelved.press("i", "C-t")
    await shelved.see(f"{JULIET} has a toy now")
    await shelved.lose("& loan to juliet")


async def test_a_popup_of_a_feature_lies_over_the_screen_until_it_is_left(shelved):
    await shelved.command("tag")
    await shelved.see("made of wood")
    await shelved.press("Enter")
    await shelved.lose("made of wood")


async def test_the_part_of_a_feature_hears_a_signal_as_others_do(shelved, account):
    account.emit(ROSTER, "Removed", [MIA])
    await shelved.see(f"{MIA} fell off the shelf")
    assert shelved.account.part(shelf.ShelfPart).jids == [BOB]
    assert shelved.state.account.roster.get(MIA) is None


async def test_a_pane_of_a_feature_shows_nothing_of_a_profile_that_was_locked(fake, shelved):
    other = fake.add_profile("work", "alice@work.example", "secret")
    await shelved.see("work")
    other.become("locked")
    await shelved.until(lambda: shelved.state.accounts["work"].is_locked)
    assert shelved.state.layout.main.jids == []


async def test_a_feature_has_its_say_above_below_and_beside_a_message(shelved, account):
    await shelved.press("Esc", "Esc")
    account.message(BOB, "the dust is thick")
    account.message(BOB, "is there dust?", out=True, state="sent")
    await shelved.see("is there dust?")
    rows = [row.split("│", 1)[-1] for row in shelved.terminal.rows]
    texts = [" ".join(row.split()) for row in rows]
    (first,) = (number for number, text in enumerate(texts) if text.endswith("bob > swept oo"))
    assert texts[first + 1 : first + 3] == ["the dust is thick", "it is dusty"]
    assert any(text.endswith("me > swept oo ✓") for text in texts)


async def test_what_stands_below_a_message_is_not_named_after_its_author(shelved, account):
    await shelved.press("Esc", "Esc")
    account.message(BOB, "dust")
    await shelved.see("it is dusty")
    await shelved.all_read(account, BOB)
    for number in range(40):
        account.message(BOB, f"line {number}", state="read")
    await shelved.see("line 39")
    for _ in range(40):
        if "it is dusty" in shelved.terminal.rows[1]:
            break
        await shelved.command("line-up")
    assert "it is dusty" in shelved.terminal.rows[1]
    assert "bob" not in shelved.terminal.rows[1].split("│", 1)[-1]


async def test_a_feature_tells_its_details_and_its_news(shelved, account):
    await shelved.see("the shelf is there")
    await shelved.press("Esc", "Esc", "Esc", "v", "Enter")
    await shelved.see("weight")


@pytest.fixture
async def labelling(shelved):
    """The program where one writes for a purpose of the feature, which is said above the line."""
    await shelved.press("Esc", "Esc", "Esc", "v")
    await shelved.command("label")
    await shelved.see("a label for: yes")
    return shelved


async def test_what_one_writes_for_is_done_once_with_what_was_written(labelling, account):
    await labelling.type("old\n")
    await account.called("Send", BOB, "label: old")
    await labelling.lose("a label for")
    await labelling.type("only said\n")
    await account.called("Send", BOB, "only said")


async def test_what_one_writes_for_is_back_with_the_text_where_it_is_refused(labelling, account):
    account.refusal = TooLarge("this is too long")
    await labelling.type("old\n")
    await labelling.see("this is too long")
    await labelling.see("a label for: yes")
    account.refusal = None
    await labelling.press("Enter")
    call = ("Send", BOB, "label: old")
    await labelling.until(lambda: account.calls.count(call) == 2, "the second call")
    await labelling.lose("a label for")


async def test_what_one_writes_for_is_given_up_and_the_text_stays(labelling, account):
    await labelling.type("old")
    await labelling.press("Esc", "Esc")
    await labelling.lose("a label for")
    await labelling.see("> old")
