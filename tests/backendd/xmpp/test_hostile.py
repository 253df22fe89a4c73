"""What peers send must cost nothing but itself."""

from pathlib import Path

import pytest

from backendd.xmpp.parser import STANZA_BYTES
from backendd.xmpp.states import State
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner
from tests.backendd.xmpp.scripted import Script, Scripted

R = "<r xmlns='urn:xmpp:sm:3'/>"

STRANGE = {
    "an emoji nick": "<message from='room@s.localhost/\U0001f37a' type='groupchat'>"
    "<body>cheers</body></message>",
    "an impossible address": "<message from='@@//'><body>x</body></message>",
    "no sender": "<message><body>x</body></message>",
    "an unknown type": "<message from='a@b' type='\u202e'><body>x</body></message>",
    "an unknown namespace": "<message from='a@b' xmlns:y='urn:y' y:z='1'><y:w/></message>",
    "an empty presence": "<presence/>",
    "an iq of no type": "<iq from='a@b' id='1'/>",
    "an iq that asks nothing": "<iq from='a@b' id='1' type='get'/>",
    "an iq from an impossible address": "<iq from='@@//' id='1' type='get'><query xmlns='x'/></iq>",
    "an answer nobody asked for": "<iq from='a@b' id='nope' type='result'/>",
    "an error without a condition": "<iq from='a@b' id='nope' type='error'/>",
    "an abyss": "<message from='a@b'>" + "<x>" * 5000 + "</x>" * 5000 + "</message>",
}


def _chat(body: str) -> str:
    return f"<message from='peer@s.localhost/x' type='chat'><body>{body}</body></message>"


@pytest.mark.parametrize("stanza", STRANGE.values(), ids=STRANGE.keys())
async def test_a_strange_stanza_counts_and_harms_no_other(
    opened: Opener, tmp_path: Path, stanza: str
):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("before") + stanza + _chat("after") + R)
        await server.until(lambda: server.client.acks()[-1:] == [3])
        assert owner.bodies[0] == "before"
        assert owner.bodies[-1] == "after"
        assert stream.state == State.ONLINE
        assert owner.states == [State.CONNECTING, State.ONLINE]


async def test_a_giant_is_dropped_and_acknowledged(opened: Opener, tmp_path: Path):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("x" * (STANZA_BYTES + 100)) + _chat("after") + R)
        await server.until(lambda: server.client.acks() == [2])
        assert owner.bodies == ["after"]
        assert stream.state == State.ONLINE


@pytest.mark.parametrize(
    "rubbish",
    [
        "<!DOCTYPE x [<!ENTITY e 'AAAA'>]><message><body>&e;</body></message>",
        "<message><body>&e;</body></message>",
        "<message></presence>",
        "HTTP/1.1 400 Bad Request\r\n\r\n<",
    ],
)
async def test_what_is_no_xmpp_ends_the_connection_and_nothing_else(
    opened: Opener, tmp_path: Path, rubbish: str
):
    owner = Owner()
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        server.client.send(_chat("before") + rubbish)
        await owner.until(lambda: owner.sessions == [False, True])
        server.client.send(_chat("after"))
        await owner.until(lambda: owner.bodies == ["before", "after"])
        assert "broke the stream" in str(owner.errors[0])


async def test_a_flood_of_questions_is_answered_within_bounds(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path, Script()) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        count = 500
        server.client.send(
            "".join(
                f"<iq from='a@b/c' id='q{n}' type='get'><ping xmlns='urn:xmpp:ping'/></iq>"
                for n in range(count)
            )
        )
        await server.until(
            lambda: (
                sum(each.get("id", "").startswith("q") for each in server.client.elements) == count
            )
        )
        assert stream.state == State.ONLINE
