"""Us, and a friend with another program."""

import asyncio
from pathlib import Path

from backendd.api import names
from tests.features.test_offers import until_offered
from tests.features.test_uploads import until_state


async def at_home(make_home, friends):
    """Return our home, online, once the `friend` of it is seen to be there."""
    ours, theirs = friends
    home = await (await make_home(ours)).online()
    home.friend = home.jid.replace(ours, theirs)

    async def is_there():
        listed = await home.call(names.ROSTER, "list")
        return any(each.jid == home.friend and each.resources for each in listed)

    await home.until(is_there)
    return home


async def taken(home, path):
    """Return the transfer of a file like `path` that the friend offers, and we take."""
    size = len(await asyncio.to_thread(path.read_bytes))
    directory = path.with_name("received")
    directory.mkdir(exist_ok=True)
    offer = await until_offered(home)
    assert (offer.name, offer.size, offer.peer) == (path.name, size, home.friend)
    await home.call(names.FILES, "accept", offer.id, str(directory))
    return await until_state(home, offer.id, "done", "failed")


async def downloaded(home, message, path):
    """Return where the file of a message is, which is like `path`."""
    directory = path.with_name("downloaded")
    directory.mkdir()
    id = await home.call(names.FILES, "download", message.id, 0, str(directory))
    done = await until_state(home, id, "done", "failed")
    assert (done.state, done.error) == ("done", ("", ""))
    return done.path


def same(received, sent):
    """Return whether a file is as it was sent."""
    return Path(received).read_bytes() == sent.read_bytes()
