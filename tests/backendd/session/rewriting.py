"""Features of the tests that change texts: corrections (XEP-0308) and retractions (XEP-0424).

They are as poor as can be, and stand where the real ones will.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

from backendd.core import xml
from backendd.core.inbound import Context, Envelope
from backendd.core.references import Reference, Target
from backendd.features.messages.inbound import STORE
from backendd.registry import INBOUND
from backendd.session.feature import Feature
from backendd.session.part import Part
from backendd.session.stages import Inbound, MessageStage
from backendd.store import bodies, changes, references
from backendd.store.ledger import Ledger, Owner
from backendd.store.view import Contributor, View

CORRECT, RETRACT = "urn:xmpp:message-correct:0", "urn:xmpp:message-retract:1"
TABLE = """CREATE TABLE edit (
    profile INTEGER NOT NULL, body TEXT NOT NULL, time INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE)"""


class Edited(TypedDict, total=False):
    """What a message said before, the oldest first."""

    edits: list[str]


def _load(view: View, ids: Sequence[int]) -> Mapping[int, Edited]:
    found: dict[int, Edited] = {}
    marks = ",".join("?" * len(ids))
    query = f"SELECT message, body FROM edit WHERE message IN ({marks}) ORDER BY time"
    for message_id, body in view.db.execute(query, ids):
        found.setdefault(message_id, {"edits": []})["edits"].append(body)
    return found


def _finds(namespace: str, name: str) -> Callable[[Context, Envelope], str | None]:
    def find(context: Context, envelope: Envelope) -> str | None:
        element = xml.child(envelope.stanza, namespace, name)
        return (element.get("id") or None) if element is not None else None

    return find


def _corrects(ledger: Ledger, context: Context, envelope: Envelope, target: str) -> Envelope:
    if envelope.message:
        references.speak(ledger, envelope, "corrections", target)
    return envelope


def _correct(ledger: Ledger, target: Target, reference: Reference) -> bool:
    assert reference.message is not None
    before = bodies.fold(ledger, reference.message, target.id, reference.said)
    if before is not None:
        ledger.db.execute(
            "INSERT INTO edit (profile, message, body, time) VALUES (?, ?, ?, ?)",
            (ledger.profile_id, target.id, before.body, reference.time),
        )
        changes.contributed(ledger, target.id, "edit")
    return True


def _retracts(ledger: Ledger, context: Context, envelope: Envelope, target: str) -> None:
    references.speak(ledger, envelope, "retractions", target)


def _retract(ledger: Ledger, target: Target, reference: Reference) -> bool:
    bodies.erase(ledger, target.id, reference.said)
    return True


CORRECTIONS = Feature(
    "corrections",
    lambda home: Part(),
    contributors=(Contributor(Edited, "edit", _load, repeats=True),),
    owns={"corrections": Owner(_correct, takes="author", names="author")},
)
RETRACTIONS = Feature(
    "retractions",
    lambda home: Part(),
    owns={"retractions": Owner(_retract, takes="author")},
)
CORRECTED = MessageStage("corrections", _finds(CORRECT, "replace"), _corrects)
RETRACTED = MessageStage("retractions", _finds(RETRACT, "retract"), _retracts)


def _order() -> Inbound:
    index = INBOUND.messages.index(STORE)
    before, after = INBOUND.messages[:index], INBOUND.messages[index + 1 :]
    return replace(INBOUND, messages=(*before, RETRACTED, STORE, CORRECTED, *after))


ORDER = _order()
