"""Searching for people on the screen."""

from backendd.api.records import Form, FormField
from tests.primitivus.fake import Entity


async def test_people_are_searched_for_and_talked_with(pilot, account):
    asks = Form(fields=[FormField(var="nick", type="text-single", label="Nickname")])
    entity = account.entities["example.org", ""] = Entity(form=asks)
    await pilot.command("directory")
    await pilot.see("Search for people")
    await pilot.type("nobody\n")
    await pilot.see("nobody was found")
    entity.found = Form(
        reported=[
            FormField(var="jid", type="jid-single", label="Address"),
            FormField(var="nick", label="Nickname"),
        ],
        items=[{"jid": ["ann@example.net"], "nick": ["Ann"]}],
    )
    await pilot.command("directory")
    await pilot.see("Search for people")
    await pilot.type("Ann\n")
    await pilot.see("1 found")
    await pilot.see("ann@example.net  Ann")
    assert ("Search", "", {"nick": ["Ann"]}) in account.calls
    await pilot.press("Enter")
    await pilot.until(lambda: pilot.state.layout.place.peer == "ann@example.net")


async def test_a_server_without_a_directory_is_said(pilot, account):
    await pilot.command("directory nowhere.example")
    await pilot.see("item not found")
