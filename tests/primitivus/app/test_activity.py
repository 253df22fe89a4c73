"""What others are told of this program."""


async def test_the_version_is_told_or_not_as_one_likes(pilot, account):
    await pilot.command("tell-version")
    await pilot.see("those who ask are not told which program you use")
    assert account.settings["tell_version"] is False
    await pilot.until(lambda: pilot.state.account.profile.settings["tell_version"] is False)
    await pilot.command("tell-version")
    await pilot.see("those who ask are told which program you use")
    assert account.settings["tell_version"] is True
    await pilot.command("tell-version off")
    await pilot.until(lambda: account.settings["tell_version"] is False)
