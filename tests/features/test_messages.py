"""The Messages interface, over the bus and a real server."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import (
    InvalidArgument,
    InvalidJid,
    NotAllowed,
    NotSupported,
    ProfileLocked,
    TooLarge,
    UnknownMessage,
)
from backendd.api.link import MatchRule
from tests.backendd.session.home import new_account
from tests.lab.caller import Caller
from tests.lab.patience import PATIENCE_S

M = names.MESSAGES
SOMEBODY = "somebody@x.localhost"
LIMIT = 256 * 1024


class Frontend(Caller):
    """A caller that keeps the signals of the profile."""

    def __init__(self, link, profile):
        super().__init__(link, profile)
        self.signals = []
        self.heard = asyncio.Event()
        link.subscribe(MatchRule(names.BUS_NAME, self.path), self._hear)

    def _hear(self, signal):
        self.signals.append((signal.member, *signal.args))
        self.heard.set()

    async def until(self, condition):
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self.heard.clear()
                await self.heard.wait()

    def of(self, member):
        return [signal[1:] for signal in self.signals if signal[0] == member]

    async def both(self, member, signature="", *args):
        """Return all values that a member returns."""
        return await self._link.call(names.BUS_NAME, self.path, M, member, signature, args)


@pytest.fixture
async def frontend(backend, bus, prosody):
    """A frontend of a new profile that doesn't connect by itself."""
    account = new_account(prosody)
    await make_profile(backend, bus, prosody, account, account)
    caller = await Frontend.open(bus.address, account)
    yield caller
    await caller.close()


async def make_profile(backend, bus, prosody, name, account, *, password=""):
    manager = await Frontend.open(bus.address, name)
    await manager.manage(
        "CreateProfile", "ssssa{sv}",
        name, prosody.jid(account), prosody.password(account), password,
        options(
            host="127.0.0.1", port=("q", prosody.port), ca_file=str(prosody.ca_file),
            autoconnect=False,
        ),
    )  # fmt: skip
    await manager.close()


def options(**values):
    from backendd.api.wire import Variant

    kinds = {bool: "b", int: "x", str: "s"}
    return {
        key: Variant(*value) if isinstance(value, tuple) else Variant(kinds[type(value)], value)
        for key, value in values.items()
    }


async def online(frontend):
    await frontend.call(names.PROFILE, "Connect")


async def test_two_profiles_talk_and_each_side_is_told(frontend, backend, bus, prosody):
    other_name = new_account(prosody)
    await make_profile(backend, bus, prosody, other_name, other_name)
    other = await Frontend.open(bus.address, other_name)
    for each in (frontend, other):
        await online(each)
        # What the archive has at the first look is history.
        await each.until(
            lambda each=each: (
                {"Syncing": False} in [told[1] for told in each.of("PropertiesChanged")]
            )
        )
    peer = prosody.jid(other_name)
    waiting = asyncio.create_task(other.call(M, "Wait", "sxu", "", -1, 15_000))  # noqa: TID251
    await other.call(M, "Conversations")
    message_id = await frontend.send(peer, "hello over the bus")
    (received,) = await waiting
    assert (received["body"], received["source"]) == ("hello over the bus", "live")
    await frontend.until(
        lambda: any(
            each["id"] == message_id and each["state"] == "sent"
            for _, told in frontend.of("Changed")
            for each in told
        )
    )
    await other.until(lambda: other.of("ConversationsChanged"))
    (conversation,) = await other.call(M, "Conversations")
    assert (conversation["unread"], conversation["last"]["body"]) == (1, "hello over the bus")
    await other.close()


async def test_pages_are_in_order_around_any_message(frontend):
    ids = [await frontend.send(SOMEBODY, f"m{n}") for n in range(10)]

    async def page(**anchor):
        found, about = await frontend.both("List", "sa{sv}", SOMEBODY, options(**anchor))
        return [each["id"] for each in found], about["older"]

    assert await page() == (ids, "offline")
    assert await page(limit=3) == (ids[7:], "local")
    assert await page(before=ids[4], limit=2) == (ids[2:4], "local")
    assert await page(before=ids[2]) == (ids[:2], "offline")
    assert await page(before=ids[0]) == ([], "offline")
    assert await page(after=ids[7]) == (ids[8:], "local")
    assert await page(around=ids[5], limit=4) == (ids[4:8], "local")
    message = await frontend.call(M, "Get", "x", ids[5])
    assert await page(time=message["time"], limit=4) == (ids[4:8], "local")
    assert await page(time=1, limit=4) == (ids[:3], "offline")
    assert await page(time=message["time"] + 10**12, limit=3) == (ids[7:], "local")


async def test_what_cannot_be_is_refused_by_name(frontend):
    refused = [
        (InvalidJid, "Send", "ss", "no name", "x"),
        (InvalidJid, "Send", "ss", "bob", "x"),
        (InvalidArgument, "Send", "ss", SOMEBODY, " \n"),
        (TooLarge, "Send", "ss", SOMEBODY, "x" * (LIMIT + 1)),
        (InvalidArgument, "Send", "ssa{sv}", SOMEBODY, "x", options(tokn="t")),
        (NotSupported, "Send", "ssa{sv}", SOMEBODY, "x", options(encryption="omemo")),
        (InvalidArgument, "List", "sa{sv}", SOMEBODY, options(limit=0)),
        (InvalidArgument, "List", "sa{sv}", SOMEBODY, options(before=1, after=1)),
        (UnknownMessage, "List", "sa{sv}", SOMEBODY, options(before=99)),
        (UnknownMessage, "Get", "x", 99),
        (UnknownMessage, "MarkRead", "sx", SOMEBODY, 99),
        (UnknownMessage, "MarkUnread", "sx", SOMEBODY, 99),
        (UnknownMessage, "Retry", "x", 99),
        (UnknownMessage, "Discard", "x", 99),
        (InvalidArgument, "SetConversation", "sa{sv}", SOMEBODY, options(notify="loud")),
        (InvalidArgument, "SetConversation", "sa{sv}", SOMEBODY, options(pinned="yes")),
        (TooLarge, "SetDraft", "ss", SOMEBODY, "x" * (LIMIT + 1)),
    ]
    for error, member, *call in refused:
        with pytest.raises(error):
            await frontend.call(M, member, *call)
    message_id = await frontend.send(SOMEBODY, "pending")
    with pytest.raises(NotAllowed):
        await frontend.call(M, "Retry", "x", message_id)


async def test_a_locked_profile_shows_and_takes_nothing(frontend):
    await frontend.call(names.PROFILE, "Lock")
    calls = [
        ("Send", "ss", SOMEBODY, "x"),
        ("List", "s", SOMEBODY),
        ("Get", "x", 1),
        ("Changes", "x", 0),
        ("Wait", "sxu", "", 0, 0),
        ("Conversations",),
        ("MarkRead", "sx", SOMEBODY, 1),
        ("MarkUnread", "sx", SOMEBODY, 1),
        ("SetTyping", "sb", SOMEBODY, True),
        ("SetDraft", "ss", SOMEBODY, "x"),
        ("Retry", "x", 1),
        ("Discard", "x", 1),
        ("SetConversation", "sa{sv}", SOMEBODY, {}),
        ("Open", "s", SOMEBODY),
        ("Close", "s", SOMEBODY),
    ]
    for member, *call in calls:
        with pytest.raises(ProfileLocked):
            await frontend.call(M, member, *call)


async def test_wait_returns_what_is_there_or_nothing_when_the_time_is_over(frontend, prosody):
    assert await frontend.call(M, "Wait", "sxu", SOMEBODY, 0, 0) == []
    assert await frontend.call(M, "Wait", "sxu", "", -1, 1) == []


async def test_a_conversation_is_opened_changed_and_closed(frontend):
    assert await frontend.call(M, "Open", "s", f"{SOMEBODY.upper()}/phone") == SOMEBODY
    await frontend.call(
        M, "SetConversation", "sa{sv}", SOMEBODY, options(pinned=True, notify="none")
    )
    await frontend.call(M, "SetDraft", "ss", SOMEBODY, "half a sen\x1btence")
    (conversation,) = await frontend.call(M, "Conversations")
    assert (conversation["pinned"], conversation["notify"]) == (True, "none")
    assert conversation["draft"] == "half a sentence"
    await frontend.call(M, "Send", "ssa{sv}", SOMEBODY, "sent", options(clear_draft=True))
    (conversation,) = await frontend.call(M, "Conversations")
    assert "draft" not in conversation
    await frontend.call(M, "Close", "s", SOMEBODY)
    assert await frontend.call(M, "Conversations") == []
    await frontend.until(lambda: frontend.of("ConversationsRemoved") == [([SOMEBODY],)])
    await frontend.call(M, "SetDraft", "ss", SOMEBODY, "")
    assert await frontend.call(M, "Conversations") == []
    await frontend.send(SOMEBODY, "again")
    assert len(await frontend.call(M, "Conversations")) == 1


async def test_a_draft_that_was_kept_again_goes_with_the_message_it_was_also_if_that_was_sent(
    frontend,
):
    sending = options(clear_draft=True, token="t")
    id = await frontend.call(M, "Send", "ssa{sv}", SOMEBODY, "sent", sending)
    # The answer was lost: it is typed there again, and sent once more.
    await frontend.call(M, "SetDraft", "ss", SOMEBODY, "sent")
    assert await frontend.call(M, "Send", "ssa{sv}", SOMEBODY, "sent", sending) == id
    (conversation,) = await frontend.call(M, "Conversations")
    assert "draft" not in conversation


async def test_changes_lead_on_from_any_revision(frontend):
    ids = [await frontend.send(SOMEBODY, f"m{n}") for n in range(5)]
    seen, since, more = [], 0, True
    while more:
        found, page = await frontend.both("Changes", "xa{sv}", since, options(limit=2))
        seen += [each["id"] for each in found]
        since, more = page["revision"], page["more"]
    assert seen == ids
    found, page = await frontend.both("Changes", "x", since)
    assert (found, page["revision"]) == ([], since)


async def test_that_the_archive_has_nothing_older_is_told_on_the_bus(frontend, make_peer):
    await online(frontend)
    peer = await make_peer()
    peer.chat(await frontend.get("Jid"), "hello")
    await frontend.wait_for(peer.jid, lambda m: m["body"] == "hello")
    await frontend.until(lambda: [peer.jid, "end"] in map(list, frontend.of("OlderChanged")))
    _, page = await frontend.both("List", "sa{sv}", peer.jid, options(limit=10))
    assert page["older"] == "end"
