"""Posts of pictures: chosen by their names, looked at, and published."""

import pytest

from backendd.api.errors import FileError
from tests.lab.pictures import encoded, two_halves
from tests.primitivus.app.test_pictures import painted, see_picture
from tests.primitivus.app.test_writing_posts import calls
from tests.primitivus.fake import BOB
from tests.primitivus.fake.account import ALICE, MICROBLOG

LIB = "pubsub.example.org"


@pytest.fixture
def trip(tmp_path):
    """A folder with pictures, and something else."""
    folder = tmp_path / "trip"
    folder.mkdir()
    for name in ("01.png", "02.jpg", "notes.txt"):
        (folder / name).write_bytes(encoded(two_halves(40, 20)))
    return folder


async def test_an_album_is_looked_at_and_published(account, pilot, trip):
    await pilot.command(f'blog-album "Our trip" {trip}/*.png {trip}/02.jpg')
    await pilot.see("Draft: Our trip")
    for text in ("01.png", "02.jpg", "P publishes it"):
        await pilot.see(text)
    files = [str(trip / "01.png"), str(trip / "02.jpg")]
    (draft,) = account.drafts.values()
    assert draft.entry == {"title": "Our trip", "files": files}
    await pilot.press("P")
    await pilot.see("Post: Our trip")
    assert calls(account, "Publish") == [("", "", {"title": "Our trip", "files": files})]


@pytest.mark.parametrize(
    ("service", "node", "at"),
    [
        (ALICE, "pictures", ("", "pictures")), ("pubsub.example.org", "news", None),
        (ALICE, MICROBLOG, ("", "")), (BOB, MICROBLOG, ("", "")),
    ],
)  # fmt: skip
async def test_an_album_goes_into_the_blog_that_is_shown_where_one_may_write_there(
    account, pilot, trip, service, node, at
):
    account.write(service, "one", node=node, title="The first one")
    await pilot.command(f"blog {service} {node}")
    await pilot.see("The first one")
    await pilot.command(f'blog-album "Our trip" {trip}/01.png')
    await pilot.see("Draft: Our trip")
    (draft,) = account.drafts.values()
    assert (draft.service, draft.node) == (at or (service, node))


async def test_of_a_folder_the_pictures_are_taken(account, pilot, trip):
    await pilot.command(f'album "Our trip" "{trip}"')
    await pilot.see("Draft: Our trip")
    await pilot.see("1 file that is no picture is left out")
    (draft,) = account.drafts.values()
    assert [each.rpartition("/")[2] for each in draft.entry["files"]] == ["01.png", "02.jpg"]


async def test_the_names_of_commands_for_blogs_may_be_of_two_words(account, pilot, trip):
    await pilot.command(f'blog album "Our trip" {trip}/01.png')
    await pilot.see("Draft: Our trip")
    await pilot.command("help blog album")
    await pilot.see("Make a post of pictures")
    await pilot.see("Also: album, blog album")
    await pilot.press("Esc")
    await pilot.command('blog "album"')
    await account.called("ListEntries", "album", MICROBLOG, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('blog-album "t" {trip}/notes.txt', "none of these files is one"),
        ('blog-album "t" {trip}/none.png', "No such file"),
        ("blog-album", "TITLE is missing"),
        ("blog-album Our trip {trip}/01.png", "with blanks needs quotes"),
    ],
)
async def test_what_makes_no_album_is_said(account, pilot, trip, line, said):
    await pilot.command(line.format(trip=trip))
    await pilot.see(said)
    assert not account.drafts


async def test_an_album_goes_to_the_group_whose_blog_is_shown(account, pilot, trip):
    account.write(LIB, "first", node="photos", title="First")
    await pilot.command(f"blog {LIB} photos")
    await pilot.see("First")
    await pilot.command(f'blog-album "Our trip" "{trip}"')
    await pilot.see("Draft: Our trip")
    (draft,) = account.drafts.values()
    assert (draft.service, draft.node) == (LIB, "photos")


async def test_pictures_that_the_daemon_can_not_see_are_handed_over(account, pilot, trip):
    account.blog_refusals["Publish"] = FileError("there is no such file")
    await pilot.command(f'blog-album "Our trip" "{trip}"')
    await pilot.see("Draft: Our trip")
    await pilot.press("P")
    await account.called("PublishHandles", "", "", {"title": "Our trip"}, ["01.png", "02.jpg"])


async def test_an_album_shows_its_pictures_from_where_they_are(account, pilot, trip):
    await pilot.command(f'blog-album "Our trip" "{trip}"')
    await pilot.see("Draft: Our trip")
    await pilot.press("P")
    await pilot.see("Post: Our trip")
    (((service, node, id), entry),) = account.entries.items()
    assert (service, node) == (ALICE, MICROBLOG)
    ids = [
        account.transfer(
            direction="out", state="done", name=path.name, path=str(path),
            size=path.stat().st_size, mime="image/png", entry_service=ALICE,
            entry_node=MICROBLOG, entry_id=id,
        ).id
        for path in sorted(trip.glob("0*"))
    ]  # fmt: skip
    files = [
        type(each)(url=f"https://a.example/{each.title}", title=each.title, transfer=number)
        for each, number in zip(entry.attachments, ids, strict=True)
    ]
    account.write(ALICE, id, attachments=files)
    await see_picture(pilot)
    await pilot.until(lambda: len(painted(pilot)) >= 15, "both pictures")
