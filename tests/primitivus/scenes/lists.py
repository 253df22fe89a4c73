"""Lists at the sides, and the views of settings and services."""

from backendd.api.records import Identity, Info, Item
from primitivus.model.panes.log import LogPane
from primitivus.model.panes.pane import BlankPane
from primitivus.model.panes.places import ContactsPane, ConversationsPane
from primitivus.model.panes.services import ServicesPane
from primitivus.model.panes.settings import SettingsPane
from primitivus.model.popups.forms import FormPopup
from primitivus.model.popups.listing import Listing
from primitivus.model.popups.popup import Dialog, Overlay
from tests.primitivus.fake import Entity
from tests.primitivus.scenes.messages import chat
from tests.primitivus.scenes.scene import scene


@scene(ContactsPane)
async def contacts(stage):
    world = stage.fill().all()
    world.account.ask("paris@example.org", "a friend of your father's")
    pilot = await chat(stage)
    await pilot.press("F2")
    await pilot.see("Contacts")


@scene(ConversationsPane)
async def conversations(stage):
    world = stage.fill().all().unsent()
    world.account.converse("romeo@example.org", pinned=True)
    world.account.converse("mercutio@example.org", notify="none")
    world.account.converse("nurse@example.org", draft="I come")
    pilot = await chat(stage)
    await pilot.command("focus conversations")


@scene(ConversationsPane)
async def two_profiles(stage):
    stage.fill().all()
    work = stage.fake.add_profile("work", "capulet@company.example")
    work.know("peter@company.example", name="Peter", show="online")
    work.message("peter@company.example", "the list is ready", tell=False)
    work.record("peter@company.example")
    pilot = await chat(stage)
    await pilot.see("Peter")


@scene(SettingsPane)
async def settings(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("settings")
    await pilot.see("Settings")
    await pilot.press("j", "j", "j")


@scene(ServicesPane)
async def services(stage):
    world = stage.fill().all()
    server = Info(
        identities=[Identity(category="server", type="im", name="Example")],
        features=["urn:xmpp:mam:2", "urn:xmpp:carbons:2", "urn:xmpp:blocking"],
    )
    items = [Item(jid="conference.example.org", name="Rooms"), Item(jid="pubsub.example.org")]
    rooms = Info(identities=[Identity(category="conference", type="text", name="Rooms")])
    blogs = Info(identities=[Identity(category="pubsub", type="service", name="Blogs")])
    world.account.entities = {
        ("example.org", ""): Entity(server, items),
        ("conference.example.org", ""): Entity(rooms),
        ("pubsub.example.org", ""): Entity(blogs),
    }
    pilot = await chat(stage)
    await pilot.command("services")
    await pilot.see("pubsub.example.org")


@scene(LogPane)
async def log(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("nonsense")
    await pilot.command("chat nobody at all")
    await pilot.command("messages")
    await pilot.see("Messages of the program")


@scene(Overlay)
async def warnings(stage):
    world = stage.fill().all()
    world.account.warn("the archive could not be read: the server has none")
    pilot = await chat(stage)
    await pilot.command("warnings")
    await pilot.see("Warnings")


@scene(Dialog)
async def vcard(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("vcard")
    await pilot.see("Full name")


@scene(FormPopup)
async def archive(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("archive")
    await pilot.see("archive keeps")


@scene(Listing)
async def requests(stage):
    stage.fill().all().asked()
    pilot = await chat(stage)
    await pilot.command("requests")
    await pilot.see("Waiting for your answer")


@scene(BlankPane)
async def nothing_yet(stage):
    stage.fill()
    await stage.start("opens a conversation")
