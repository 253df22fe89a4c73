"""Conversations between two, and what is done there."""

from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.places import ConversationsPane
from primitivus.model.panes.search import SearchPane
from primitivus.model.popups.key_question import KeyQuestion
from primitivus.model.popups.popup import Overlay
from tests.primitivus.scenes.scene import scene
from tests.primitivus.scenes.world import BENVOLIO, LAURENCE, ROMEO


async def chat(stage, peer=ROMEO, until="at nine?"):
    pilot = await stage.start("Conversations")
    await pilot.command(f"chat {peer}")
    await pilot.see(until)
    return pilot


@scene(ConversationPane, ConversationsPane)
async def conversation(stage):
    stage.fill().all()
    await chat(stage)


@scene(ConversationPane)
async def writing(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.type("at nine, below the balcony; bring")
    await pilot.press("M-Enter")
    await pilot.type("the seeds")


@scene(ConversationPane)
async def replying(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "v", "k", "k", "r")
    await pilot.see("reply to Romeo")
    await pilot.type("I read it")


@scene(ConversationPane)
async def selected(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "v", "k", "k", "k")


@scene(ConversationPane)
async def first_of_a_day_selected(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("date 2026-11-22")
    await pilot.until(lambda: pilot.state.conversation.selected)


@scene(ConversationPane)
async def failed_and_unread(stage):
    world = stage.fill().all().unsent()
    world.says(BENVOLIO, "12:25", "it was, an hour ago", state="unread")
    world.says(BENVOLIO, "12:26", "the ending", state="unread",
               more={"spoiler": True, "spoiler_about": "the play"})  # fmt: skip
    world.says(BENVOLIO, "12:27", "", more={"retracted": True, "retracted_by": BENVOLIO})
    await chat(stage, BENVOLIO, "is the gate locked?")


@scene(ConversationPane)
async def waiting(stage):
    stage.fill().all().unsent()
    await chat(stage, LAURENCE, "I come on Monday")


@scene(Overlay)
async def details(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "v", "k", "k", "k", "Enter")
    await pilot.see("Message")


@scene(ConversationPane)
async def two_beside(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("vsplit garden@conference.example.org")
    await pilot.see("carries the pots")


@scene(ConversationPane)
async def two_above_each_other(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("split nurse@example.org")
    await pilot.see("she waits in the hall")


@scene(SearchPane)
async def search(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("search the")
    await pilot.see("your mother asks")
    await pilot.see("the rehearsal")


@scene(ConversationPane)
async def find(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("find basil")


@scene(KeyQuestion)
async def asked_before_it_is_taken_back(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.press("Esc", "v", "d")
    await pilot.until(lambda: pilot.state.view.shown_popup is not None)
