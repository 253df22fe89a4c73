"""Files on their way, chosen and looked at."""

from backendd.api.records import Attachment
from primitivus.model.panes.transfers import TransfersPane
from primitivus.model.popups.chooser import FileChooser
from primitivus.model.popups.listing import Listing
from primitivus.model.popups.picture_popup import PicturePopup
from primitivus.model.questions.asked import AskedPopup
from tests.primitivus.scenes.messages import chat
from tests.primitivus.scenes.scene import scene
from tests.primitivus.scenes.world import FILES, PHOTO, ROMEO


@scene(TransfersPane)
async def transfers(stage):
    stage.fill().all().transfers()
    pilot = await chat(stage)
    await pilot.command("transfers")
    await pilot.see("seeds.csv")


@scene(Listing)
async def downloading(stage):
    world = stage.fill().all()
    notes = Attachment(index=1, name="notes.txt", url=f"{FILES}/b/notes.txt")
    world.says(ROMEO, "11:00", PHOTO.url, more={"attachments": [PHOTO, notes]})
    pilot = await chat(stage)
    await pilot.command("download")
    await pilot.see("In this message")


@scene(FileChooser)
async def choosing_a_file(stage):
    stage.fill().all()
    home = stage.home()
    for number, (name, size) in enumerate(
        (("balcony.jpg", 3_032_449), ("sonnets, all of them.pdf", 12_400_000), ("seeds.csv", 2_048))
    ):
        stage.write(home / name, size, days=number)
    (home / "garden").mkdir()
    pilot = await chat(stage)
    await pilot.command("send-file")
    await pilot.see("seeds.csv")


@scene(PicturePopup)
async def picture(stage):
    world = stage.fill().all()
    # Which can't be shown any more: what can be is pixels, and no text.
    gone = "/home/juliet/Downloads/balcony.jpg"
    world.account.transfer(name="balcony.jpg", peer=ROMEO, direction="in",
                           state="done", size=3_032_449, path=gone, mime="image/jpeg")  # fmt: skip
    pilot = await chat(stage)
    await pilot.command("transfers")
    await pilot.see("balcony.jpg")
    await pilot.command("picture")
    await pilot.until(lambda: pilot.state.view.shown_popup is not None)


@scene(AskedPopup)
async def invitation(stage):
    stage.fill().all().asked()
    pilot = await chat(stage)
    await pilot.command("invitation")
    await pilot.see("masks are worn")
