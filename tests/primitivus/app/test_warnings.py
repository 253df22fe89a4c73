"""`:warnings` tells all that is not well, and says that all is well only then."""

import pytest

from backendd.api.records import Warning
from tests.primitivus.fake import MIA, START_US

REFUSED = ("AuthenticationFailed", "the server refuses the password")


@pytest.mark.parametrize(
    ("state", "error", "said"),
    [
        ("waiting", REFUSED, "Not connected: the server refuses the password"),
        ("offline", REFUSED, "Offline: the server refuses the password"),
        ("offline", ("", ""), "Offline (:connect goes online)"),
        ("connecting", ("", ""), "Connecting as alice@example.org"),
    ],
)
async def test_who_is_not_online_is_not_well(pilot, account, state, error, said):
    account.become(state, error)
    await pilot.until(lambda: pilot.state.account.profile.state == state)
    await pilot.command("warnings")
    await pilot.see("Warnings (:dismiss forgets them)")
    assert f"now  {said}" in pilot.screen
    assert "all is well" not in pilot.screen
    await pilot.press("Esc")
    account.become("online")
    await pilot.until(lambda: pilot.state.account.profile.state == "online")
    await pilot.command("warnings")
    await pilot.see("all is well")


async def test_what_the_server_does_not_answer_is_told_as_well(pilot, account):
    account.lack("roster")
    await pilot.see("The server doesn't answer")
    await pilot.command("warnings")
    await pilot.see("now  The server doesn't answer: contacts")
    assert "all is well" not in pilot.screen


async def test_what_concerns_the_whole_backend_is_told_as_well(pilot, fake):
    fake.warnings.append(Warning("storage", "db.corrupt", "a damaged database is kept", START_US))
    fake.manager_exported.properties_changed("Warnings")
    await pilot.see("a damaged database is kept")
    await pilot.command("warnings")
    await pilot.see("Warnings (:dismiss")
    await pilot.see("a damaged database is kept")
    assert "all is well" not in pilot.screen


async def test_what_concerns_the_whole_backend_is_in_sight_unasked(fake, account, fly):
    kept = Warning("storage", "db.corrupt", "a damaged database is kept", START_US)
    fake.warnings.append(kept)
    pilot = await fly().start(until="a damaged database is kept")
    pilot.state.notices.clear()  # as a key does a while later
    await pilot.see("warnings: 1 (:warnings)")
    fake.warnings.clear()
    fake.manager_exported.properties_changed("Warnings")
    await pilot.lose("warnings: 1")


async def test_a_backend_that_is_gone_is_not_well(pilot, fake):
    await fake.stop()
    await pilot.see("No backend since")
    await pilot.command("warnings")
    await pilot.see("now  No backend since")


@pytest.mark.parametrize("word", ["like", "reaction"])
async def test_what_was_taken_back_is_told_and_no_warning_any_more(pilot, account, word):
    said = "it is taken back: its owner says who may like it"
    account.warn("the archive can't be read")
    account.warn(said, word, MIA)
    await pilot.see(said)
    known = pilot.state.account
    await pilot.until(lambda: [each.word for each in known.profile.warnings] == ["archive"])
    assert said in pilot.screen
    await pilot.command("messages")
    await pilot.see(said)


async def test_what_was_taken_back_while_nobody_is_here_stays_a_warning(pilot, account):
    pilot.state.show(is_away=True)
    account.warn("it is taken back: its owner says who may like it", "like", MIA)
    await pilot.see("it is taken back")
    pilot.state.notices.clear()
    await pilot.see("warnings: 1 (:warnings)")
    assert [each.word for each in account.warnings] == ["like"]
