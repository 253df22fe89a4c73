"""Rooms, and who is in them."""

from backendd.api.records import Affiliation, Form, FormField, FormOption
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.panes.places import ConversationsPane
from primitivus.model.panes.rooms import RoomsPane
from primitivus.model.popups.forms import FormPopup
from primitivus.model.popups.listing import Listing
from primitivus.model.popups.popup import Dialog, Overlay
from tests.primitivus.scenes.messages import chat
from tests.primitivus.scenes.scene import scene
from tests.primitivus.scenes.world import GARDEN, ROMEO


async def garden(stage):
    return await chat(stage, GARDEN, "carries the pots in")


@scene(ConversationPane, ConversationsPane)
async def room(stage):
    stage.fill().all()
    await garden(stage)


@scene(OccupantsPane)
async def occupants(stage):
    stage.fill().all()
    pilot = await garden(stage)
    await pilot.command("occupants on")
    await pilot.see("tybalt")


@scene(ConversationPane)
async def private(stage):
    stage.fill().all()
    await chat(stage, f"{GARDEN}/mercutio", "mercutio in Garden")


@scene(Overlay)
async def whois(stage):
    stage.fill().all()
    pilot = await garden(stage)
    await pilot.command("whois laurence")
    await pilot.see("moderator")


@scene(ConversationPane)
async def room_left(stage):
    world = stage.fill().all()
    error = ("NotAllowed", "you were kicked by laurence: too loud")
    world.account.change_room(GARDEN, state="out", error=error)
    await garden(stage)


@scene(FormPopup)
async def room_configuration(stage):
    world = stage.fill().all()
    world.account.configuration = Form(
        title="Configuration of garden@conference.example.org",
        instructions=["What others may do in this room."],
        fields=[
            FormField(var="name", type="text-single", label="Name", values=["Garden"]),
            FormField(var="about", type="text-multi", label="Description",
                      values=["What grows,", "and when to water it"]),
            FormField(var="public", type="boolean", label="Listed in the directory of rooms",
                      values=["1"]),
            FormField(var="whois", type="list-single", label="Who sees real addresses",
                      values=["moderators"], options=[
                          FormOption(label="Moderators", value="moderators"),
                          FormOption(label="Everybody", value="anyone")]),
            FormField(var="secret", type="text-private", label="Password"),
        ],
    )  # fmt: skip
    pilot = await garden(stage)
    await pilot.command("configure")
    await pilot.see("What others may do")


@scene(Listing)
async def affiliations(stage):
    world = stage.fill().all()
    known = [
        Affiliation(jid="juliet@example.org", affiliation="owner"),
        Affiliation(jid="laurence@monastery.example", affiliation="admin"),
        Affiliation(jid="paris@example.org", affiliation="outcast", reason="rude to Romeo"),
    ]
    world.account.affiliations[GARDEN] = {each.jid: each for each in known}
    pilot = await garden(stage)
    await pilot.command("affiliations")
    await pilot.see("paris@example.org")


@scene(RoomsPane)
async def rooms(stage):
    world = stage.fill().all()
    world.account.change_room(GARDEN, bookmarked=True, autojoin=True)
    world.account.change_room("ball@conference.example.org", bookmarked=True, name="The ball")
    world.account.invite("tomb@conference.example.org", ROMEO, reason="come at once")
    pilot = await garden(stage)
    await pilot.command("rooms")
    await pilot.see("Rooms (")


@scene(Dialog)
async def entering_a_room(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("join")
    await pilot.see("Enter a room")
