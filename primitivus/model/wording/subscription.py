"""What is said when a subscription changes: who sees whose presence."""

from backendd.api.records import Contact
from primitivus.model.wording.address import with_meaning
from primitivus.sentences import tr


def said_of(old: Contact, new: Contact) -> str:
    """Return the sentence about what changed between two, nothing where that is no news."""
    who = new.name or with_meaning(new.jid)
    saw, sees = _sees(old), _sees(new)
    seen, is_seen = _is_seen(old), _is_seen(new)
    has_accepted = sees and not saw
    if sees and is_seen and not (saw and seen):
        if has_accepted:
            return tr("{who} accepted: you and {who} see each other's presence", who=who)
        return tr("you and {who} see each other's presence", who=who)
    if has_accepted:
        return tr("{who} accepted: you see their presence", who=who)
    if is_seen and not seen:
        return tr("{who} sees your presence", who=who)
    if saw and not sees:
        return tr("you no longer see the presence of {who}", who=who)
    if seen and not is_seen:
        return tr("{who} no longer sees your presence", who=who)
    if old.ask and not new.ask:
        return tr("{who} doesn't show you their presence", who=who)
    return ""


def _sees(contact: Contact) -> bool:
    return contact.subscription in ("to", "both")


def _is_seen(contact: Contact) -> bool:
    return contact.subscription in ("from", "both")
