"""Files from Gajim, whose Jingle shares no code with ours or with Dino's.

It takes none: with each offer that comes, this version of it fails in its own code.
"""

import hashlib
import os

import pytest

from backendd.api import attachments, names
from tests.features.test_attachments import until_files
from tests.features.test_offers import until_offered
from tests.features.test_uploads import send, transfer, until_state
from tests.lab.programs import gajim
from tests.lab.programs.world import missing
from tests.programs.conftest import MOST_UPLOADED
from tests.programs.friends import at_home, downloaded, same, taken

MISSING = missing(gajim.PACKAGE)
LARGE = 50_000_000
"""In-band, Gajim sends four kilobytes at a time, and waits for each to be answered."""

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "from them.bin"
    path.write_bytes(os.urandom(1_000_001))
    return path


@pytest.fixture
async def home(with_gajim, make_home, friends):
    """Us, who see Gajim's user, as they see us."""
    home = await at_home(make_home, friends)
    await with_gajim.until_seen(home.inside.stream.full_jid)
    return home


async def test_a_file_comes_from_gajim_with_a_hash_that_we_say_we_know(with_gajim, home, file):
    await with_gajim.send(home.inside.stream.full_jid, file)
    digest = hashlib.sha3_512(file.read_bytes()).hexdigest()
    assert (await until_offered(home)).hash == f"sha3-512:{digest}"
    done = await taken(home, file)
    assert (done.state, done.method, done.error) == ("done", "jingle-s5b", ("", ""))
    assert same(done.path, file)
    await with_gajim.until_event("jingle-disconnected-received", "success")


async def test_a_file_comes_from_gajim_in_band(in_band, with_gajim, home, file):
    await with_gajim.send(home.inside.stream.full_jid, file)
    done = await taken(home, file)
    assert (done.state, done.method, done.error) == ("done", "jingle-ibb", ("", ""))
    assert same(done.path, file)
    await with_gajim.until_event("jingle-disconnected-received", "success")


async def test_gajim_hears_that_we_have_enough_of_a_file(in_band, with_gajim, home, file):
    file.write_bytes(os.urandom(LARGE))
    await with_gajim.send(home.inside.stream.full_jid, file)
    offer = await until_offered(home)
    await home.call(names.FILES, "accept", offer.id, str(file.parent))

    async def has_some():
        return (await transfer(home, offer.id)).done

    await home.until(has_some)
    await home.call(names.FILES, "cancel", offer.id)
    assert (await transfer(home, offer.id)).state == "cancelled"
    await with_gajim.until_event("jingle-ft-cancelled-received", "cancel")


async def test_gajim_hears_that_we_decline(with_gajim, home, file):
    await with_gajim.send(home.inside.stream.full_jid, file)
    offer = await until_offered(home)
    await home.call(names.FILES, "reject", offer.id)
    assert (await transfer(home, offer.id)).state == "cancelled"
    await with_gajim.until_event("jingle-disconnected-received", "decline")


async def test_what_gajim_puts_on_the_server_is_a_file_of_its_message(with_gajim, home, file):
    file.write_bytes(os.urandom(MOST_UPLOADED))
    await with_gajim.upload(home.jid, file)
    message = await until_files(home, home.friend)
    (shared,) = attachments.of(message)
    assert shared.name == file.name
    assert message.body == shared.url
    assert same(await downloaded(home, message, file), file)


async def test_a_file_on_the_server_is_one_for_gajim(with_gajim, home, file):
    file.write_bytes(os.urandom(MOST_UPLOADED))
    done = await until_state(home, await send(home, home.friend, file), "done", "failed")
    assert (done.state, done.method) == ("done", "http")
    await with_gajim.until_event("message-received", done.url)
