"""The fixed words of the bus, each set once: what a key or an argument can hold."""

from typing import Literal, get_args

State = Literal["locked", "offline", "connecting", "online", "waiting"]
"""How it stands with a profile."""

Show = Literal["online", "chat", "away", "xa", "dnd"]
"""How available somebody is; who is offline shows none."""

Offline = Literal[""]
"""What those show who are not available."""

Notify = Literal["all", "mentions", "none"]
"""What of a conversation is worth a notice."""

Subscription = Literal["none", "to", "from", "both"]
"""Whose presence is seen: theirs (to), ours (from)."""

Kind = Literal["chat", "room", "private"]
"""What a conversation is: with somebody, in a room, with an occupant of a room."""

Direction = Literal["in", "out"]
Source = Literal["live", "archive", "sent"]
MessageType = Literal["message", "system", "invite"]

OutState = Literal["pending", "sent", "delivered", "displayed"]
"""How far a message of ours has come; it only ever advances. A `failed` one is left by the user."""

MessageState = Literal[OutState, "failed", "unread", "read"]

Older = Literal["local", "server", "offline", "end"]
"""Where lies what is before the oldest message of a page."""

Lack = Literal["disco", "roster", "carbons", "archive", "blocked"]
"""What of setting a stream up the server has not answered yet."""

Report = Literal["", "spam", "abuse"]
"""What somebody who is blocked is reported for, if at all."""

STATES: tuple[State, ...] = get_args(State)
SUBSCRIPTIONS: tuple[Subscription, ...] = get_args(Subscription)
SHOWS: tuple[Show, ...] = get_args(Show)
OUT_STATES: tuple[OutState, ...] = get_args(OutState)
