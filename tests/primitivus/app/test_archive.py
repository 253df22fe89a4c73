"""What the archive keeps, on the screen."""


async def test_what_the_archive_keeps_is_shown_and_changed(pilot, account):
    await pilot.command("archive")
    await pilot.see("What the server's archive keeps")
    await pilot.see("(x) what you write with contacts")
    await pilot.see("ann@example.org")
    await pilot.type("n\n")
    await pilot.press("Tab")
    await pilot.type("bob@example.org")
    await pilot.press("F4")
    await account.called(
        "SetArchivePreferences", {"default": "never", "never": ["bob@example.org"]}
    )
    await pilot.see("the archive goes by this from now on")


async def test_what_is_shown_only_changes_nothing(pilot, account):
    await pilot.command("archive")
    await pilot.see("ann@example.org")
    await pilot.press("Esc")
    await pilot.lose("ann@example.org")
    assert not [call for call in account.calls if call[0] == "SetArchivePreferences"]
