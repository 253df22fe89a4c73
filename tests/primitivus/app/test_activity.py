"""What others are told of this program, and of who uses it."""

from tests.primitivus.fake import BOB, MIA


async def test_the_version_is_told_or_not_as_one_likes(pilot, account):
    await pilot.command("tell-version off")
    await pilot.see("those who ask are not told which program you use")
    assert account.settings["tell_version"] is False
    await pilot.until(lambda: pilot.state.account.profile.settings.get("tell_version") is False)
    await pilot.command("tell-version toggle")
    await pilot.see("those who ask are told which program you use")
    assert account.settings["tell_version"] is True


async def test_whether_the_version_is_told_is_shown_and_not_changed_by_asking(pilot, account):
    await pilot.command("tell-version")
    await pilot.see("those who ask are told which program you use; :tell-version off changes that")
    assert "tell_version" not in account.settings


async def test_one_is_called_as_one_likes(pilot, account):
    await pilot.command("nickname")
    await pilot.see("your contacts are told no nickname")
    await pilot.command("nickname Alice in Chains")
    await pilot.see("your nickname for your contacts is Alice in Chains")
    assert account.settings["nickname"] == "Alice in Chains"
    await pilot.until(lambda: pilot.state.account.profile.settings.get("nickname"))
    await pilot.command("nickname ''")
    await pilot.see("your contacts are told no nickname")
    assert account.settings["nickname"] == ""


async def test_a_nickname_shows_where_a_contact_has_no_name(pilot, account):
    account.know(MIA, more={"nickname": "Mia the Great"})
    await pilot.see("Mia the Great")
    account.know(BOB, more={"nickname": "Bobby Tables"})
    account.know(MIA, name="Mia")
    await pilot.lose("Mia the Great")
    assert "Bobby Tables" not in pilot.screen
