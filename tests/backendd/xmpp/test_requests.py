"""Questions and answers: from whom, in time, and in order."""

import asyncio
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from backendd.api.errors import (
    NotAllowed,
    NotConnected,
    NotSupported,
    ServerError,
    StorageError,
    Timeout,
    TooLarge,
    bus_name,
)
from backendd.core import disco
from backendd.xmpp import parser
from backendd.xmpp.faults import StanzaError, stanza_error
from tests.backendd.xmpp.conftest import Opener
from tests.backendd.xmpp.kit import Owner, account
from tests.backendd.xmpp.scripted import Script, Scripted
from tests.lab.prosody import Prosody

QUERY = "{urn:test}query"


async def _asked(server: Scripted) -> str:
    """Return the id of the next question of the client."""

    def ids() -> list[str]:
        questions = (each for each in server.client.elements if each.find(QUERY) is not None)
        return [each.get("id", "") for each in questions]

    await server.until(lambda: bool(ids()))
    return ids()[-1]


async def test_clients_tell_each_other_what_they_are(prosody: Prosody, opened: Opener):
    here = opened(account(prosody, "alice"), Owner())
    there = opened(account(prosody, "bob"), Owner())
    there.features.add("urn:xmpp:receipts")
    await here.connect()
    await there.connect()
    to = there.full_jid
    answer = await here.request("get", to, disco.ask_info())
    info = disco.decode_info(answer.find(disco.QUERY))
    assert info.has_identity("client", "console")
    assert {"urn:xmpp:receipts", "urn:xmpp:ping"} <= info.features
    await here.request("get", to, Element("{urn:xmpp:ping}ping"))


async def test_what_nobody_handles_is_refused_with_the_right_error(
    prosody: Prosody, opened: Opener
):
    here = opened(account(prosody, "alice"), Owner())
    there = opened(account(prosody, "bob"), Owner())
    await here.connect()
    await there.connect()
    with pytest.raises(NotSupported) as caught:
        await here.request("get", there.full_jid, Element(QUERY))
    assert isinstance(caught.value, StanzaError)
    assert caught.value.condition == "service-unavailable"
    assert bus_name(caught.value).endswith(".NotSupported")


@pytest.mark.parametrize(
    ("attributes", "children"),
    [
        ("id='x'", "<query xmlns='urn:test'/>"),
        ("id='x' type='ask'", "<query xmlns='urn:test'/>"),
        ("id='x' type='get'", ""),
        ("id='x' type='set'", "<query xmlns='urn:test'/><query xmlns='urn:test'/>"),
        ("type='get'", "<query xmlns='urn:test'/>"),
    ],
)
async def test_a_request_against_the_rules_is_a_bad_one(
    opened: Opener, tmp_path: Path, attributes: str, children: str
):
    async def accept(iq: Element) -> None:
        return None

    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), Owner(announce=False))
        stream.on_request("get", QUERY, accept)
        stream.on_request("set", QUERY, accept)
        await stream.connect()
        server.client.send(f"<iq from='a@s.localhost/b' {attributes}>{children}</iq>")
        await server.until(lambda: server.client.elements[-1].get("type") == "error")
        answer = server.client.elements[-1]
        assert answer.get("to") == "a@s.localhost/b"
        assert answer.get("id") == ("x" if "id=" in attributes else None)
        assert stanza_error(answer).condition == "bad-request"


async def test_what_is_no_question_gets_no_answer(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        for kind in ("result", "error"):
            server.client.send(f"<iq from='a@s.localhost/b' id='{kind}' type='{kind}'/>")
        server.client.send("<iq from='a@s.localhost/b' id='last' type='get'/>")
        await server.until(lambda: server.client.elements[-1].get("id") == "last")
        assert not [
            each for each in server.client.elements if each.get("id") in ("result", "error")
        ]


async def test_a_handler_answers_with_a_payload_or_an_error(prosody: Prosody, opened: Opener):
    here = opened(account(prosody, "alice"), Owner())
    there = opened(account(prosody, "bob"), Owner())
    await here.connect()
    await there.connect()

    async def get(iq: Element) -> Element:
        return Element("{urn:test}answer", {"who": iq.get("from", "")})

    async def refuse(iq: Element) -> Element:
        raise NotAllowed("not you")

    there.on_request("get", QUERY, get)
    there.on_request("set", QUERY, refuse)
    answer = await here.request("get", there.full_jid, Element(QUERY))
    assert answer[0].get("who") == here.full_jid
    with pytest.raises(NotAllowed):
        await here.request("set", there.full_jid, Element(QUERY))


async def test_a_handler_that_breaks_leaks_nothing(
    prosody: Prosody, opened: Opener, caplog: pytest.LogCaptureFixture
):
    here = opened(account(prosody, "alice"), Owner())
    there = opened(account(prosody, "bob"), Owner())
    await here.connect()
    await there.connect()

    async def broken(iq: Element) -> Element:
        raise RuntimeError("internal detail")

    there.on_request("get", QUERY, broken)
    with pytest.raises(ServerError) as caught:
        await here.request("get", there.full_jid, Element(QUERY))
    assert "internal detail" not in str(caught.value)
    assert "answering a request failed" in caplog.text


async def test_a_request_that_cant_be_stored_drops_the_connection(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)

    async def store(iq: Element) -> None:
        raise StorageError("the disk is full")

    async with Scripted(tmp_path) as server:
        stream = opened(server.account(), owner)
        stream.on_request("set", QUERY, store)
        await stream.connect()
        server.client.send("<iq type='set' id='push'><query xmlns='urn:test'/></iq>")
        await owner.until(lambda: owner.sessions == [False, True])
        assert {type(error) for error in owner.errors} == {StorageError}


async def test_only_who_was_asked_can_answer(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path, Script(answers=False)) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        question = asyncio.get_running_loop().create_task(
            stream.request("get", "peer@s.localhost", Element(QUERY))
        )
        stanza_id = await _asked(server)
        for liar in ("from='evil@s.localhost'", "from='peer@s.localhost/x'", ""):
            server.client.send(f"<iq {liar} type='result' id='{stanza_id}' n='lie'/>")
        server.client.send(f"<iq from='PEER@s.localhost' type='result' id='{stanza_id}'/>")
        answer = await question
        assert answer.get("n") is None


@pytest.mark.parametrize(
    "sender",
    ["", "from='user@s.localhost'", "from='s.localhost'", "from='user@s.localhost/given'"],
)
async def test_the_own_account_may_answer_as_servers_do(
    opened: Opener, tmp_path: Path, sender: str
):
    async with Scripted(tmp_path, Script(answers=False)) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        question = asyncio.get_running_loop().create_task(
            stream.request("get", None, Element(QUERY))
        )
        server.client.send(f"<iq {sender} type='result' id='{await _asked(server)}'/>")
        await question


async def test_no_answer_is_a_timeout(opened: Opener, tmp_path: Path):
    async with Scripted(tmp_path, Script(answers=False)) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        with pytest.raises(Timeout, match=r"peer@s\.localhost"):
            await stream.request("get", "peer@s.localhost", Element(QUERY), timeout=0.05)


async def test_a_question_outlives_the_link_it_was_asked_over(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(answers=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        question = asyncio.get_running_loop().create_task(
            stream.request("get", "peer@s.localhost", Element(QUERY))
        )
        stanza_id = await _asked(server)
        server.client.abort()
        await owner.until(lambda: owner.sessions == [False, True])
        server.client.send(f"<iq from='peer@s.localhost' type='result' id='{stanza_id}'/>")
        await question


async def test_a_question_ends_with_its_session(opened: Opener, tmp_path: Path):
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(answers=False, resume="refuse")) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        question = asyncio.gather(
            stream.request("get", "peer@s.localhost", Element(QUERY)), return_exceptions=True
        )
        await _asked(server)
        server.client.abort()
        [error] = await question
        assert isinstance(error, NotConnected)


async def test_an_answer_comes_after_the_messages_before_it_are_stored(
    opened: Opener, tmp_path: Path
):
    owner, stored = Owner(announce=False), asyncio.Event()
    owner.commit = stored.wait  # type: ignore[assignment]
    async with Scripted(tmp_path, Script(answers=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        question = asyncio.get_running_loop().create_task(
            stream.request("get", "peer@s.localhost", Element(QUERY))
        )
        stanza_id = await _asked(server)
        server.client.send(
            "<message from='peer@s.localhost'><body>page</body></message>"
            f"<iq from='peer@s.localhost' type='result' id='{stanza_id}'/>"
        )
        question.add_done_callback(lambda _: owner.bodies.append("answer"))
        stored.set()
        await question
        await asyncio.sleep(0)
        assert owner.bodies == ["page", "answer"]


async def _settled(opened: Opener, tmp_path: Path, *answers: str) -> list[str | None]:
    """Return of whom the owner got what a question is to be settled by, among these answers."""
    owner = Owner(announce=False)
    async with Scripted(tmp_path, Script(answers=False)) as server:
        stream = opened(server.account(), owner)
        await stream.connect()
        peer, settle = "peer@s.localhost", lambda transaction, answer: None
        question = asyncio.gather(
            stream.request("get", peer, Element(QUERY), settle=settle), return_exceptions=True
        )
        stanza_id = await _asked(server)
        server.client.send("".join(answers).replace("<iq", f"<iq id='{stanza_id}'"))
        await question
        return [each.get("from") for batch in owner.batches for each in batch.stanzas]


async def test_only_the_answer_of_who_was_asked_settles_what_was_asked(
    opened: Opener, tmp_path: Path
):
    liars = "<iq from='evil@s.localhost' type='result'/><iq type='result'/>"
    answer = "<iq from='peer@s.localhost' type='result'/>"
    assert await _settled(opened, tmp_path, liars, answer) == ["peer@s.localhost"]


async def test_what_is_refused_settles_nothing(opened: Opener, tmp_path: Path):
    assert await _settled(opened, tmp_path, "<iq from='peer@s.localhost' type='error'/>") == []


async def test_an_answer_too_large_to_be_kept_settles_nothing(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parser, "IQ_BYTES", 10_000)
    large = f"<iq from='peer@s.localhost' type='result'>{'<a/>' * 5000}</iq>"
    assert await _settled(opened, tmp_path, large) == []


async def test_what_the_server_wouldnt_take_is_refused_here(opened: Opener, tmp_path: Path):
    limits = "<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>10000</max-bytes></limits>"
    async with Scripted(tmp_path, Script(limits=limits)) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        assert stream.max_bytes == 10000
        big = Element(QUERY)
        big.text = "x" * 10000
        with pytest.raises(TooLarge):
            await stream.request("get", "peer@s.localhost", big)


@pytest.mark.parametrize("limit", ["", "0", "-1", "many", "9" * 5000])
async def test_an_announced_limit_that_is_none_keeps_nobody_from_sending(
    opened: Opener, tmp_path: Path, limit: str
):
    limits = f"<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>{limit}</max-bytes></limits>"
    async with Scripted(tmp_path, Script(limits=limits)) as server:
        stream = opened(server.account(), Owner(announce=False))
        await stream.connect()
        await stream.request("get", "peer@s.localhost", Element(QUERY))
