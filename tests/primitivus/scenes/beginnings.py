"""The first screen, and what waits."""

from backendd.api.records import Form, FormField
from primitivus.model.panes.home import HomePane
from primitivus.model.panes.places import ConversationsPane
from primitivus.model.popups.forms import FormPopup
from primitivus.model.popups.popup import Dialog
from tests.primitivus.scenes.scene import scene

SIGNUP = Form(
    instructions=["Choose a name, and a password that nobody guesses."],
    fields=[
        FormField(var="username", type="text-single", label="User name", required=True),
        FormField(var="password", type="text-private", label="Password", required=True),
    ],
)


@scene(Dialog)
async def first_profile(stage):
    await stage.start("Welcome")


@scene(HomePane, ConversationsPane)
async def home(stage):
    world = stage.fill().all().asked().unsent()
    world.transfers()
    await stage.start("what waits for you", start="home")


@scene(HomePane, ConversationsPane)
async def home_where_nothing_waits(stage):
    stage.fill().people().talk()
    pilot = await stage.start("at nine?")
    await pilot.command("home")
    await pilot.see("Nothing waits for you.")


@scene(FormPopup)
async def new_account(stage):
    stage.fill().people().talk()
    stage.fake.registrations["example.net"] = SIGNUP
    pilot = await stage.start("at nine?")
    await pilot.command("new-account example.net")
    await pilot.see("A new account")
    await pilot.press("Enter")
    await pilot.see("Choose a name")
