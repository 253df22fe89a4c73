"""Streams that the server closes over what it was sent: told, and not simply repeated."""

import asyncio
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from backendd.xmpp.account import StreamClosed
from backendd.xmpp.names import MESSAGE
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, message, messages
from tests.backendd.xmpp.scripted import Script, Scripted

TO = "peer@s.localhost"
ACTIVE = "{urn:xmpp:csi:0}active"


async def _no_record(sm_id: str, first: int) -> None:
    return None


def _is_bad(body: str) -> bool:
    return body.startswith("bad")


@pytest.mark.parametrize("bodies", [["bad"], ["good", "bad", "behind it"]])
async def test_what_the_server_closed_the_stream_over_is_told_and_left_to_the_owner(
    opened: Opener, tmp_path: Path, bodies: list[str]
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(refuses=_is_bad)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        sm_id = stream.sm_id
        await stream.send_batch(messages(TO, bodies), _no_record)
        await owner.until(lambda: owner.sessions == [False, True])
        assert owner.refusals == [StreamClosed(sm_id, is_lone=len(bodies) == 1, is_kept=False)]
        assert server.refused == 1
        assert stream.sm_id == sm_id
        # What the server has is told first; the numbers go on behind it.
        assert owner.acked == {sm_id: len(bodies) // 2}
        stream.send(message(TO, "after"))
        await owner.until(lambda: owner.acked[sm_id] == len(bodies) // 2 + 1)
        assert [each.tag for each in server.client.elements].count(MESSAGE) == 1


@pytest.mark.parametrize("condition", ["", "system-shutdown"])
async def test_a_connection_that_ends_for_another_reason_accuses_nothing(
    opened: Opener, tmp_path: Path, condition: str
):
    owner, script = Owner(announce=False), Script(refuses=_is_bad, condition=condition)
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        await stream.send_batch(messages(TO, ["bad"]), _no_record)
        await server.until(lambda: server.refused == 1)
        script.refuses = lambda _: False
        await owner.until(lambda: owner.sessions == [False, True])
        await server.until(lambda: server.messages == ["bad"])
        assert all(refusal.is_kept for refusal in owner.refusals)


async def test_what_ends_the_resumed_stream_as_well_is_told(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(refuses=_is_bad, condition="")) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        sm_id = stream.sm_id
        await stream.send_batch(messages(TO, ["bad"]), _no_record)
        await owner.until(lambda: owner.sessions == [False, False])
        assert server.refused == 2
        assert owner.refusals == [
            StreamClosed(sm_id, is_lone=False, is_kept=True),
            StreamClosed(sm_id, is_lone=True, is_kept=False),
        ]


async def test_what_is_suspected_is_told_as_soon_as_the_connection_is_closed_without_a_word(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(refuses=_is_bad, condition="")) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        sm_id = stream.sm_id
        await stream.send_batch(messages(TO, ["bad"]), _no_record, alone=True)
        await owner.until(lambda: owner.sessions == [False, True])
        assert server.refused == 1
        assert owner.refusals == [StreamClosed(sm_id, is_lone=True, is_kept=False)]


async def test_what_is_sent_alone_has_nothing_unacknowledged_before_or_behind_it(
    opened: Opener, tmp_path: Path
):
    owner, script = Owner(announce=False), Script(acknowledges=False)
    async with Scripted(tmp_path, script) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        stream.send(message(TO, "before"))
        recorded: list[int] = []

        async def record(sm_id: str, first: int) -> None:
            recorded.append(first)

        sending = asyncio.get_running_loop().create_task(
            stream.send_batch(messages(TO, ["alone"]), record, alone=True)
        )
        await server.until(lambda: server.messages == ["before"])
        assert not recorded
        server.acknowledge()
        await server.until(lambda: server.messages == ["before", "alone"])
        assert recorded == [2]
        stream.send(message(TO, "behind"))
        # No stanza, so written at once: behind it, if that was.
        stream.send(Element(ACTIVE))
        await server.until(lambda: server.client.elements[-1].tag == ACTIVE)
        assert server.messages == ["before", "alone"]
        server.acknowledge()
        await sending
        await server.until(lambda: server.messages == ["before", "alone", "behind"])


async def test_without_stream_management_the_answer_to_a_ping_ends_the_solitude(
    opened: Opener, tmp_path: Path
):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(management=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        for body in ("one", "two"):
            await stream.send_batch(messages(TO, [body]), _no_record, alone=True)
        assert server.messages == ["one", "two"]
