"""Files that are fetched as they come: each once, and only when it comes."""

from dataclasses import replace

from backendd.api import attachments, names
from backendd.config import Files
from backendd.core import sharing, xml
from backendd.core.shared_files import SharedFile
from backendd.files.policy import ASKED
from tests.backendd.files.webserver import serving
from tests.features.test_downloads import downloads
from tests.features.test_handed_downloads import Stalling
from tests.features.test_replies import talking
from tests.features.test_uploads import transfers, until_state

__all__ = ["downloads"]


async def told(home, peer, name, url=""):
    """Return the message by which the peer tells of a file."""
    stanza = xml.element(xml.CLIENT, "message", {"to": home.jid, "type": "chat", "id": name})
    url = url or f"https://files.test.invalid/{name}"
    sharing.put(stanza, [SharedFile(name=name, size=1_000_000, addresses=(url,))])
    peer.stream.send(stanza)

    async def came():
        found = await home.messages(peer.jid)
        return next((m for m in found if any(f.name == name for f in attachments.of(m))), None)

    return await home.until(came)


async def fetched(home, count):
    """Return the names of what is, or was, fetched, once there are so many."""

    async def are_there():
        found = await transfers(home)
        return [each.name for each in found] if len(found) >= count else None

    return await home.until(are_there)


async def test_what_was_there_before_a_restart_is_not_fetched_after_it(make_home, make_peer):
    home, peer, _ = await talking(make_home, make_peer)
    await home.call(names.ROSTER, "set", peer.jid, "Peer", [])
    message = await told(home, peer, "old.png")
    await home.leave()
    home.config = replace(home.config, files=Files(fetch_up_to_mb=2))
    await home.come_back()
    await home.online()
    await home.call(names.MESSAGES, "react", message.id, ["\U0001f408"])
    await told(home, peer, "new.png")
    assert await fetched(home, 1) == ["new.png"]


async def test_a_server_that_is_slow_holds_up_nothing_that_is_asked_for(
    make_home, make_peer, downloads, monkeypatch
):
    # As if this machine were out in the Internet.
    monkeypatch.setattr("backendd.features.downloads.fetching.UNASKED", ASKED)
    monkeypatch.setattr("backendd.features.downloads.fetching.UNASKED_S", 0.5)
    home, peer, _ = await talking(make_home, make_peer)
    await home.call(names.ROSTER, "set", peer.jid, "Peer", [])
    home.inside.config = replace(home.config, files=Files(fetch_up_to_mb=2))
    async with serving(Stalling()) as server:
        await told(home, peer, "slow.png", server.url())
        await fetched(home, 1)
        (slow,) = await transfers(home)
        failed = await until_state(home, slow.id, "failed")
    assert failed.error == ("Timeout", "it took too long; fetch it yourself if you want it")
