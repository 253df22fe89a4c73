"""What the backend keeps, in the view of settings: changed at once, and put back there."""

import pytest

from backendd.api.records import Configuration, ConfigurationSetting
from tests.primitivus.fake import BOB


@pytest.fixture
async def view(account, fly):
    """The program with the view of settings, opened from where one talks with bob."""
    pilot = await fly(columns=140, rows=70).start(until="have you seen this?")
    await pilot.press("Esc", "g", "s")
    await pilot.see("This profile: alice")
    return pilot


async def go(pilot, section, name):
    """Have a setting chosen, and what is told of it shown."""
    pilot.state.layout.main.choose((section, name))
    await pilot.press("Esc") if pilot.state.view.mode == "insert" else await pilot.press("C-l")
    assert pilot.state.layout.main.chosen.name == name


def told(account):
    return [call[1] for call in account.calls if call[0] == "SetSettings"]


async def test_presence_is_changed_at_once_and_put_back_with_esc(view, account):
    await go(view, "profile", "presence")
    await view.press("Space", "Space")
    await view.see("presence = away")
    assert account.show == "away"
    await view.press("Esc")
    await view.see("put back: presence")
    assert account.show == "online"


async def test_a_status_is_typed(view, account):
    await go(view, "profile", "status")
    await view.press("Enter")
    await view.type("on the train\n")
    await view.see("status = on the train")
    assert account.status == "on the train"
    await view.press("u")
    await view.until(lambda: account.status == "")


async def test_a_priority_is_typed_and_nothing_but_one(view, account):
    await go(view, "profile", "priority")
    await view.press("Enter")
    await view.type("200\n")
    await view.see("is not a whole number from -128 to 127")
    await view.press("Esc")
    await view.press("Enter")
    await view.type("5\n")
    await view.see("priority = 5")
    assert told(account) == [{"priority": 5}]


async def test_what_somebody_else_changed_meanwhile_is_not_put_back(view, account):
    await go(view, "profile", "presence")
    await view.press("Space")
    await view.see("presence = chat")
    account.show = "dnd"
    account.properties_changed("Show")
    await view.see("presence = dnd")
    await view.press("Esc")
    await view.see("have you seen this?")
    assert account.show == "dnd"


@pytest.mark.parametrize("name", ["autoconnect", "tell_version", "attention", "highlight_everyone"])
async def test_a_switch_of_the_profile_is_flipped(view, account, name):
    await go(view, "profile", name)
    before = view.state.layout.main.chosen.value == "on"
    await view.press("Space")
    await view.until(lambda: told(account) == [{name: not before}])
    await view.press("d")
    await view.until(lambda: told(account)[-1] == {name: before})


async def test_words_that_mention_one_are_typed_with_commas_between(view, account):
    await go(view, "profile", "highlight")
    await view.press("Enter")
    await view.type('"lunch" x')
    await view.see("needs a comma behind a name in quotes")
    await view.press("C-u")
    await view.type("tea, lunch time\n")
    await view.until(lambda: told(account) == [{"highlight": ["tea", "lunch time"]}])
    await view.see("highlight = tea, lunch time")


async def test_hours_without_noise_are_typed_and_what_is_no_hour_is_told_at_once(view, fake):
    await go(view, "attention", "quiet_time")
    await view.press("Enter", "C-u")
    await view.type("22 25")
    await view.see("isn't an hour from 0 to 23")
    await view.press("Enter")
    assert fake.quiet_time == (0, 0)
    await view.press("Backspace", "Backspace")
    await view.type("7\n")
    await view.see("quiet_time = 22 7")
    assert tuple(fake.quiet_time) == (22, 7)
    await view.press("Esc")
    await view.see("put back: quiet_time")
    assert tuple(fake.quiet_time) == (0, 0)


async def test_how_the_conversation_behaves_from_which_one_came_is_there_as_well(view, account):
    await view.see("This conversation: bob")
    await go(view, "conversation", "notify")
    await view.press("Left")
    await view.see("notify = none")
    assert account.conversations[BOB].notify == "none"
    await go(view, "conversation", "markers")
    await view.see("Tell bob what you have read.")
    before = account.conversations[BOB].markers
    await view.press("Space")
    await view.until(lambda: account.conversations[BOB].markers != before)
    await view.press("Esc")
    await view.see("put back: notify, markers")
    assert account.conversations[BOB].notify == "all"


async def test_a_form_is_opened_where_one_is_for_it(view):
    await go(view, "profile", "profile_password")
    await view.press("Space")
    await view.see("Enter opens what changes profile_password")
    await view.press("Enter")
    await view.see("Change the profile password of alice")
    await view.press("Esc")
    await view.see("This profile: alice")


async def test_a_profile_is_made_from_there(view, fake):
    await go(view, "profiles", "new profile")
    await view.press("Enter")
    await view.see("A profile for another XMPP account")
    await view.type("juliet@example.net\nsecret\n")
    await view.until(lambda: fake.made is not None)
    assert fake.made[:2] == ("juliet", "juliet@example.net")
    await view.until(lambda: "juliet" in view.state.accounts)


async def test_a_profile_is_removed_only_by_who_is_sure(account, fake, fly):
    fake.add_profile("work", "alice@example.net")
    pilot = await fly(rows=40).start(until="have you seen this?")
    await pilot.command("remove-profile work")
    await pilot.see("Remove the profile work")
    await pilot.type("\n")
    await pilot.see("nothing was done")
    await pilot.command("remove-profile work")
    await pilot.see("Remove the profile work")
    await pilot.type("y\n")
    await pilot.until(lambda: "work" not in pilot.state.accounts)
    assert [each.name for each in fake.profiles] == ["alice"]


async def test_what_the_file_of_the_backend_has_is_told_with_its_line(account, fake, fly):
    fake.configuration = Configuration(
        file="/etc/xdg/primitivus/backendd.toml",
        settings=[
            ConfigurationSetting(
                *("history", "keep_days", "Messages are removed then.", "9", "0", "7"), line=3
            ),
            ConfigurationSetting("files", "download_dir", "Where received files go."),
        ],
    )
    pilot = await fly(columns=160, rows=90).start(until="have you seen this?")
    await pilot.command("settings history.keep_days")
    await pilot.see("history.keep_days = 9")
    await pilot.see("/etc/xdg/primitivus/backendd.toml:3")
    await pilot.see('as it was at its start; from the next one on: "7" in')
    await pilot.press("Space")
    await pilot.see("history.keep_days is changed in /etc/xdg/primitivus/backendd.toml")
    fake.configuration = Configuration(problem="/etc/x.toml:1: unknown table")
    await pilot.press("Esc", "Esc")
    await pilot.command("settings unknown table")
    await pilot.see("the backend would not start again by /etc/x.toml:1: unknown")


async def test_nothing_of_a_locked_profile_is_there(account, fly):
    pilot = await fly(columns=140, rows=70).start(until="have you seen this?")
    await pilot.command("settings presence")
    await pilot.see("presence = online")
    await pilot.command("lock")
    await pilot.lose("presence")


async def test_what_the_backend_refuses_stays_as_it_was(view, account, fake):
    await fake.stop()
    await view.until(lambda: not view.state.is_attached)
    await go(view, "profile", "presence")
    await view.press("Space")
    await view.see("presence = online")
    await fake.start()
