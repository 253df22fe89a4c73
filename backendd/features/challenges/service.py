"""Challenges of one profile: those that wait for an answer, and the answers."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence

from backendd.api import records
from backendd.api.errors import FormRejected, ServerError, UnknownItem
from backendd.api.values import Value
from backendd.core import answers, jid
from backendd.core.challenges import Challenged, ChallengeDeclined, ChallengesChanged
from backendd.core.form_records import to_record
from backendd.core.messages import RoomEntered
from backendd.features.challenges import stanza
from backendd.features.challenges.model import Challenge
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger

MOST = 20
"""So many wait at once; of more the oldest go."""

KEPT_S = 600.0
"""Servers wait for the answer for less."""

PATIENCE_S = 18.0
_WRONG = frozenset({"not-acceptable", "not-allowed", "not-authorized", "bad-request"})
_LATE = frozenset({"item-not-found", "service-unavailable"})


class _Waiting(Value):
    """A challenge as callers see it, and when it is void."""

    challenge: Challenge
    record: records.Challenge
    end: asyncio.TimerHandle


class Challenges(Part):
    """Keeps them while the stream lasts on which they came: who asks forgets them as soon."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._waiting: dict[str, _Waiting] = {}
        self._numbers = itertools.count(1)
        home.events.subscribe(Challenge, self._on_challenge)
        home.events.subscribe(RoomEntered, lambda event: self._drop_about(event.room))

    def replaced(self, ledger: Ledger) -> None:
        ledger.after_commit(lambda: self._drop(tuple(self._waiting)))

    # -- that come

    def _on_challenge(self, event: Challenge) -> None:
        self._drop_about(event.about)  # it asks anew
        self._drop(tuple(self._waiting)[: max(0, len(self._waiting) + 1 - MOST)])
        self._home.bits.keep(event.sender, event.stanza)
        number = str(next(self._numbers))
        record = records.Challenge(
            id=number, jid=event.sender, about=event.about, text=event.text, url=event.url,
            form=to_record(event.form), time=event.time,
        )  # fmt: skip
        end = asyncio.get_running_loop().call_later(KEPT_S, self._drop, (number,))
        self._waiting[number] = _Waiting(event, record, end)
        self._home.events.publish(ChallengesChanged([record], []))
        self._home.events.publish(Challenged(event.about, event.stanza_id))

    def _drop_about(self, address: str) -> None:
        those = [
            number for number, each in self._waiting.items() if each.challenge.about == address
        ]
        self._drop(those)

    def _drop(self, numbers: Sequence[str]) -> None:
        """Have some not waited for any more."""
        gone = [each for each in numbers if each in self._waiting]
        for number in gone:
            self._waiting.pop(number).end.cancel()
        if gone:
            self._home.events.publish(ChallengesChanged([], gone))

    # -- from the user

    def list(self) -> Sequence[records.Challenge]:
        """Return what waits for an answer, the oldest first."""
        return [each.record for each in self._waiting.values()]

    async def answer(self, number: str, values: Mapping[str, Sequence[str]]) -> None:
        """Answer a challenge; FormRejected where that is wrong, UnknownItem where it is late."""
        challenge = self._require(number)
        filled = stanza.encode_answer(answers.fill_in(challenge.form, values))
        if not any(filter(None, itertools.chain(*values.values()))):
            raise FormRejected("nothing is answered yet")
        try:
            await self._home.stream.request("set", challenge.sender, filled, timeout=PATIENCE_S)
        except ServerError as error:
            self._drop((number,))
            raise _refused(challenge, error) from error
        self._drop((number,))

    def decline(self, number: str) -> None:
        """Say that a challenge will not be answered; UnknownItem, NotConnected."""
        challenge = self._require(number)
        self._home.stream.send(stanza.encode_decline(challenge))
        self._drop((number,))
        self._home.events.publish(ChallengeDeclined(challenge.about))

    def _require(self, number: str) -> Challenge:
        if number not in self._waiting:
            raise UnknownItem(f"nobody waits for the answer {jid.shown(number)} any more")
        return self._waiting[number].challenge


def _refused(challenge: Challenge, error: ServerError) -> Exception:
    where = jid.shown(challenge.about)
    if error.condition in _WRONG:
        return FormRejected(f"this isn't what {where} wanted to hear; try again what you did there")
    if error.condition in _LATE:
        return UnknownItem(f"{where} no longer waits for this answer; try again what you did there")
    return error
