"""What is known of somebody without asking them."""

from collections.abc import Iterable, Sequence

from backendd.api.records import Resource
from primitivus.model.account import Account
from primitivus.model.address import occupant, with_meaning
from primitivus.model.lookalikes import told_apart
from primitivus.model.quoting import commas, quote
from primitivus.model.rooms import Rooms
from primitivus.model.times import moment

# Of so many it is told that they are called almost so.
_MOST_ALIKE = 5

Rows = list[tuple[str, str]]
"""What is told, each by a word."""

_SEEN = {
    "both": "each sees the other's presence",
    "to": "you see their presence",
    "from": "they see your presence",
    "none": "neither sees the other's presence",
}


def shown_by(who: str) -> str:
    """Return how the blog of somebody is shown."""
    return f":blog {quote(who)} shows it"


def known(account: Account, who: str, clients: Sequence[Resource]) -> Rows:
    """Return what is known without asking."""
    if occupant(who)[1]:
        return _known_in_room(account, who)
    contact, room = account.roster.get(who), account.of(Rooms).get(who)
    rows = [("address", with_meaning(who))]
    if room is not None:
        rows += [
            ("name", room.name),
            ("about", room.subject),
            ("here", str(room.occupants or "")),
            ("picture", room.avatar),
        ]
    elif contact is not None:
        rows += [
            ("name", contact.name),
            ("nickname", str(contact.more.get("nickname", ""))),
            ("groups", commas(contact.groups)),
            ("presence", _SEEN.get(contact.subscription, "")),
            ("asked", "you asked to see their presence" if contact.ask else ""),
            ("picture", str(contact.more.get("avatar", ""))),
            ("blog", shown_by(who) if contact.more.get("blog") else ""),
        ]
    else:
        is_us = who == account.profile.jid
        ours = (
            "you, on your other clients" if clients else "you; no other client of yours is online"
        )
        rows.append(("presence", ours if is_us else "no contact"))
    rows += [("online", _shows(each)) for each in clients]
    entry = account.blocked.entry(who)
    rows.append(("blocked", entry and f"by {entry}" if entry != who else "yes"))
    return said(rows)


def _shows(client: Resource) -> str:
    status = f" ({client.status})" if client.status else ""
    idle = f", idle since {moment(client.idle_since)}" if client.idle_since else ""
    return f"{client.resource}: {client.show or 'online'}{status}, priority {client.priority}{idle}"


def _known_in_room(account: Account, who: str) -> Rows:
    """Return what a room shows of an occupant."""
    room, nick = occupant(who)
    rooms = account.of(Rooms)
    known = rooms.occupant(who)
    if known is None:
        return said([("nick", nick), ("room", room), ("presence", _absence(rooms, who))])
    return said(
        [
            ("nick", nick),
            ("room", room),
            ("address", with_meaning(known.jid) if known.jid else "not shown there"),
            ("role", known.role),
            ("is", known.affiliation if known.affiliation != "none" else ""),
            ("hats", ", ".join(known.hats)),
            ("presence", " ".join(filter(None, (known.show or "online", known.status)))),
            ("id", known.occupant_id),
            *(("looks like", _likeness(nick, other)) for other in _like(account, room, nick)),
        ]
    )


def _absence(rooms: Rooms, who: str) -> str:
    """Return why nothing is known of somebody in a room, as far as that is known."""
    if rooms.are_known and not rooms.is_in(occupant(who)[0]):
        return "not known: you are not in the room"
    return "not in the room" if rooms.is_told(who) else ""


def _like(account: Account, room: str, nick: str) -> Sequence[str]:
    held = account.of(Rooms).occupants(room)
    return held.like(nick)[:_MOST_ALIKE] if held is not None else ()


def _likeness(nick: str, other: str) -> str:
    """Return whom a nick looks like, and what tells them apart."""
    own, theirs = told_apart(nick, other), told_apart(other, nick)
    parts = ((f"here {own}" if own else ""), (f"there {theirs}" if theirs else ""))
    return f"{other}: {', '.join(filter(None, parts)) or 'the same characters'}"


def said(rows: Iterable[tuple[str, str]]) -> Rows:
    """Return those that say something."""
    return [(word, said) for word, said in rows if said]
