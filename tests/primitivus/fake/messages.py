"""The Messages interface."""

from dataclasses import fields, replace
from typing import Unpack

from backendd.api import noise
from backendd.api.contract.messages import ConversationChanges
from backendd.api.errors import (
    NotAllowed,
    UnknownMessage,
)
from backendd.api.names import MESSAGES
from backendd.api.records import Edit, Hit
from backendd.api.words import UnsentState
from backendd.core import jid
from backendd.core.rooms import Rooms


def _hit(message, words):
    """Return a message with where it has all of these words, None if it hasn't."""
    words = [word.removesuffix("*") for word in words]
    at = [message.body.find(word) for word in words]
    if not words or min(at) < 0:
        return None
    known = {each.name: getattr(message, each.name) for each in fields(message)}
    ranges = [(start, len(word)) for start, word in sorted(zip(at, words, strict=True))]
    return Hit(**known, snippet=message.body, ranges=ranges)


class FakeMessages:
    def __init__(self, account):
        self.profile = account

    async def send(
        self,
        peer,
        body,
        *,
        token="",
        clear_draft=False,
        draft="",
        encryption="",
        reply_to=0,
        spoiler=False,
        spoiler_about="",
        unstyled=False,
    ):
        profile = self.profile
        profile.calls.append(("Send", peer, body))
        if profile.refusal is not None:
            raise profile.refusal
        if token not in profile.tokens:
            more = {"reply_to": reply_to, **self._quote(reply_to)} if reply_to else {}
            shown = {"spoiler": spoiler, "spoiler_about": spoiler_about, "unstyled": unstyled}
            more |= {key: value for key, value in shown.items() if value}
            sent = profile.message(peer, body, out=True, state="pending", tell=False, more=more)
            profile.tokens[token] = sent.id
            if clear_draft or profile.has_draft(peer, draft):
                profile.record(peer, draft="")
            profile.tell(sent)
        await profile.answers.wait()
        return profile.tokens[token]

    async def list(self, peer, *, before=0, after=0, around=0, time=0, limit=50):
        self.profile.require_unlocked()
        asked = {"before": before, "after": after, "around": around, "time": time}
        given = {key: at for key, at in (asked | {"limit": limit}).items() if at}
        self.profile.calls.append(("List", peer, given))
        if self.profile.failing is not None:
            raise self.profile.failing
        held = self.profile.of(peer)
        ids = [each.id for each in held]
        start, end = max(0, len(held) - limit), len(held)
        if time:
            around = next((each.id for each in held if each.time >= time), 0)
        if before:
            end = ids.index(before)
            start = max(0, end - limit)
        elif after:
            start = ids.index(after) + 1
            end = min(len(held), start + limit)
        elif around:
            middle = ids.index(around)
            start, end = max(0, middle - limit // 2), min(len(held), middle + limit // 2)
        if self.profile.answers_older:
            self.profile.emit(MESSAGES, "OlderChanged", peer, self.profile.answers_older)
        return held[start:end], {"older": "local" if start else self.profile.older}

    async def get(self, id):
        return self._message(id)

    async def search(
        self, query, *, peer="", sender="", since=0, until=0, in_order=False, before=0, limit=50
    ):
        self.profile.calls.append(("Search", query, peer, before))

        def key(message):
            return (message.order, message.id) if in_order else message.id

        least = key(self.profile.messages[before]) if before else None
        hits = [
            hit
            for message in sorted(self.profile.messages.values(), key=key, reverse=True)
            if (least is None or key(message) < least)
            and peer in ("", message.peer)
            and sender in ("", message.sender)
            and since <= message.time
            and (not until or message.time < until)
            and (hit := _hit(message, query.split()))
        ]
        return hits[:limit]

    async def changes(self, since, *, limit=200):
        self.profile.require_unlocked()
        changed = [each for each in self.profile.messages.values() if each.revision > since]
        newest = max(self.profile.messages, default=0)
        return changed, {"removed": [], "revision": since, "more": False, "newest": newest}

    async def wait(self, peer, after_id, timeout_ms):
        return []

    async def unsent(self, *, peer="", state: UnsentState | None = None, limit=200):
        self.profile.require_unlocked()
        self.profile.calls.append(("Unsent",))
        states = ("pending", "failed") if state is None else (state,)
        return self._unsent(peer, states)[-limit:]

    async def conversations(self):
        self.profile.require_unlocked()
        await self.profile.listed.wait()
        self.profile.require_unlocked()
        return [self.profile.record(peer) for peer in self.profile.conversations]

    async def mark_read(self, peer, up_to):
        profile = self.profile
        profile.calls.append(("MarkRead", peer, up_to))
        for each in profile.of(peer):
            if each.id <= up_to and each.state == "unread":
                profile.messages[each.id] = replace(each, state="read")
        profile.converse(peer, read_up_to=up_to)

    async def mark_unread(self, peer, from_):
        profile = self.profile
        for each in profile.of(peer):
            if each.id >= from_ and each.direction == "in":
                profile.messages[each.id] = replace(each, state="unread")
        profile.converse(peer)

    async def react(self, id, emojis):
        message = self._message(id)
        self.profile.calls.append(("React", id, list(emojis)))
        own, before = self.profile.jid, message.more.get("reactions_own", {})
        others = {
            emoji: rest
            for emoji, who in message.more.get("reactions", {}).items()
            if (rest := [each for each in who if each != before.get(emoji)])
        }
        for emoji in emojis:
            others.setdefault(emoji, []).append(own)
        own = dict.fromkeys(emojis, own)
        self.profile.change(id, more={"reactions": others, "reactions_own": own})

    async def correct(self, id, body):
        message = self._message(id)
        self.profile.calls.append(("Correct", id, body))
        if self.profile.refusal is not None:
            raise self.profile.refusal
        earlier = Edit(body=message.body, time=message.time)
        self.profile.edits.setdefault(id, []).append(earlier)
        self.profile.change(id, body=body, more={**message.more, "edited": True})

    async def retract(self, id):
        message = self._message(id)
        self.profile.calls.append(("Retract", id))
        if self.profile.refusal is not None:
            raise self.profile.refusal
        self.profile.edits.pop(id, None)
        told = {"retracted": True, "retracted_by": message.sender}
        self.profile.change(id, body="", more=told)

    async def edits(self, id):
        self._message(id)
        return self.profile.edits.get(id, [])

    async def attention(self, peer):
        self.profile.calls.append(("Attention", peer))
        if self.profile.refusal is not None:
            raise self.profile.refusal

    async def set_typing(self, peer, typing):
        self.profile.calls.append(("SetTyping", peer, typing))

    async def set_draft(self, peer, text, *, id=""):
        self.profile.calls.append(("SetDraft", peer, text))
        if self.profile.refusal is not None:
            raise self.profile.refusal
        self.profile.converse(peer, draft=text, draft_id=id if text else "")

    async def retry(self, id):
        if self._message(id).state != "failed":
            raise NotAllowed("this message has not failed")
        self.profile.change(id, state="pending", error=("", ""))

    async def retry_failed(self, peer, *, ids=None):
        self.profile.calls.append(("RetryFailed", peer))
        refused, retried = [], 0
        for each in self._unsent(peer, ("failed",)):
            if each.type != "message":
                refused.append((each.id, NotAllowed.name, "the backend wrote this one"))
            elif ids is None or each.id in ids:
                await self.retry(each.id)
                retried += 1
        return retried, refused

    async def discard(self, id):
        gone = self.profile.messages.pop(id)
        self.profile.emit(MESSAGES, "Removed", gone.peer, [id])

    async def discard_failed(self, peer, *, ids=None):
        found = [
            each.id for each in self._unsent(peer, ("failed",)) if ids is None or each.id in ids
        ]
        self.profile.calls.append(("DiscardFailed", peer, *found))
        for each in found:
            await self.discard(each)
        return len(found)

    def _unsent(self, peer, states):
        held = self.profile.messages.values()
        found = [each for each in held if each.state in states and peer in ("", each.peer)]
        return sorted(found, key=lambda each: each.id)

    async def set_conversation(self, peer, **changes: Unpack[ConversationChanges]):
        if changes.get("notify") == "":
            kind = self.profile.conversations[peer].kind
            changes["notify"] = noise.usual(kind, is_closed=False)
        self.profile.converse(peer, **changes)

    async def open(self, peer):
        held = self.profile.conversations.values()
        rooms = Rooms().knowing(each.peer for each in held if each.kind != "chat")
        rooms = rooms.knowing(self.profile.rooms)
        whom = rooms.peer(jid.correspondent(peer))
        self.profile.converse(whom.jid, kind=whom.kind)
        return whom.jid

    async def close(self, peer):
        self.profile.conversations.pop(peer, None)
        self.profile.emit(MESSAGES, "ConversationsRemoved", [peer])

    async def delete_local(self, peer):
        self.profile.calls.append(("DeleteLocal", peer))
        gone = [each.id for each in self.profile.of(peer)]
        for number in gone:
            del self.profile.messages[number]
        self.profile.emit(MESSAGES, "Removed", peer, gone)
        await self.close(peer)

    def _quote(self, number):
        answered = self._message(number)
        own = {"quote_own": True} if answered.direction == "out" else {}
        return {"quote": answered.body, "quote_sender": answered.sender, **own}

    def _message(self, number):
        if number not in self.profile.messages:
            raise UnknownMessage(f"there is no message {number}")
        return self.profile.messages[number]
