"""Files from client to client, received into what a caller has opened."""

import os

import pytest

from backendd.api import names
from backendd.api.descriptors import Descriptor
from tests.features.test_downloads import coming
from tests.features.test_offers import make_friends, until_offered
from tests.features.test_uploads import send, until_state

__all__ = ["make_friends"]


@pytest.mark.parametrize("canceller", ["sender", "receiver"])
async def test_nothing_stays_of_what_is_cancelled(make_friends, tmp_path, canceller):
    one, other = await make_friends()
    large, path = tmp_path / "large", tmp_path / "mine"
    large.write_bytes(bytes(20_000_000))
    path.write_bytes(b"before")
    id = await send(one, other.jid, large, method="jingle-ibb")
    offer = await until_offered(other)
    with Descriptor(os.open(path, os.O_WRONLY | os.O_APPEND)) as opened:
        await other.call(names.FILES, "accept_handle", offer.id, opened)
    await coming(other)(0)
    if canceller == "sender":
        await one.call(names.FILES, "cancel", id)
        failed = await until_state(other, offer.id, "failed")
        assert failed.error == ("NotAllowed", f"{one.jid} cancelled the transfer")
    else:
        await other.call(names.FILES, "cancel", offer.id)
        await until_state(one, id, "failed")
    assert path.read_bytes() == b"before"


async def test_what_was_not_to_go_on_there_is_asked_for_to_where_downloads_belong(
    make_friends, tmp_path, monkeypatch
):
    downloads = tmp_path / "downloads"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(downloads))
    one, other = await make_friends()
    large, path = tmp_path / "large", tmp_path / "mine"
    large.write_bytes(bytes(20_000_000))
    await send(one, other.jid, large, method="jingle-ibb")
    offer = await until_offered(other)
    with Descriptor(os.open(path, os.O_WRONLY | os.O_CREAT)) as opened:
        await other.call(names.FILES, "accept_handle", offer.id, opened)
    await coming(other)(0)
    await other.call(names.FILES, "cancel", offer.id)
    await other.call(names.FILES, "resume", offer.id)
    done = await until_state(other, offer.id, "done")
    assert done.path == str(downloads / "large")
    assert path.read_bytes() == b""
