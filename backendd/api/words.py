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

WantedNotify = Literal[Notify, ""]
"""What the user wants of that; nothing is what is usual."""

Subscription = Literal["none", "to", "from", "both"]
"""Whose presence is seen: theirs (to), ours (from)."""

Kind = Literal["chat", "room", "private"]
"""What a conversation is: with somebody, in a room, with an occupant of a room."""

Direction = Literal["in", "out"]
Source = Literal["live", "archive", "sent"]
MessageType = Literal["message", "system", "invite"]

Disposition = Literal["inline", "attachment"]
"""How a file wants to be shown: within what is said, or as something to be asked for."""

OutState = Literal["pending", "sent", "delivered", "displayed"]
"""How far a message of ours has come; it only ever advances. A `failed` one is left by the user."""

UnsentState = Literal["pending", "failed"]
"""How it stands with a message of ours that is not out."""

MessageState = Literal[OutState, "failed", "unread", "read"]

RoomState = Literal["out", "joining", "in", "waiting"]
"""How it stands with a room: `waiting` ones are entered when that is possible again."""

Role = Literal["none", "visitor", "participant", "moderator"]
"""What somebody may do in a room while they are there (XEP-0045 5.1)."""

Affiliation = Literal["none", "outcast", "member", "admin", "owner"]
"""What somebody is to a room, whether they are there or not (XEP-0045 5.2)."""

InvitationMethod = Literal["mediated", "direct"]
"""Who brings an invitation: the room, or who invites."""

Cause = Literal["left", "nick", "kicked", "banned", "removed", "shutdown", "error"]
"""Why somebody is in a room no more under a nick."""

Older = Literal["local", "server", "offline", "end"]
"""Where lies what is before the oldest message of a page."""

Archived = Literal["always", "never", "roster"]
"""Whose messages a server's archive keeps: everybody's, nobody's, those of contacts."""

CommandStatus = Literal["executing", "completed", "canceled"]
"""Where an ad-hoc command stands (XEP-0050)."""

NextAction = Literal["prev", "next", "complete"]
"""What a stage of one offers to go on with."""

CommandAction = Literal["", "execute", "cancel", NextAction]
"""What can be asked of one; empty: what the service takes to be meant."""

NoteType = Literal["info", "warn", "error"]

Lack = Literal["disco", "roster", "carbons", "archive", "blocked", "bookmarks"]
"""What of setting a stream up the server has not answered yet."""

WarningWord = Literal[
    "access", "address", "archive", "bookmark", "bookmark-behaviour", "correction", "dropped",
    "invitation", "like", "limit", "nick", "nickname", "password", "reaction", "reader",
    "retraction", "settled-elsewhere", "storage", "unreachable",
]  # fmt: skip
"""What a warning is of; storage is the backend's, the others are those of profiles."""

Report = Literal["", "spam", "abuse"]
"""What somebody who is blocked is reported for, if at all."""

EntryState = Literal["pending", "published", "failed"]
"""How far an entry is; others' are published."""

PublishModel = Literal["publishers", "subscribers", "open"]
"""Who writes in a blog: who is named, who follows it, everybody who sees it."""

DiscussionNotify = Literal["all", "none"]
"""What of what is said to a post is worth a notice."""

BlogNotify = Literal["all", "none"]
"""What of what is new in a blog is worth a notice."""

ImportState = Literal["new", "known", "refused"]
"""What becomes of a post of a file: known ones are in the blog already."""

DateDoubt = Literal["", "missing", "future", "early"]
"""What is wrong with the date of a post of a file, if anything is; early is before 1970."""

AccessModel = Literal["open", "presence", "roster", "whitelist", "authorize"]
"""Whom a blog is for: everybody, who sees our presence, groups of contacts, who is named, or who is
let in one by one."""

TransferMethod = Literal["http", "jingle-s5b", "jingle-ibb"]
"""On which way a file goes: by a server, or to the other side, directly or in their streams."""

SendMethod = Literal["auto", TransferMethod]
"""How the user wants a file to go: on the best way, or on this one."""

TransferState = Literal["offered", "queued", "running", "paused", "done", "failed", "cancelled"]
"""Where a transfer stands; the last three are its ends, and all but `done` may be resumed."""

STATES: tuple[State, ...] = get_args(State)
SUBSCRIPTIONS: tuple[Subscription, ...] = get_args(Subscription)
SHOWS: tuple[Show, ...] = get_args(Show)
ROLES: tuple[Role, ...] = get_args(Role)
AFFILIATIONS: tuple[Affiliation, ...] = get_args(Affiliation)
OUT_STATES: tuple[OutState, ...] = get_args(OutState)
