"""One account of the scripted backend: what it knows, and what was asked of it."""

import asyncio
import itertools
from dataclasses import replace
from typing import ClassVar

from backendd.api.errors import (
    ProfileLocked,
    UnknownItem,
)
from backendd.api.names import (
    BLOG,
    FILES,
    MESSAGES,
    PROFILE,
    ROOMS,
    ROSTER,
    SERVICES,
    profile_path,
)
from backendd.api.records import (
    ArchivePreferences,
    Challenge,
    CommentDraft,
    Contact,
    Conversation,
    Discussion,
    Draft,
    Entry,
    Form,
    FormField,
    FormMedia,
    Invitation,
    Message,
    Occupant,
    Outgoing,
    ReaderRequest,
    Request,
    Room,
    Subscription,
    Transfer,
    Warning,
)
from backendd.core.clock import now_us
from backendd.core.uris import ItemAddress, encode
from tests.lab.patience import PATIENCE_S

ALICE = "alice@example.org"
BOB = "bob@example.org"
MIA = "mia@example.org"
# 22 November 2026, 10:36 UTC
START_US = 1_795_343_760_000_000
MINUTE_US = 60_000_000
MICROBLOG = "urn:xmpp:microblog:0"


class Calls(list):
    """What was called, in order; watchers hear of each."""

    watchers: ClassVar[set] = set()

    def append(self, call):
        super().append(call)
        for watcher in tuple(self.watchers):
            watcher()


class Account:
    """One profile with its conversations, messages and contacts in plain dictionaries."""

    def __init__(self, backend, name, jid, password):
        self.backend = backend
        self.id = f"id-of-{name}"
        self.name = name
        self.path = profile_path(name)
        self.jid = jid
        self.password = password
        # Its other clients that are online.
        self.clients = []
        self.full_jid = f"{jid}/here"
        self.state = "online"
        self.syncing = False
        self.next_attempt = 0
        self.last_error = ("", "")
        self.show = "online"
        self.status = ""
        self.server_features = []
        self.settings = {}
        self.missing = []
        self.warnings = []
        self.messages = {}
        self.edits = {}  # what messages said before
        self.conversations = {}
        self.contacts = {}
        self.requests = {}
        self.blocked = []
        self.pictures = {}  # "" is our own
        self.vcards = {}  # "" is our own

        self.rooms = {}
        self.occupants = {}  # by room and nick
        self.invitations = {}
        self.challenges = {}
        self.readers = {}
        self.failing = None  # why no blog can be read, and since when
        self.affiliations = {}  # by room and JID
        self.ignored = {}  # by room and occupant id
        self.configuration = Form()
        self.made = {}  # what is so of a room that is entered
        self.room_refusal = None  # what Join and SetNick fail with, if they do
        self.transfers = {}
        self.descriptions = []  # of files that were sent alone
        self.encrypted = []  # whether files were to be, for each call
        self.albums = []  # the texts of files that were sent at once
        self.file_refusals = {}  # what sending a file fails with, by call
        self.handed = []  # what was in the files that were handed over open
        self.entries = {}  # of blogs, by service, node and id
        self.published = {}  # as they are where a change of them failed, by the same
        self.followed = {}  # by service and node
        self.discussions = {}  # what is said to the user, by service and node of the comments
        self.drafts = {}  # of entries, by id
        self.comment_drafts = {}  # by where their entries are
        self.importable = []  # the posts of any file that is imported
        self.nodes = {}  # blogs by service
        self.writers = {}  # of blogs, by service and node: model and members
        self.galleries = set()  # service and node of those that were made
        self.access = {}  # by service and node: model and members
        self.outgoing = []  # how far posts are
        self.blog_refusals = {}  # what the calls of blogs fail with
        self.calls = Calls()
        self.tokens = {}
        self.archive = ArchivePreferences(default="roster", always=["ann@example.org"])
        # What services answer, by address and node.
        self.entities = {}
        self.older = "end"  # what lies before all that is stored
        # What the archive has answered before the page is there, empty for nothing.
        self.answers_older = ""
        self.revisions = itertools.count(1)
        self.ids = itertools.count(1)
        self.removed = []
        # What listing messages fails with, if it does.
        self.failing = None
        # By the names of calls, until when their answers, which are from before, wait.
        self.held = {}
        self.answers = asyncio.Event()
        self.refusal = None  # what speaks against any message, draft or block
        self.answers.set()
        self.listed = asyncio.Event()
        self.listed.set()

    @property
    def has_password(self):
        return bool(self.password)

    async def called(self, *call):
        """Return once it has been called so; AssertionError if it isn't."""
        changed = asyncio.Event()
        Calls.watchers.add(changed.set)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while call not in self.calls:
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            raise AssertionError(f"no {call} in {self.calls}") from None
        finally:
            Calls.watchers.discard(changed.set)

    def emit(self, interface, signal, *arguments):
        self.exported[interface].emit(signal, *arguments)

    def properties_changed(self, *names):
        self.exported[PROFILE].properties_changed(*names)

    def become(self, state, error=("", ""), next_attempt=0):
        self.state, self.last_error, self.next_attempt = state, error, next_attempt
        self.properties_changed("State", "LastError", "NextAttempt")

    def transfer(self, **known):
        """Have a transfer be as `known`, a new one where there is none of its id yet."""
        id = known.setdefault("id", len(self.transfers) + 1)
        before = self.transfers.get(id, Transfer(peer=BOB, direction="out", method="http"))
        known["revision"] = next(self.revisions)
        self.transfers[id] = replace(before, **known)
        self.emit(FILES, "Changed", [self.transfers[id]])
        return self.transfers[id]

    def write(self, service, id, *, node=MICROBLOG, **known):
        """Have an entry of a blog say what is `known`, a new one where there is none of its id."""
        at = (service, node, id)
        time = START_US + len(self.entries) * MINUTE_US
        new = Entry(
            service=service, node=node, id=id, state="published", author=service,
            author_verified=True, published=time, updated=time, order=time,
            uri=encode(ItemAddress(service, node, id)),
        )  # fmt: skip
        if at not in self.entries and "published" in known:
            known.setdefault("order", known["published"])
        known["revision"] = next(self.revisions)
        self.entries[at] = replace(self.entries.get(at, new), **known)
        self.emit(BLOG, "Changed", [self.entries[at]])
        if (service, node) in self.followed:
            self.follow(service, node)
        return self.entries[at]

    def send_out(self, service, node=MICROBLOG, **known):
        """Have posts be so far on their way to a blog."""
        now = Outgoing(service=service, node=node, **known)
        self.outgoing = [now]
        self.emit(BLOG, "OutgoingChanged", [now])

    def take_back(self, service, *ids, node=MICROBLOG):
        """Have entries of a blog be gone."""
        for id in ids:
            del self.entries[service, node, id]
        self.emit(BLOG, "Retracted", service, node, list(ids))

    def discuss(self, post, **known):
        """Tell what is said to the user about a post, as far as it is unread, or who likes it."""
        at = (post.comments_service, post.comments_node)
        said = [each for where, each in self.entries.items() if where[:2] == at and each.unread]
        before = self.discussions.get(at, Discussion(
            service=post.service, node=post.node, id=post.id, uri=post.uri, title=post.title,
            comments_service=at[0], comments_node=at[1],
        ))  # fmt: skip
        came = now_us() if len(said) > before.unread else before.last_came
        self.discussions[at] = replace(
            before, unread=len(said), first_unread=said[0].id if said else "", last_came=came,
            last=said[-1] if said else None, revision=next(self.revisions), **known,
        )  # fmt: skip
        self.emit(BLOG, "DiscussionsChanged", [self.discussions[at]])

    def draft(self, draft, service="", node="", /, **entry):
        """Have an entry be written that goes there, as another frontend saves it."""
        self.drafts[draft] = Draft(
            id=draft, service=service, node=node, entry=entry, revision=next(self.revisions),
            updated=START_US + len(self.drafts) * MINUTE_US,
        )  # fmt: skip
        self.emit(BLOG, "DraftsChanged", [self.drafts[draft]], [])
        return self.drafts[draft]

    def end_draft(self, id):
        """Have a draft be no more."""
        del self.drafts[id]
        self.emit(BLOG, "DraftsChanged", [], [id])

    def draft_comment(self, service, id, text, *, node="", parent="", draft_id=""):
        """Have somebody write a comment on an entry, as another frontend keeps it."""
        at = (service, node or MICROBLOG, id)
        known = {"service": at[0], "node": at[1], "id": id, "uri": encode(ItemAddress(*at))}
        known["revision"] = next(self.revisions)
        self.comment_drafts.pop(at, None)
        draft = CommentDraft(**known)
        if text:
            title = self.entries[at].title if at in self.entries else ""
            updated = START_US + len(self.comment_drafts) * MINUTE_US
            draft_id = draft_id or f"draft-{known['revision']}"
            draft = CommentDraft(
                **known, title=title, parent=parent, text=text, draft_id=draft_id, updated=updated
            )
            self.comment_drafts[at] = draft
        self.emit(BLOG, "CommentDraftsChanged", [draft])

    def follow(self, service, node="", **known):
        """Follow a blog, or tell how it stands with it."""
        at = (service, node or MICROBLOG)
        unread = sum(each.unread for where, each in self.entries.items() if where[:2] == at)
        before = self.followed.get(at, Subscription(service=at[0], node=at[1]))
        known |= {"unread": unread, "revision": next(self.revisions)}
        self.followed[at] = replace(before, **known)
        self.emit(BLOG, "SubscriptionsChanged", [self.followed[at]], [])

    def protect(self, password):
        self.password = password
        self.properties_changed("HasPassword")

    def answer_older(self, peer, older):
        self.older = older
        self.emit(MESSAGES, "OlderChanged", peer, older)

    def lack(self, *words):
        self.missing = list(words)
        self.properties_changed("Missing")

    def warn(self, sentence, word="archive", subject=""):
        told = Warning(word=word, subject=subject, text=sentence, time=START_US)
        self.warnings.append(told)
        self.properties_changed("Warnings")

    def know(self, jid, **changes):
        contact = replace(
            self.contacts.get(jid, Contact(jid=jid, subscription="both")),
            revision=next(self.revisions),
            **changes,
        )
        self.contacts[jid] = contact
        self.emit(ROSTER, "Changed", [contact])

    def ask(self, jid, text="", nickname=""):
        request = Request(jid=jid, nickname=nickname, text=text, time=START_US)
        self.requests[jid] = request
        self.emit(ROSTER, "RequestsChanged", [request], [])

    def block(self, *jids):
        self.blocked = sorted(jids)
        self.emit(ROSTER, "BlockedChanged", self.blocked)

    def invite(self, room, sender, **more):
        """Be invited to a room by somebody."""
        invitation = Invitation(
            id=str(len(self.invitations) + 1), room=room, from_=sender, time=START_US, **more
        )
        self.invitations[invitation.id] = invitation
        self.emit(ROOMS, "InvitationsChanged", [invitation], [])

    def ask_to_read(self, jid, service=ALICE, node=MICROBLOG):
        """Be asked to let somebody read a blog."""
        id = str(len(self.readers) + 1)
        request = ReaderRequest(id=id, service=service, node=node, jid=jid, time=START_US)
        self.readers[id] = request
        self.emit(BLOG, "ReaderRequestsChanged", [request], [])

    def settle_reader(self, id):
        if self.readers.pop(id, None) is None:
            raise UnknownItem("it may be answered already")
        self.emit(BLOG, "ReaderRequestsChanged", [], [id])

    def settle_invitation(self, id):
        del self.invitations[id]
        self.emit(ROOMS, "InvitationsChanged", [], [id])

    def challenge(self, about, **more):
        """Be asked something before what was sent there gets through."""
        picture = FormMedia(uri="https://example.org/captcha.png", mime="image/png")
        field = FormField(var="ocr", type="text-single", label="What you see", media=[picture])
        challenge = Challenge(
            id=str(len(self.challenges) + 1), jid=about, about=about, time=START_US,
            form=Form(fields=[field]), **more,
        )  # fmt: skip
        self.challenges[challenge.id] = challenge
        self.emit(SERVICES, "ChallengesChanged", [challenge], [])

    def settle_challenge(self, id):
        del self.challenges[id]
        self.emit(SERVICES, "ChallengesChanged", [], [id])

    def enter(self, room, nick="alice", **more):
        """Be in a room, as a moderator."""
        us = Occupant(nick=nick, jid=self.jid, role="moderator", affiliation="owner", show="online")
        self.occupants.setdefault(room, {})[nick] = us
        values = {"role": us.role, "affiliation": us.affiliation, "retracts": True}
        self.change_room(room, nick=nick, state="in", error=("", ""), **(values | more))
        self.converse(room, kind="room", notify="mentions", joined=True)

    def change_room(self, room, **changes):
        """Tell a room as it is now."""
        known = self.rooms.get(room, Room(room=room, state="out"))
        count = len(self.occupants.get(room, {}))
        self.rooms[room] = replace(known, occupants=count, revision=next(self.revisions), **changes)
        self.emit(ROOMS, "Changed", [self.rooms[room]])

    def appear(self, room, *occupants, left=()):
        """Tell who came into a room, is different, or `left`."""
        here = self.occupants.setdefault(room, {})
        for each in left:
            here.pop(each.nick, None)
        here.update({each.nick: each for each in occupants})
        self.emit(ROOMS, "OccupantsChanged", room, list(occupants), list(left))
        self.change_room(room)

    def message(self, peer, body, *, out=False, tell=True, **more):
        number = next(self.ids)
        values = {
            "id": number,
            "order": number,
            "peer": peer,
            "kind": "chat",
            "direction": "out" if out else "in",
            "source": "live",
            "type": "message",
            "sender": self.jid if out else peer,
            "body": body,
            "time": START_US + number * MINUTE_US,
            "state": "delivered" if out else "unread",
            "revision": next(self.revisions),
        }
        message = Message(**(values | more))
        self.messages[number] = message
        if tell:
            self.tell(message)
        return message

    def change(self, message_id, **changes):
        message = replace(self.messages[message_id], revision=next(self.revisions), **changes)
        self.messages[message_id] = message
        self.tell(message)
        return message

    def tell(self, *messages):
        for peer in {each.peer for each in messages}:
            mine = [each for each in messages if each.peer == peer]
            self.emit(MESSAGES, "Changed", peer, mine)
            self.converse(peer, kind=mine[-1].kind)

    def converse(self, peer, **changes):
        """Tell the conversation with `peer` as it is now."""
        record = self.record(peer, **changes)
        self.emit(MESSAGES, "ConversationsChanged", [record])

    def record(self, peer, **changes):
        old = self.conversations.get(peer, Conversation(peer=peer, kind="chat", notify="all"))
        if "draft" in changes:
            id = f"draft-{next(self.revisions)}" if changes["draft"] else ""
            changes.setdefault("draft_id", id)
        held = self.of(peer)
        unread = [each for each in held if each.direction == "in" and each.state == "unread"]
        record = replace(
            old,
            unread=len(unread),
            first_unread=unread[0].id if unread else 0,
            last=held[-1] if held else None,
            revision=next(self.revisions),
            **changes,
        )
        self.conversations[peer] = record
        return record

    def has_draft(self, peer, draft):
        """Return whether this is the draft that is kept."""
        kept = self.conversations.get(peer)
        return bool(draft) and kept is not None and kept.draft_id == draft

    def of(self, peer):
        return sorted(
            (each for each in self.messages.values() if each.peer == peer),
            key=lambda each: (each.order, each.id),
        )

    def require_unlocked(self):
        if self.state == "locked":
            raise ProfileLocked("the profile password is needed first")
