"""What is known of somebody without asking them."""

from collections.abc import Iterable, Sequence

from backendd.api.records import Resource
from primitivus.model.accounts.account import Account
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording.address import occupant, with_meaning
from primitivus.model.wording.lookalikes import told_apart
from primitivus.model.wording.quoting import commas, quote
from primitivus.model.wording.terms import term
from primitivus.model.wording.times import moment
from primitivus.sentences import ctr, tr

# Of so many it is told that they are called almost so.
_MOST_ALIKE = 5

Rows = list[tuple[str, str]]
"""What is told, each by a word."""

_SEEN = {
    "both": tr("each sees the other's presence"),
    "to": tr("you see their presence"),
    "from": tr("they see your presence"),
    "none": tr("neither sees the other's presence"),
}


def shown_by(who: str) -> str:
    """Return how the blog of somebody is shown."""
    return tr(":blog {who} shows it", who=quote(who))


def known(account: Account, who: str, clients: Sequence[Resource], *, is_heard: bool) -> Rows:
    """Return what is known without asking; `is_heard`: whether one hears who is online."""
    if occupant(who)[1]:
        return _known_in_room(account, who)
    contact, room = account.roster.get(who), account.of(Rooms).get(who)
    rows = [(tr("address"), with_meaning(who))]
    if room is not None:
        rows += [
            (tr("name"), room.name),
            (tr("about"), room.subject),
            (tr("here"), str(room.occupants or "")),
            (tr("picture"), room.avatar),
        ]
    elif contact is not None:
        rows += [
            (tr("name"), contact.name),
            (tr("nickname"), str(contact.more.get("nickname", ""))),
            (tr("groups"), commas(contact.groups)),
            (tr("presence"), _SEEN.get(contact.subscription, "")),
            (tr("asked"), tr("you asked to see their presence") if contact.ask else ""),
            (tr("picture"), str(contact.more.get("avatar", ""))),
            (tr("blog"), shown_by(who) if contact.more.get("blog") else ""),
        ]
    else:
        is_us = who == account.profile.jid
        rows.append((tr("presence"), _ours(clients, is_heard) if is_us else tr("no contact")))
    rows += [(tr("online"), _shows(each)) for each in clients]
    entry = account.blocked.entry(who)
    rows.append(
        (tr("blocked"), entry and tr("by {entry}", entry=entry) if entry != who else tr("yes"))
    )
    return said(rows)


def _ours(clients: Sequence[Resource], is_heard: bool) -> str:
    if clients:
        return tr("you, on your other clients")
    return tr("you; no other client of yours is online") if is_heard else tr("you")


def _shows(client: Resource) -> str:
    status = f" ({client.status})" if client.status else ""
    idle = tr("idle since {time}", time=moment(client.idle_since)) if client.idle_since else ""
    shown = f"{client.resource}: {term(client.show or 'online')}{status}"
    priority = tr("priority {priority}", priority=client.priority)
    return ", ".join(filter(None, (shown, priority, idle)))


def _known_in_room(account: Account, who: str) -> Rows:
    """Return what a room shows of an occupant."""
    room, nick = occupant(who)
    rooms = account.of(Rooms)
    known = rooms.occupant(who)
    if known is None:
        return said(
            [(tr("nick"), nick), (tr("room"), room), (tr("presence"), _absence(rooms, who))]
        )
    return said(
        [
            (tr("nick"), nick),
            (tr("room"), room),
            (tr("address"), with_meaning(known.jid) if known.jid else tr("not shown there")),
            (tr("role"), term(known.role)),
            (
                ctr("to a room", "is"),
                term(known.affiliation) if known.affiliation != "none" else "",
            ),
            (tr("hats"), ", ".join(known.hats)),
            (tr("presence"), " ".join(filter(None, (term(known.show or "online"), known.status)))),
            (tr("id"), known.occupant_id),
            *((tr("looks like"), _likeness(nick, other)) for other in _like(account, room, nick)),
        ]
    )


def _absence(rooms: Rooms, who: str) -> str:
    """Return why nothing is known of somebody in a room, as far as that is known."""
    if rooms.are_known and not rooms.is_in(occupant(who)[0]):
        return tr("not known: you are not in the room")
    return tr("not in the room") if rooms.is_told(who) else ""


def _like(account: Account, room: str, nick: str) -> Sequence[str]:
    held = account.of(Rooms).occupants(room)
    return held.like(nick)[:_MOST_ALIKE] if held is not None else ()


def _likeness(nick: str, other: str) -> str:
    """Return whom a nick looks like, and what tells them apart."""
    own, theirs = told_apart(nick, other), told_apart(other, nick)
    here = tr("here {own}", own=own) if own else ""
    there = tr("there {theirs}", theirs=theirs) if theirs else ""
    apart = ", ".join(filter(None, (here, there))) or tr("the same characters")
    return f"{other}: {apart}"


def said(rows: Iterable[tuple[str, str]]) -> Rows:
    """Return those that say something."""
    return [(word, said) for word, said in rows if said]
