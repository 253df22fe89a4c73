"""What an archive brings stands in its order, wherever reading it was broken off."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from backendd.core.messages import NewMessage
from backendd.features.archive import store
from backendd.features.archive.store import Extent
from backendd.store import conversations, pages
from backendd.store.places import PlaceAbove, PlaceByTime, PlaceInGap
from tests.backendd.store.receiving import receive
from tests.backendd.store.test_messages import ME, SECOND, Book

PEERS = ("a@x", "b@x")


@dataclass(frozen=True)
class Message:
    """One as the archive has it; stamps are whole seconds."""

    number: int
    peer: str
    second: int
    is_ours: bool = False


@dataclass
class Client:
    """A profile that reads the archive and follows the stream; `skew` is its clock's error."""

    archive: list[Message]
    skew: int
    # Until it has read all, each attempt begins here: something of ours may lie from there on.
    doubted: int | None = None
    book: Book = field(default_factory=Book)

    def connect(self):
        store.fall_behind(self.book.ledger, ME)

    def misses(self, arrivals):
        """Be away while the archive gets messages."""
        for peer, pause in arrivals:
            self._archive(peer, pause)
        self.connect()

    def hears(self, arrival, *, is_ours, has_id):
        """Have the stream bring what the archive gets, or acknowledge one of ours."""
        message = self._archive(*arrival, is_ours=is_ours)
        ids = ((ME, str(message.number)),) if has_id and not is_ours else ()
        said = self._said(message, (message.second + self.skew) * SECOND)
        source = "sent" if is_ours else "live"
        receive(self.book.ledger, NewMessage(**said, source=source, way="live", archive_ids=ids))
        if ids:
            store.move_on(self.book.ledger, ME, ids[0][1], said["time"])

    def reads(self, size, count):
        """Read at most `count` pages; return whether that was all."""
        known = store.load(self.book.ledger, ME)
        if known.is_caught_up:
            return True  # until the next connection the stream brings all
        if not known.cursor and not known.time:
            self._store(self.archive[-size:], PlaceByTime(known.began), known)
            count -= 1
        placing = PlaceAbove(known.began)
        known = store.load(self.book.ledger, ME)
        start = int(known.cursor) + 1 if known.cursor else 0
        if self.doubted is not None:
            start = min(start, self.doubted)
        for _ in range(count):
            page = self.archive[start : start + size]
            start += size
            is_all = start >= len(self.archive)
            self._store(page, placing, known, is_all=is_all)
            if is_all:
                self.doubted = None
                return True
        return False

    def bodies(self, peer):
        conversation_id = conversations.find(self.book.ledger, peer)
        found = pages.before(self.book.ledger, conversation_id, 1000) if conversation_id else []
        return [int(message.body) for message in found]

    def _archive(self, peer, pause, *, is_ours=False):
        second = self.archive[-1].second + pause if self.archive else 1000
        self.archive.append(Message(len(self.archive), peer, second, is_ours))
        return self.archive[-1]

    def _store(self, page, placing, known, *, is_all=False):
        for message in page:
            said = self._said(message, message.second * SECOND)
            ids = ((ME, str(message.number)),)
            new = NewMessage(**said, source="archive", way="archive", archive_ids=ids)
            receive(self.book.ledger, new, placing=placing)
        cursor = str(page[-1].number) if page else known.cursor
        time = page[-1].second * SECOND if page else known.time or 1
        store.save(self.book.ledger, ME, Extent(cursor, time, is_all, known.began))

    def _said(self, message, time):
        return {
            "peer": message.peer,
            "direction": "out" if message.is_ours else "in",
            "sender": ME if message.is_ours else message.peer,
            "body": str(message.number),
            "time": time,
            "message_id": f"id-{message.number}",
            "origin_id": f"id-{message.number}",
            "state": "sent" if message.is_ours else "unread",
        }


@given(
    st.lists(st.integers(0, 1), min_size=4, max_size=60),
    st.tuples(st.integers(1, 58), st.integers(2, 59)),
)
def test_what_fills_a_gap_stands_in_it_in_the_order_of_the_archive(pauses, gap):
    client, peer = Client([], 0), PEERS[0]
    for arrivals in (pauses[:1], pauses[1:]):
        client.misses([(peer, pause) for pause in arrivals])
        while not client.reads(7, 30):
            pass
    bodies, book = client.bodies(peer), client.book
    first, above = sorted(min(each, len(pauses) - 1) for each in gap)
    for body in bodies[first:above]:
        book.db.execute("DELETE FROM message WHERE body = ?", (str(body),))
    (message_id,) = book.db.execute(
        "SELECT id FROM message WHERE body = ?", (str(bodies[above]),)
    ).fetchone()
    placing = PlaceInGap(message_id, pages.newest_id(book.ledger))
    for message in client.archive:
        said = client._said(message, message.second * SECOND)
        new = NewMessage(
            **said, source="archive", way="archive", archive_ids=((ME, str(message.number)),)
        )
        receive(book.ledger, new, placing=placing)
    assert client.bodies(peer) == bodies
    book.db.close()


ARRIVALS = st.tuples(st.sampled_from(PEERS), st.integers(0, 1))
STEPS = st.one_of(
    st.tuples(st.just("archived"), st.lists(ARRIVALS, min_size=1, max_size=5)),
    st.tuples(st.sampled_from(["heard", "sent"]), st.tuples(ARRIVALS, st.booleans())),
    st.tuples(st.just("connect"), st.none()),
    st.tuples(st.just("again"), st.integers(0, 8)),
    st.tuples(st.sampled_from(["page", "pages"]), st.integers(1, 4)),
)


@given(
    st.lists(ARRIVALS, max_size=5),
    st.lists(STEPS, max_size=12),
    st.integers(-200, 200),
    st.integers(1, 4),
)
@settings(max_examples=120)
def test_the_order_is_the_archives_whatever_came_live_and_wherever_reading_was_broken_off(
    before, steps, skew, size
):
    client = Client([], skew)
    client.misses(before)
    client.reads(size, 1)
    for step, value in steps:
        if step == "archived":
            client.misses(value)
        elif step == "again":
            client.doubted = value if client.doubted is None else min(value, client.doubted)
            client.connect()
        elif step == "connect":
            client.connect()
        elif step in ("page", "pages"):
            client.reads(value, 1 if step == "page" else 3)
        else:
            arrival, has_id = value
            client.hears(arrival, is_ours=step == "sent", has_id=has_id)
    while not client.reads(size, 30):
        pass
    for peer in PEERS:
        found = client.bodies(peer)
        assert found == sorted(set(found))
        assert not found or found[-1] == max(m.number for m in client.archive if m.peer == peer)
    client.book.db.close()
