"""The upload services of real servers (XEP-0363), as what sends and fetches meets them."""

import os

import pytest

from backendd.api.errors import BackendError, HostUnreachable, NotAllowed, TooLarge, UnknownItem
from backendd.files import answers
from backendd.files.policy import ASKED
from backendd.files.web import Web
from tests.backendd.files.memory import InMemory
from tests.backendd.session.peer import Peer

NS = "urn:xmpp:http:upload:0"
DATA = os.urandom(1_500_000)


@pytest.fixture
async def slot(server):
    """Call it for the two addresses of a slot for so many bytes, and what is sent along."""
    peer = await Peer(server, "alice").online(announce=False)
    service = f"upload.{server.domain}"

    async def ask(size):
        request = (
            f"<request xmlns='{NS}' filename='a b.bin' size='{size}' content-type='image/png'/>"
        )
        answer = await peer.ask("get", service, request)
        found = answer.find(f"{{{NS}}}slot")
        put, get = found.find(f"{{{NS}}}put"), found.find(f"{{{NS}}}get")
        sent_along = [(header.get("name"), header.text) for header in put]
        return put.get("url"), get.get("url"), sent_along

    yield ask
    await peer.close()


async def fetched(url, **more):
    async with Web().get(url, reach=ASKED, most=len(DATA), **more) as answer:
        return answer.told, b"".join([piece async for piece in answer])


@pytest.mark.every_server
async def test_what_was_put_is_fetched_whole_and_from_where_it_was_left(slot):
    put, get, headers = await slot(len(DATA))
    await Web().put(put, InMemory(DATA), slot_headers=headers, mime="image/png")
    told, data = await fetched(get)
    assert data == DATA
    assert told.size == len(DATA)
    assert told.name in ("a b.bin", "a_b.bin")  # ejabberd's slots have no blanks
    told, rest = await fetched(get, start=1_000_000, validator=told.validator)
    assert rest == DATA[told.start :]
    _, rest = await fetched(get, start=len(DATA))
    assert rest in (b"", DATA)


@pytest.mark.every_server
async def test_a_slot_takes_only_what_it_is_for(slot):
    put, get, headers = await slot(1000)
    with pytest.raises(BackendError) as caught:
        await Web().put(put, InMemory(DATA), slot_headers=headers, mime="image/png")
    assert isinstance(caught.value, NotAllowed | TooLarge | HostUnreachable), repr(caught.value)
    with pytest.raises((UnknownItem, NotAllowed)) as refused:
        await fetched(get)
    assert not answers.may_pass(refused.value)
