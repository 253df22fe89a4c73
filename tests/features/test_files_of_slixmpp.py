"""Files to and from a client of another library: nothing of how they go is shared with ours."""

import io
from xml.etree.ElementTree import fromstring, tostring

import pytest

from backendd.api import attachments, names
from backendd.files.encryption import EncryptedSource
from backendd.files.sources import Source
from tests.backendd.files.test_encryption import everything
from tests.backendd.files.webserver import serving
from tests.features.slixmpp_client import CONTENT, file, other
from tests.features.test_downloads import certified, download, downloads
from tests.features.test_offers import OFFER, until_offered
from tests.features.test_uploads import fetched, send, transfers, until_state

__all__ = ["certified", "downloads", "file", "other"]


async def received(home, peer, downloads):
    """Return the content of the file that a message of the peer tells of, fetched."""

    async def came():
        return next((m for m in await home.messages(peer) if attachments.of(m)), None)

    id = await download(home, await home.until(came))
    done = await until_state(home, id, "done", "failed")
    assert done.state == "done", done.error
    return (downloads / done.name).read_bytes()


@pytest.mark.every_server
async def test_what_it_puts_on_the_server_is_fetched(make_home, other, file, downloads):
    home = await (await make_home()).online()
    other.tell(home.jid, await other.upload(file))
    assert await received(home, other.jid, downloads) == CONTENT


@pytest.mark.every_server
async def test_what_we_put_on_the_server_is_told_to_it(make_home, other, file):
    home = await (await make_home()).online()
    await until_state(home, await send(home, other.jid, file), "done")
    await other.until(lambda: other.messages)
    assert await fetched(other.messages[-1]["oob"]["url"]) == CONTENT


async def test_what_it_encrypts_is_read(make_home, other, downloads, certified):
    sealed, fragment = other.client.plugin["xep_0454"].encrypt(io.BytesIO(CONTENT))

    async def giving(asked):
        await asked.say("200 OK", body=sealed)

    home = await (await make_home()).online()
    async with serving(giving, tls=certified, called="localhost") as web:
        url = other.client.plugin["xep_0454"].format_url(web.url("/letter.txt"), fragment)
        other.say(home.jid, url)
        assert await received(home, other.jid, downloads) == CONTENT


async def test_what_we_encrypt_is_read_by_it(other, file):
    async with await Source.at(str(file)) as source:
        encrypted = EncryptedSource(source)
        sealed = await everything(encrypted)
    fragment = encrypted.address("https://x.example/letter.txt").partition("#")[2]
    assert other.client.plugin["xep_0454"].decrypt(io.BytesIO(sealed), fragment) == CONTENT


@pytest.fixture
async def home(make_home, other):
    """A home that lets the other one see it, and sees it."""
    home = await (await make_home()).online()
    other.client.send_presence_subscription(home.jid)

    async def is_asked():
        asked = await home.call(names.ROSTER, "requests")
        return other.jid in {each.jid for each in asked}

    await home.until(is_asked)
    await home.call(names.ROSTER, "approve", other.jid)
    await home.call(names.ROSTER, "subscribe", other.jid)

    async def is_seen():
        listed = await home.call(names.ROSTER, "list")
        return any(each.jid == other.jid and each.resources for each in listed)

    await home.until(is_seen)
    return home


@pytest.mark.parametrize("block", [999, 4096, 65535])
async def test_what_it_brings_in_blocks_arrives(home, other, tmp_path, block):
    offer = OFFER.format(name="letter.txt").replace("<size>5<", f"<size>{len(CONTENT)}<")
    offer = offer.replace("block-size='4096'", f"block-size='{block}'")
    client = home.inside.stream.full_jid
    await other.ask(client, offer)
    taken = await until_offered(home)
    await home.call(names.FILES, "accept", taken.id, str(tmp_path))
    await other.until(lambda: other.action("session-accept") is not None)
    transport = other.action("session-accept").find(".//{*}transport")
    agreed = int(transport.get("block-size"))
    assert agreed <= block
    await other.give(client, transport.get("sid"), CONTENT, agreed)
    done = await until_state(home, taken.id, "done")
    assert (done.method, (tmp_path / "letter.txt").read_bytes()) == ("jingle-ibb", CONTENT)
    await other.until(lambda: other.action("session-terminate") is not None)
    assert other.action("session-terminate").find(".//{*}success") is not None


@pytest.mark.every_server
async def test_of_several_files_in_one_session_each_is_taken_or_refused(home, other, tmp_path):
    client, opening = home.inside.stream.full_jid, OFFER[: OFFER.index("<content")]
    await other.ask(client, f"{opening}{_content('a.txt')}{_content('b.txt')}</jingle>")
    added = opening.replace("session-initiate", "content-add")

    async def offered():
        found = {each.name: each for each in await transfers(home) if each.state == "offered"}
        return found if len(found) == 2 else None

    found = await home.until(offered)
    await home.call(names.FILES, "reject", found["a.txt"].id)
    await other.until(lambda: other.action("content-remove") is not None)
    await other.ask(client, f"{added}{_content('c.txt')}</jingle>")
    found |= await home.until(offered)
    for name, action in (("b.txt", "session-accept"), ("c.txt", "content-accept")):
        await home.call(names.FILES, "accept", found[name].id, str(tmp_path))
        await other.until(lambda action=action: other.action(action) is not None)
        block = int(other.action(action).find(".//{*}transport").get("block-size"))
        await other.give(client, f"of {name}", CONTENT, block)
        await until_state(home, found[name].id, "done")
    await other.until(lambda: other.action("session-terminate") is not None)
    assert other.action("session-terminate").find(".//{*}success") is not None
    assert [each.state for each in await transfers(home)].count("cancelled") == 1
    for name in ("b.txt", "c.txt"):
        assert (tmp_path / name).read_bytes() == CONTENT
    assert len([m for m in await home.messages(other.jid) if attachments.of(m)]) == 3


def _content(name):
    """Return the offer of a file in a session, by a stream that is called after it."""
    offer = OFFER[OFFER.index("<content") : OFFER.index("</jingle>")].format(name=name)
    offer = offer.replace("name='file'", f"name='{name}'").replace("sid='i'", f"sid='of {name}'")
    return offer.replace("<size>5<", f"<size>{len(CONTENT)}<")


async def test_what_we_bring_in_blocks_arrives_there(home, other, file):
    id = await send(home, other.jid, file, method="jingle-ibb")
    await other.until(lambda: other.action("session-initiate") is not None)
    offered = fromstring(tostring(other.action("session-initiate")))
    offered.set("action", "session-accept")
    offered.set("responder", other.client.boundjid.full)
    client = home.inside.stream.full_jid
    await other.ask(client, offered)
    await other.until(lambda: other.is_closed)
    assert other.read == CONTENT
    offered[:] = [fromstring("<reason xmlns='urn:xmpp:jingle:1'><success/></reason>")]
    offered.set("action", "session-terminate")
    await other.ask(client, offered)
    await until_state(home, id, "done")
