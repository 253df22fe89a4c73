"""What a feature adds to the frontend, by its own modules and its lines in the lists alone."""

import pytest

from tests.primitivus import shelf
from tests.primitivus.fake import BOB, MIA


@pytest.fixture
async def shelved(account, fly, surroundings, monkeypatch):
    """The program with the feature of the tests' own, its pane shown by its key."""
    shelf.add(monkeypatch, surroundings)
    pilot = await fly().start(until="have you seen this?")
    await pilot.press("Esc", "F9")
    await pilot.see("The shelf")
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


async def test_the_part_of_a_feature_hears_a_signal_as_others_do(shelved, account):
    account.roster_exported.emit("Removed", [MIA])
    await shelved.see(f"{MIA} fell off the shelf")
    assert shelved.account.part(shelf.ShelfPart).jids == [BOB]
    assert shelved.state.account.roster.get(MIA) is None


async def test_a_pane_of_a_feature_shows_nothing_of_a_profile_that_was_locked(fake, shelved):
    other = fake.add_profile("work", "alice@work.example", "secret")
    await shelved.see("work")
    other.become("locked")
    await shelved.until(lambda: shelved.state.accounts["work"].is_locked)
    assert shelved.state.layout.main.jids == []
