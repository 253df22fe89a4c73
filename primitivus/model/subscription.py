"""What is said when a subscription changes: who sees whose presence."""

from backendd.api.records import Contact
from primitivus.model.address import with_meaning


def said_of(old: Contact, new: Contact) -> str:
    """Return the sentence about what changed between two, nothing where that is no news."""
    who = new.name or with_meaning(new.jid)
    saw, sees = _sees(old), _sees(new)
    seen, is_seen = _is_seen(old), _is_seen(new)
    accepted = f"{who} accepted: " if sees and not saw else ""
    if sees and is_seen and not (saw and seen):
        return f"{accepted}you and {who} see each other's presence"
    if accepted:
        return f"{accepted}you see their presence"
    if is_seen and not seen:
        return f"{who} sees your presence"
    if saw and not sees:
        return f"you no longer see the presence of {who}"
    if seen and not is_seen:
        return f"{who} no longer sees your presence"
    if old.ask and not new.ask:
        return f"{who} doesn't show you their presence"
    return ""


def _sees(contact: Contact) -> bool:
    return contact.subscription in ("to", "both")


def _is_seen(contact: Contact) -> bool:
    return contact.subscription in ("from", "both")
