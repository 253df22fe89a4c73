"""What lies over the panes: help, hints, the switcher, the boxes of what may be typed."""

from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.popups.listing import Listing
from primitivus.model.popups.popup import Overlay
from primitivus.model.popups.switcher import Switcher
from tests.primitivus.scenes.messages import chat
from tests.primitivus.scenes.scene import scene


@scene(Listing)
async def help_here(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("F1")
    await pilot.see("Most needed here")


@scene(Overlay)
async def help_of_a_command(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("help send-file")
    await pilot.see("Help: send-file")


@scene(ConversationPane)
async def which_key(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "C-w")
    await pilot.until(lambda: pilot.state.view.hints)


@scene(ConversationPane)
async def completion(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc")
    await pilot.type(":blog-")
    await pilot.press("Tab")
    await pilot.until(lambda: pilot.state.view.hints)


@scene(ConversationPane)
async def completion_of_people(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc")
    await pilot.type(":chat ")
    await pilot.press("Tab")
    await pilot.until(lambda: pilot.state.view.hints)


@scene(Switcher)
async def switcher(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "C-p")
    await pilot.see("Go to")


@scene(Switcher)
async def switcher_narrowed(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "C-p")
    await pilot.type("ga")
    await pilot.see("garden")


@scene(Overlay)
async def signs(stage):
    stage.fill().all()
    pilot = await chat(stage)

    async def show():
        await pilot.press("Esc")
        await pilot.command("signs")
        await pilot.see("Signs")

    stage.on_dress = show
    await show()


@scene(Listing)
async def themes(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("theme")
    await pilot.see("All themes")
