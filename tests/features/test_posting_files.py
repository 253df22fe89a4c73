"""Entries of blogs with files: one unit, which goes out once all of them are on the server."""

import os

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from backendd.api.errors import (
    FileError,
    InvalidArgument,
    NotAllowed,
    NotSupported,
    TooLarge,
)
from backendd.blog.atom import MOST
from backendd.core.entries import ENCLOSURE, GALLERY
from tests.features.test_publishing import BLOG, PUBSUB, got, publish, published, read
from tests.features.test_publishing import until_state as until_entry
from tests.features.test_uploads import fetched, transfers, until_state
from tests.lab.prosody import Prosody

ROSE, LETTER = b"\x89PNG is what it begins with" * 100, b"what it says"


@pytest.fixture
def rose(tmp_path):
    path = tmp_path / "a rose \xfc.png"
    path.write_bytes(ROSE)
    return path


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(LETTER)
    return path


def with_files(*paths, **more):
    return {"title": "Title", "files": [str(each) for each in paths]} | more


async def until_failed(home, id):
    async def is_so():
        found = await got(home, id)
        return found if found.state == "failed" else None

    return await home.until(is_so)


async def of_entry(home, id):
    """Return the transfers of an entry, by the names of their files."""
    return {each.name: each for each in await transfers(home) if each.entry_id == id}


@pytest.mark.every_server
async def test_an_entry_goes_out_with_its_files_where_others_read_them(
    make_home, make_peer, rose, letter
):
    home, peer = await (await make_home()).online(), await make_peer()
    mine = await published(home, with_files(rose, letter))
    (found,) = (await read(peer, home.jid)).values()
    assert [(each.rel, each.type, each.title, each.length) for each in found.links] == [
        (ENCLOSURE, "image/png", rose.name, len(ROSE)),
        (ENCLOSURE, "text/plain", "letter.txt", len(LETTER)),
    ]
    assert [await fetched(each.href) for each in found.links] == [ROSE, LETTER]
    moved = await of_entry(home, mine.id)
    assert [(each.url, each.transfer) for each in mine.attachments] == [
        (there.href, moved[there.title].id) for there in found.links
    ]
    about = moved[rose.name]
    assert (about.peer, about.path, about.message_id) == (home.jid, str(rose), 0)
    assert (about.entry_service, about.entry_node) == (mine.service, mine.node)


async def test_an_entry_written_offline_waits_for_its_files_and_the_others_do_not(
    make_home, make_peer, rose
):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose))
    waiting = await got(home, id)
    (file,) = waiting.attachments
    assert (waiting.state, file.url, file.title, file.size) == ("pending", "", rose.name, len(ROSE))
    await until_state(home, file.transfer, "queued")  # once its file was looked at
    await home.call(names.FILES, "pause", file.transfer)
    await home.online()
    other = await published_beside(home, "other")
    assert set(await read(peer, home.jid)) == {other}
    await home.call(names.FILES, "resume", file.transfer)
    await until_entry(home, id, "published")
    assert set(await read(peer, home.jid)) == {other, id}


async def published_beside(home, title):
    """Publish an entry while another one is held; return its id."""
    id = await publish(home, {"title": title})

    async def is_there():
        return (await got(home, id)).state == "published"

    await home.until(is_there)
    return id


@pytest.mark.every_server
async def test_a_restart_at_any_time_publishes_an_entry_once_and_whole(
    make_home, make_peer, rose, letter
):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose, letter))
    await home.crash()
    await home.come_back()
    await home.online()
    mine = await until_entry(home, id, "published")
    assert all(each.url for each in mine.attachments)
    (found,) = (await read(peer, home.jid)).values()
    assert [each.href for each in found.links] == [each.url for each in mine.attachments]


async def test_an_entry_fails_with_the_first_of_its_files_that_fails_and_goes_again(
    make_home, make_peer, rose, letter, tmp_path
):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose, letter))
    away = tmp_path / "away"
    letter.rename(away)
    await home.online()
    failed = await until_failed(home, id)
    assert failed.error[0] == "FileError"
    assert "letter.txt" in failed.error[1]
    arrived = await until_state(home, (await of_entry(home, id))[rose.name].id, "done")
    assert await read_nothing(peer, home)
    away.rename(letter)
    await home.call(BLOG, "retry", "", "", id, {})
    mine = await until_entry(home, id, "published")
    assert mine.attachments[0].url == arrived.url  # it was there already
    found = (await read(peer, home.jid))[id]
    assert await fetched(found.links[1].href) == LETTER


async def test_a_file_that_changed_meanwhile_fails_its_entry(make_home, make_peer, rose):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose))
    rose.write_bytes(ROSE + b"more")
    await home.online()
    assert (await until_failed(home, id)).error[0] == "FileChanged"
    assert await read_nothing(peer, home)


async def read_nothing(peer, home):
    other = await published_beside(home, "other")
    return set(await read(peer, home.jid)) == {other}


async def test_resuming_the_last_file_that_failed_has_its_entry_wait_again(
    make_home, make_peer, rose, letter
):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose, letter))
    moved = await of_entry(home, id)
    for each in moved.values():
        await home.call(names.FILES, "cancel", each.id)
    assert (await until_failed(home, id)).error[0] == "NotAllowed"
    await home.call(names.FILES, "resume", moved[rose.name].id)
    assert (await got(home, id)).state == "failed"
    await home.call(names.FILES, "resume", moved["letter.txt"].id)
    assert (await got(home, id)).state == "pending"
    await home.online()
    await until_entry(home, id, "published")
    (found,) = (await read(peer, home.jid)).values()
    assert len(found.links) == 2


async def test_a_discarded_entry_takes_its_files_along(make_home, make_peer, rose):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose))
    (moved,) = (await of_entry(home, id)).values()
    await home.call(BLOG, "discard", "", "", id, {})
    await until_state(home, moved.id, "cancelled")
    with pytest.raises(NotAllowed, match="gone"):
        await home.call(names.FILES, "resume", moved.id)
    await home.online()
    assert await read_nothing(peer, home)


async def test_a_change_that_is_discarded_leaves_the_entry_with_the_files_it_had(
    make_home, make_peer, rose, letter
):
    home, peer = await (await make_home()).online(), await make_peer()
    mine = await published(home, with_files(rose))
    await home.session.disconnect()
    await publish(home, {"id": mine.id, "files": [str(letter)]})
    assert [each.title for each in (await got(home, mine.id)).attachments] == [
        rose.name, "letter.txt",
    ]  # fmt: skip
    await home.call(BLOG, "discard", "", "", mine.id, {})
    assert (await got(home, mine.id)).attachments == mine.attachments
    await home.online()
    assert await until_all_are_over(home)
    (found,) = (await read(peer, home.jid)).values()
    assert [each.title for each in found.links] == [rose.name]


async def until_all_are_over(home):
    async def are_over():
        return all(each.state in ("done", "cancelled") for each in await transfers(home))

    return await home.until(are_over)


async def test_a_change_keeps_the_files_that_are_on_their_way_still(
    make_home, make_peer, rose, letter
):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose))
    await publish(home, {"id": id, "title": "better", "files": [str(letter)]})
    await home.online()
    await until_entry(home, id, "published")
    (found,) = (await read(peer, home.jid)).values()
    assert found.title == "better"
    assert [await fetched(each.href) for each in found.links] == [ROSE, LETTER]


async def test_other_files_instead_have_the_ones_before_cancelled(
    make_home, make_peer, rose, letter
):
    home, peer = await make_home(), await make_peer()
    id = await publish(home, with_files(rose))
    (before,) = (await of_entry(home, id)).values()
    await publish(home, {"id": id, "enclosures": [], "files": [str(letter)]})
    await until_state(home, before.id, "cancelled")
    await home.online()
    await until_entry(home, id, "published")
    (found,) = (await read(peer, home.jid)).values()
    assert [each.title for each in found.links] == ["letter.txt"]


async def test_a_retracted_entry_that_waits_for_files_is_gone_with_them(make_home, rose):
    home = await make_home()
    id = await publish(home, with_files(rose))
    (moved,) = (await of_entry(home, id)).values()
    await home.call(BLOG, "retract", "", "", id, {})
    await until_state(home, moved.id, "cancelled")


async def test_a_file_that_is_forgotten_can_not_go_again_with_its_entry(make_home, rose):
    home = await make_home()
    id = await publish(home, with_files(rose))
    (moved,) = (await of_entry(home, id)).values()
    await home.call(names.FILES, "cancel", moved.id)
    await home.call(names.FILES, "remove", moved.id)
    with pytest.raises(NotAllowed, match="anew"):
        await home.call(BLOG, "retry", "", "", id, {})
    assert (await got(home, id)).state == "failed"


async def test_files_are_taken_open_and_small_ones_published_also_after_a_restart(
    make_home, make_peer, rose, letter, monkeypatch
):
    home, peer = await (await make_home()).online(), await make_peer()

    async def post(names_of=("r.png", "l.txt")):
        with (
            Descriptor(os.open(rose, os.O_RDONLY)) as first,
            Descriptor(os.open(letter, os.O_RDONLY)) as second,
        ):
            given = ["", "", {"title": "t"}, [first, second], list(names_of)]
            return await home.call(BLOG, "publish_handles", *given)

    mine = await until_entry(home, await post(), "published")
    assert [await fetched(each.url) for each in mine.attachments] == [ROSE, LETTER]
    assert [each.title for each in mine.attachments] == ["r.png", "l.txt"]
    with pytest.raises(InvalidArgument):
        await post(["only one"])
    await home.session.disconnect()
    later = await post()
    monkeypatch.setattr("backendd.files.copies.MOST", 0)
    lost = await post()
    await home.leave()
    await home.come_back()
    await home.online()
    assert (await until_failed(home, lost)).error[0] == "FileError"
    await until_entry(home, later, "published")
    assert set(await read(peer, home.jid)) == {mine.id, later}


async def test_a_folder_stands_for_its_files(make_home, rose, letter, tmp_path):
    home, folder = await make_home(), tmp_path / "trip"
    folder.mkdir()
    for each in (rose, letter):
        each.rename(folder / each.name)
    mine = await got(home, await publish(home, with_files(folder)))
    assert [each.title for each in mine.attachments] == [rose.name, "letter.txt"]


async def test_what_can_not_be_sent_is_said_before_anything_is_stored(make_home, tmp_path, rose):
    home = await make_home()
    for given, error in (
        ([tmp_path / "none"], FileError),
        (["relative.png"], InvalidArgument),
        ([rose] * 101, TooLarge),
    ):
        with pytest.raises(error):
            await publish(home, with_files(*given))
    with pytest.raises(InvalidArgument):
        await publish(home, {"title": "t", "files": 7})
    assert await home.count("entry") == await home.count("transfer") == 0


async def test_an_entry_has_no_more_links_than_are_read_again(make_home, rose):
    home = await make_home()
    enclosures = [{"url": f"https://a.example/{number}"} for number in range(MOST - 1)]
    mine = await got(home, await publish(home, {"title": "t", "enclosures": enclosures}))
    assert (len(mine.attachments), mine.comments_service) == (MOST - 1, home.jid)
    with pytest.raises(TooLarge):
        await publish(home, {"id": mine.id, "files": [str(rose)]})


async def test_what_is_too_large_for_the_server_is_refused_at_once(make_home, tmp_path):
    home = await (await make_home()).online()
    large = tmp_path / "large.png"
    with large.open("wb") as opened:
        opened.truncate(101 * 1024 * 1024)
    with pytest.raises(TooLarge, match=r"large\.png.*105 MB"):
        await publish(home, with_files(large))
    assert await home.count("entry") == await home.count("transfer") == 0


async def test_the_same_token_puts_the_same_files_there_once(make_home, rose):
    home = await make_home()
    first = await publish(home, with_files(rose), token="once")
    assert await publish(home, with_files(rose), token="once") == first
    assert len(await transfers(home)) == 1


async def test_an_entry_that_is_but_files_is_called_as_the_first_of_them(make_home, rose):
    home = await make_home()
    mine = await got(home, await publish(home, {"files": [str(rose)]}))
    assert mine.title == mine.attachments[0].title == rose.name


async def test_where_the_server_takes_no_files_that_is_said(make_home, rose, tmp_path):
    with Prosody(tmp_path / "bare") as server:
        home = await (await make_home(server=server)).online()
        with pytest.raises(NotSupported):
            await publish(home, with_files(rose))


PICTURE = {"url": "https://a.example/b.png", "mime": "image/png", "title": "b"}


@pytest.mark.every_server
async def test_in_a_gallery_each_post_has_a_picture(make_home, make_peer, rose):
    home, peer = await (await make_home()).online(), await make_peer()
    await home.call(BLOG, "create_node", "", "photos", {"gallery": True})
    own = await make_peer(home.account, resource="other")
    asked = f"<pubsub xmlns='{PUBSUB}#owner'><configure node='photos'/></pubsub>"
    info = await own.ask("get", home.jid, asked)
    assert GALLERY in "".join(info.itertext())
    mine = await published(home, with_files(rose), node="photos")
    other = await published(home, {"title": "t", "enclosures": [PICTURE]}, node="photos")
    id = await publish(home, {"title": "t", "body": "no picture"}, node="photos")
    failed = await until_entry(home, id, "failed", node="photos")
    assert failed.error[0] == "NotAllowed"
    assert "picture" in failed.error[1]
    assert set(await read(peer, home.jid, "photos")) == {mine.id, other.id}


async def test_the_own_blog_can_be_no_gallery(make_home):
    home = await (await make_home()).online()
    with pytest.raises(InvalidArgument):
        await home.call(BLOG, "create_node", "", "", {"gallery": True})


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript://a", "no address"])
async def test_an_enclosure_that_nobody_can_fetch_is_refused(make_home, url):
    home = await make_home()
    with pytest.raises(InvalidArgument):
        await publish(home, {"title": "t", "enclosures": [{"url": url}]})


@pytest.mark.every_server
async def test_a_file_is_taken_off_an_entry_and_the_others_stay_in_the_order_they_are_named(
    make_home, make_peer, rose, letter, tmp_path
):
    home, peer = await (await make_home()).online(), await make_peer()
    third = tmp_path / "third.txt"
    third.write_bytes(LETTER + b"!")
    mine = await published(home, with_files(rose, letter, third))
    source, _ = await home.call(BLOG, "source", "", "", mine.id, {})
    assert [(each["title"], each["size"]) for each in source["enclosures"]] == [
        (rose.name, len(ROSE)), ("letter.txt", len(LETTER)), ("third.txt", len(LETTER) + 1),
    ]  # fmt: skip
    kept = [{"url": each.url} for each in reversed(mine.attachments) if each.title != "letter.txt"]
    changed = await published(home, {"id": mine.id, "enclosures": kept, "files": [str(letter)]})
    (found,) = (await read(peer, home.jid)).values()
    assert [(each.title, each.type, each.length) for each in found.links] == [
        ("third.txt", "text/plain", len(LETTER) + 1), (rose.name, "image/png", len(ROSE)),
        ("letter.txt", "text/plain", len(LETTER)),
    ]  # fmt: skip
    assert [each.href for each in found.links][:2] == [each["url"] for each in kept]
    assert await fetched(found.links[2].href) == LETTER
    assert [each.title for each in changed.attachments] == [each.title for each in found.links]
    await published(home, {"id": mine.id, "enclosures": []})
    (bare,) = (await read(peer, home.jid)).values()
    assert not bare.links


async def test_what_a_change_does_not_tell_of_files_leaves_all_of_them(make_home, rose, letter):
    home = await (await make_home()).online()
    mine = await published(home, with_files(rose, letter))
    changed = await published(home, {"id": mine.id, "title": "better"})
    assert changed.attachments == mine.attachments
    source, _ = await home.call(BLOG, "source", "", "", mine.id, {})
    assert (await published(home, source)).attachments == mine.attachments


async def test_a_file_that_waits_is_kept_by_its_title_wherever_it_stands_then(
    make_home, make_peer, rose, letter, tmp_path
):
    home, peer = await make_home(), await make_peer()
    third = tmp_path / "third.txt"
    third.write_bytes(LETTER + b"!")
    id = await publish(home, with_files(rose, letter, third))
    before = await of_entry(home, id)
    kept = [{"title": "third.txt"}, {"title": rose.name}]
    await publish(home, {"id": id, "enclosures": kept})
    await until_state(home, before["letter.txt"].id, "cancelled")
    assert {name: each.id for name, each in (await of_entry(home, id)).items()} == {
        name: before[name].id for name in ("third.txt", rose.name)
    }
    waiting = await got(home, id)
    assert [(each.title, each.transfer) for each in waiting.attachments] == [
        (name, before[name].id) for name in ("third.txt", rose.name)
    ]
    await home.crash()
    await home.come_back()
    await home.online()
    await until_entry(home, id, "published")
    (found,) = (await read(peer, home.jid)).values()
    assert [await fetched(each.href) for each in found.links] == [LETTER + b"!", ROSE]
    with pytest.raises(InvalidArgument):
        await publish(home, {"id": id, "enclosures": [{"title": "letter.txt"}]})


async def test_a_file_that_has_its_address_by_now_is_kept_by_its_title_as_well(make_home, rose):
    home = await make_home()
    id = await publish(home, with_files(rose))
    source, _ = await home.call(BLOG, "source", "", "", id, {})
    assert [each["url"] for each in source["enclosures"]] == [""]
    await home.online()
    mine = await until_entry(home, id, "published")
    assert (await published(home, source)).attachments == mine.attachments
