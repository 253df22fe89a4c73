"""Files on their way, as an account knows them, and how fast they go."""

from collections.abc import Iterable, Mapping

from backendd.api import attachments
from backendd.api.errors import FileError, NotAllowed
from backendd.api.records import Attachment, Enclosure, Entry, Message, Transfer
from backendd.api.speed import Speed
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr

GOING = ("queued", "running")
OVER = ("done", "failed", "cancelled")

GIVEN_AWAY = tr("has come, to the program that took it")
"""What is said of a file that came without a place here: into what a program had open."""


def name_of(transfer: Transfer) -> str:
    """Return what a file is called in a sentence."""
    return f'"{transfer.name}"'


def about(id: int) -> str:
    """Return the word for what is said of a transfer."""
    return f"transfer {id}"


def size_of(transfer: Transfer) -> int | None:
    """Return how many bytes a file has; None while nobody knows."""
    is_known = transfer.direction == "out" or transfer.state == "done"
    return transfer.size if is_known else transfer.size or None


def is_offer(transfer: Transfer) -> bool:
    """Return whether a file waits for the user to take it."""
    return transfer.direction == "in" and transfer.state == "offered"


def is_given_away(transfer: Transfer) -> bool:
    """Return whether a file that was taken went into what another program had open."""
    return transfer.direction == "in" and not transfer.path


def is_theirs_to_resume(transfer: Transfer) -> bool:
    """Return whether the other side has paused a file."""
    return transfer.state == "paused" and bool(transfer.error[0])


def is_waiting(transfer: Transfer) -> bool:
    """Return whether a file waits for who is at its other end to be there."""
    return transfer.state == "queued" and bool(transfer.error[0])


def order(transfer: Transfer) -> tuple[int, int]:
    """Return what a list is sorted by: what the user is asked, what goes on, what is over.

    Among those the newest is first: ids grow, whoever's they are.
    """
    if is_offer(transfer):
        return 0, -transfer.id
    return (2 if transfer.state in OVER else 1), -transfer.id


def per_cent(transfer: Transfer) -> str:
    """Return how much of a file has passed, in bytes where nobody knows how long it is.

    Nothing where all of it has, and what follows isn't over: it may wait for its turn.
    """
    return "" if has_passed(transfer) else share(transfer.done, transfer.size)


def has_passed(transfer: Transfer) -> bool:
    """Return whether all bytes of a file have passed, though it isn't there before that is said."""
    return transfer.state == "running" and 0 < transfer.size <= transfer.done


def share(done: int, size: int) -> str:
    """Return which part of so many bytes that is, itself where that can't be said."""
    # Not all of it is there before that is said.
    return f"{min(99, 100 * done // size)}%" if size else as_size(done)


def checking(transfer: Transfer) -> str:
    """Return what is looked through of a file before it goes on, and how far; else nothing."""
    if (part := checked(transfer)) and transfer.direction == "in":
        return tr("checking what is here: {part}", part=part)
    return tr("checking the file: {part}", part=part) if part else ""


def checked(transfer: Transfer) -> str:
    """Return how much of what is there was looked through before a file goes on; else nothing."""
    return share(*transfer.checking) if transfer.checking[1] else ""


def is_here(transfer: Transfer) -> bool:
    """Return whether the file is on this machine, for all that is known."""
    return bool(transfer.path) and (transfer.direction == "out" or transfer.state == "done")


def can_be_asked_for(transfer: Transfer) -> bool:
    """Return whether a file that was offered, and did not come, may come by asking for it.

    Who has cancelled or declined it has it no more for us, until they offer it again.
    """
    is_theirs = transfer.error[0] == NotAllowed.__name__
    return transfer.state == "failed" and bool(transfer.size) and not is_theirs


def has_lost_its_file(transfer: Transfer) -> bool:
    """Return whether a file was given open, and the backend has it no more: nor has it a path."""
    is_given = transfer.direction == "out" and not transfer.path
    return is_given and transfer.state == "failed" and transfer.error[0] == FileError.name


class Transfers:
    """Those of an account, by id."""

    def __init__(self) -> None:
        # Whether it is told how far they are; while the backend is away nobody knows.
        self.is_told = True
        self._known: dict[str, Transfer] = {}
        self._speeds: dict[int, Speed] = {}
        self._meanwhile: Meanwhile[Transfer] = Meanwhile()

    def get(self, id: int) -> Transfer | None:
        """Return a transfer."""
        return self._known.get(str(id))

    def listed(self) -> list[Transfer]:
        """Return all, in the order of a list."""
        return sorted(self._known.values(), key=order)

    def going(self) -> list[Transfer]:
        """Return those that go on by themselves now, as far as is told, the oldest first."""
        if not self.is_told:
            return []
        known = self._known.values()
        found = (each for each in known if each.state in GOING and not is_waiting(each))
        return sorted(found, key=lambda each: each.id)

    def offers(self) -> list[Transfer]:
        """Return those that wait for the user to take them, the oldest first."""
        return sorted(filter(is_offer, self._known.values()), key=lambda each: each.id)

    def of_attachments(self, message: Message) -> Mapping[int, Transfer]:
        """Return what goes on with the files of a message, or has, by the places of these."""
        # Asked for each message in each frame.
        if attachments.KEY not in message.more:
            return {}
        return self._told(
            (each.index, self.get(each.transfer) or _forgotten(message, each))
            for each in attachments.of(message)
        )

    def of_entry(self, entry: Entry) -> Mapping[int, Transfer]:
        """Return what goes on with the files of an entry, or has, by the places of these."""
        return self._told(
            (number, self.get(each.transfer) or _forgotten_of_entry(entry, each))
            for number, each in enumerate(entry.attachments)
        )

    def _told(self, found: Iterable[tuple[int, Transfer | None]]) -> Mapping[int, Transfer]:
        return {
            index: transfer
            for index, transfer in found
            if transfer is not None and (self.is_told or transfer.state not in GOING)
        }

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, known: Iterable[Transfer]) -> None:
        """Hold these, and what was told meanwhile."""
        self.is_told = True
        self._known = {str(each.id): each for each in known}
        self._meanwhile.settle(self._known)
        self._speeds.clear()

    def merge(self, told: Iterable[Transfer], now: float) -> list[Transfer]:
        """Take in what was told at a time, in seconds; return what has come to an end by it."""
        ended = []
        for each in told:
            before = self.get(each.id)
            if before is not None and before.revision > each.revision:
                continue
            self._known[str(each.id)] = each
            self._meanwhile.told(str(each.id), each)
            self._note(before, each, now)
            if before is not None and before.state not in OVER and each.state in OVER:
                ended.append(each)
        return ended

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these."""
        for id in ids:
            self._known.pop(str(id), None)
            self._meanwhile.told(str(id), None)
            self._speeds.pop(id, None)

    def rate(self, transfer: Transfer, now: float) -> float:
        """Return how many bytes a second pass; 0 where nobody can tell."""
        speed = self._speeds.get(transfer.id)
        return speed.rate(now) if speed is not None else 0.0

    def is_moving(self, now: float) -> bool:
        """Return whether bytes of one pass, or did within the last seconds."""
        return self.is_told and any(each.rate(now) for each in self._speeds.values())

    def left(self, transfer: Transfer, now: float) -> float | None:
        """Return in how many seconds it is there; None where nobody can tell."""
        speed = self._speeds.get(transfer.id) if transfer.size else None
        return speed.left(now, transfer.size) if speed is not None else None

    def _note(self, before: Transfer | None, transfer: Transfer, now: float) -> None:
        if before is None or not _passes(before) or not _passes(transfer):
            self._speeds.pop(transfer.id, None)
        elif transfer.id in self._speeds or transfer.done != before.done:
            # It is measured from the first bytes on: what was there before has not passed now, and
            # who sends the rest may look through what they have first.
            self._speeds.setdefault(transfer.id, Speed()).note(now, transfer.done)


def _forgotten(message: Message, file: Attachment) -> Transfer | None:
    """Return what brought a file, or sent it, as far as one can tell once nobody lists it."""
    if not file.here:
        return None
    return Transfer(
        peer=message.peer, direction=message.direction, name=file.name, size=file.size,
        done=file.size, state="done", path=file.path, url=file.url, mime=file.mime,
        encrypted=file.encrypted, message_id=message.id,
    )  # fmt: skip


def _forgotten_of_entry(entry: Entry, file: Enclosure) -> Transfer | None:
    """Return what brought a file of an entry, or sent it, once nobody lists it."""
    if not file.path:
        return None
    return Transfer(
        peer=entry.service, direction="in", name=file.title, size=file.size, done=file.size,
        state="done", path=file.path, url=file.url, mime=file.mime, entry_service=entry.service,
        entry_node=entry.node, entry_id=entry.id, entry_title=entry.title,
    )  # fmt: skip


def _passes(transfer: Transfer) -> bool:
    """Return whether bytes of a file pass, for all that is known."""
    return transfer.state == "running" and not checked(transfer)
