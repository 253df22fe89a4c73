"""Files to and from Dino, a program that shares no code with ours."""

import os

import pytest

from backendd.api import attachments, names
from tests.features.test_attachments import until_files
from tests.features.test_offers import until_offered
from tests.features.test_uploads import send, transfer, until_state
from tests.lab.programs import dino
from tests.lab.programs.world import missing
from tests.programs.conftest import MOST_UPLOADED
from tests.programs.friends import at_home, downloaded, same, taken

MISSING = missing(dino.PACKAGE)
SMALL, SIZE = MOST_UPLOADED // 2, 3_000_000
LARGE = 6_000_000
"""From five megabytes on, Dino asks before it takes a file of a contact."""
ENDLESS = 2_000_000_000
"""Dino reads a kilobyte at a time: that it is through with this first is out of the question."""

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "from us.bin"
    path.write_bytes(os.urandom(SIZE))
    return path


@pytest.fixture
async def home(with_dino, make_home, friends):
    """Us, who see Dino's user, as they see us."""
    home = await at_home(make_home, friends)
    await with_dino.until_seen(home.inside.stream.full_jid.partition("/")[2])
    return home


async def received(home, dino, path, *, size):
    """Return the transfer of a file that comes from Dino, and which we take."""
    path.write_bytes(os.urandom(size))
    await dino.send(path)
    return await taken(home, path)


async def test_a_file_that_the_server_does_not_take_goes_to_dino(with_dino, home, file):
    id = await send(home, home.friend, file)
    done = await until_state(home, id, "done", "failed")
    assert (done.state, done.method, done.error) == ("done", "jingle-s5b", ("", ""))
    theirs = await with_dino.until_file(file.name, "complete")
    assert theirs.path.read_bytes() == file.read_bytes()


async def test_a_file_comes_from_dino(with_dino, home, tmp_path):
    path = tmp_path / "from them.bin"
    done = await received(home, with_dino, path, size=SIZE)
    assert (done.state, done.method, done.error) == ("done", "jingle-s5b", ("", ""))
    assert same(done.path, path)


async def test_a_file_goes_to_dino_by_the_servers_proxy(by_proxy, with_dino, home, file):
    id = await send(home, home.friend, file, method="jingle-s5b")
    done = await until_state(home, id, "done", "failed")
    assert (done.state, done.method, done.error) == ("done", "jingle-s5b", ("", ""))
    theirs = await with_dino.until_file(file.name, "complete")
    assert theirs.path.read_bytes() == file.read_bytes()


async def test_a_file_comes_from_dino_by_the_servers_proxy(by_proxy, with_dino, home, tmp_path):
    path = tmp_path / "from them.bin"
    done = await received(home, with_dino, path, size=SIZE)
    assert (done.state, done.method, done.error) == ("done", "jingle-s5b", ("", ""))
    assert same(done.path, path)


async def test_a_file_comes_from_dino_in_band(in_band, with_dino, home, tmp_path):
    path = tmp_path / "from them.bin"
    done = await received(home, with_dino, path, size=200_001)
    assert (done.state, done.method, done.error) == ("done", "jingle-ibb", ("", ""))
    assert same(done.path, path)


async def test_what_dino_can_bring_in_no_way_ends_with_a_sentence(
    by_no_way, with_dino, home, tmp_path
):
    failed = await received(home, with_dino, tmp_path / "from them.bin", size=SIZE)
    assert failed.state == "failed"
    kind, sentence = failed.error
    assert kind == "HostUnreachable"
    assert sentence.startswith(f"no connection to {home.friend} can be made")


async def test_what_we_decline_is_over_for_dino_too(with_dino, home, tmp_path):
    path = tmp_path / "from them.bin"
    path.write_bytes(os.urandom(SIZE))
    await with_dino.send(path)
    offer = await until_offered(home)
    await home.call(names.FILES, "reject", offer.id)
    assert (await transfer(home, offer.id)).state == "cancelled"
    done = await received(home, with_dino, tmp_path / "another.bin", size=SIZE)
    assert (done.state, done.error) == ("done", ("", ""))


async def test_a_large_file_waits_until_dinos_user_takes_it(with_dino, home, file):
    file.write_bytes(os.urandom(LARGE))
    id = await send(home, home.friend, file, method="jingle-s5b")
    await with_dino.until_file(file.name, "not started")
    assert (await transfer(home, id)).state == "offered"
    await with_dino.take_last()
    done = await until_state(home, id, "done", "failed")
    assert (done.state, done.error) == ("done", ("", ""))
    theirs = await with_dino.until_file(file.name, "complete")
    assert theirs.path.read_bytes() == file.read_bytes()


async def test_an_offer_that_we_take_back_can_be_made_to_dino_again(with_dino, home, file):
    file.write_bytes(os.urandom(LARGE))
    id = await send(home, home.friend, file, method="jingle-s5b")
    await with_dino.until_file(file.name, "not started")
    await home.call(names.FILES, "cancel", id)
    assert (await transfer(home, id)).state == "cancelled"
    small = file.with_name("small.bin")
    small.write_bytes(os.urandom(SIZE))
    again = await send(home, home.friend, small, method="jingle-s5b")
    done = await until_state(home, again, "done", "failed")
    assert (done.state, done.error) == ("done", ("", ""))


async def test_a_file_that_dino_leaves_in_the_middle_of_has_failed(with_dino, home, file):
    with file.open("wb") as opened:
        opened.truncate(ENDLESS)
    id = await send(home, home.friend, file, method="jingle-s5b")
    await with_dino.until_file(file.name, "not started")
    await with_dino.take_last()
    await until_state(home, id, "running")
    with_dino.stop()
    failed = await until_state(home, id, "done", "failed")
    assert (failed.state, failed.error[0]) == ("failed", "HostUnreachable")


async def test_a_file_on_the_server_is_shown_by_dino(with_dino, home, file):
    file.write_bytes(os.urandom(SMALL))
    id = await send(home, home.friend, file)
    done = await until_state(home, id, "done", "failed")
    assert (done.state, done.method) == ("done", "http")
    theirs = await with_dino.until_file(file.name, "complete")
    assert theirs.path.read_bytes() == file.read_bytes()
    assert with_dino.bodies() == [done.url]


async def test_what_dino_puts_on_the_server_is_a_file_of_its_message(with_dino, home, tmp_path):
    path = tmp_path / "from them.bin"
    path.write_bytes(os.urandom(SMALL))
    await with_dino.send(path)
    message = await until_files(home, home.friend)
    (shared,) = attachments.of(message)
    assert shared.name == path.name
    assert message.body == shared.url
    assert same(await downloaded(home, message, path), path)
