"""Blogs: read, talked about, written."""

from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.draft import DraftPane
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane, UnpublishedPane
from primitivus.model.popups.blog_list import BlogsPopup
from primitivus.model.popups.drafts_popup import DraftsPopup
from primitivus.model.popups.followed import FollowedPopup
from tests.primitivus.scenes.messages import chat
from tests.primitivus.scenes.scene import scene
from tests.primitivus.scenes.world import LAURENCE, LIBRARY, ROMEO, today

BASIL = f"post xmpp:{LAURENCE}?;node=urn%3Axmpp%3Amicroblog%3A0;item=basil"
ALBUM = f"post xmpp:{ROMEO}?;node=urn%3Axmpp%3Amicroblog%3A0;item=album"
MARKDOWN = (
    "Cover the *lemons* tonight.\n\n1. the fleece\n2. the lamp\n\n> It is colder at the gate."
)


@scene(TimelinePane)
async def timeline(stage):
    stage.fill().all().album()
    pilot = await chat(stage)
    await pilot.command("blog")
    await pilot.see("On walls")


@scene(TimelinePane)
async def blog(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command(f"blog {LIBRARY} news")
    await pilot.see("Open on Sundays")


@scene(PostPane)
async def post(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command(BASIL)
    await pilot.see("how are the seeds")


@scene(PostPane)
async def commenting(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command(BASIL)
    await pilot.see("how are the seeds")
    await pilot.press("j", "r")
    await pilot.type("dry and dark")


@scene(ConversationPane, PostPane)
async def chat_beside_post(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("vsplit")
    await pilot.command(BASIL)
    await pilot.see("how are the seeds")


@scene(PostPane)
async def album(stage):
    stage.fill().all().album()
    pilot = await chat(stage)
    await pilot.command(ALBUM)
    await pilot.see("pots.jpg")


@scene(FollowedPopup)
async def followed(stage):
    stage.fill().all()
    pilot = await chat(stage)
    await pilot.command("followed")
    await pilot.see("Blogs you follow")


@scene(BlogsPopup)
async def blogs_of_a_service(stage):
    stage.fill().all().groups()
    pilot = await chat(stage)
    await pilot.command("blogs")
    await pilot.see("Lectures")


@scene(DraftPane)
async def draft(stage):
    world = stage.fill().all()
    entry = {"title": "Before the frost", "tags": ["garden"], "markdown": MARKDOWN}
    world.account.draft("d1", "juliet@example.org", "", **entry)
    pilot = await chat(stage)
    await pilot.command("draft d1")
    await pilot.see("Before the frost")


@scene(DraftsPopup)
async def drafts(stage):
    world = stage.fill().all()
    account = world.account
    account.draft("d1", "juliet@example.org", "", title="Before the frost", markdown=MARKDOWN)
    account.draft("d2", LIBRARY, "news", markdown="New books, second part")
    account.draft_comment(LAURENCE, "basil", "mine grows again")
    pilot = await chat(stage)
    await pilot.command("drafts")
    await pilot.see("Before the frost")


@scene(UnpublishedPane)
async def unpublished(stage):
    world = stage.fill().all()
    write = world.wrote
    write("juliet@example.org", "p1", today("18:20"), title="Before the frost", state="pending")
    why = ("NotAllowed", "the server takes no posts of this size")
    write("juliet@example.org", "p2", today("18:02"), title="Roses", state="failed", error=why)
    pilot = await chat(stage)
    await pilot.command("unpublished")
    await pilot.see("Roses")
