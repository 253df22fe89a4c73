"""No connection, no backend, a locked profile, a screen too small."""

from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.popups.key_question import KeyQuestion
from primitivus.model.popups.popup import Dialog
from tests.primitivus.scenes.messages import chat
from tests.primitivus.scenes.scene import NOW_US, scene


@scene(ConversationPane)
async def offline(stage):
    world = stage.fill().all()
    pilot = await chat(stage)
    world.account.become("waiting", ("HostUnreachable", "example.org: no route to host"),
                         NOW_US + 90_000_000)  # fmt: skip
    await pilot.see("no route to host")


@scene(ConversationPane)
async def refused_password(stage):
    world = stage.fill().all()
    pilot = await chat(stage)
    world.account.become("offline", ("AuthenticationFailed", "the server refused the password"))
    await pilot.see(":xmpp-password")


@scene(ConversationPane)
async def backend_gone(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await stage.fake.crash()
    stage.is_gone = True
    await pilot.until(lambda: not pilot.state.is_attached)


@scene(Dialog)
async def locked(stage):
    world = stage.fill().all()
    world.account.password = "two households"
    pilot = await stage.start("Conversations", ask_password="locked")
    await pilot.command("lock")
    await pilot.see("locked")
    await pilot.command("unlock")
    await pilot.see("Profile juliet")


@scene(KeyQuestion)
async def asked_before_a_history_is_deleted(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("delete-conversation")
    await pilot.until(lambda: pilot.state.view.shown_popup is not None)
