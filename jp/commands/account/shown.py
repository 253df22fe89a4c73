"""`jp account vcard` and `jp account avatar`: what others see of one."""

from backendd.api.records import VCard
from backendd.api.signature import Plain
from jp.command import command, prints
from jp.failures import Failure, UsageError
from jp.kinds.answers import Answer
from jp.kinds.files import OpenedFile
from jp.session import Session


@command
@prints("VCard.*")
async def vcard(session: Session, *, set: list[Answer] | None = None) -> None:
    """Print what you say of yourself, or change it (XEP-0292, XEP-0054).

    set: a key of the record and what it holds; more than once for several values, and empty for
        nothing more; the others stay

    $ jp account vcard --set fn="Alice Liddell" --set email=alice@example.org
    """
    if set is None:
        found = await session.services.v_card(str(await session.property("Jid")))
        session.out.record(found, none="you say nothing of yourself")
        return
    await session.services.set_v_card(_changes(set))


def _changes(answers: list[Answer]) -> dict[str, Plain]:
    """Return the keys of a vCard that are set, each as its record has it; Failure."""
    empty = VCard()
    known = {name: getattr(empty, name) for name in VCard.__dataclass_fields__}
    changes: dict[str, Plain] = {}
    for key, value in answers:
        if key not in known:
            raise Failure(f"a vCard has no {key!r}; it has {', '.join(known)}")
        if isinstance(known[key], list):
            changes.setdefault(key, []).extend([value] if value else [])
        else:
            changes[key] = value
    return changes


@command
async def avatar(session: Session, file: OpenedFile | None = None, *, remove: bool = False) -> None:
    """Show your contacts a picture of you: a PNG, JPEG, GIF or WebP.

    remove: show them none

    $ jp account avatar me.png
    """
    if (file is None) != remove:
        raise UsageError("it is either a file or --remove", "account avatar")
    from backendd.api.regular import opened
    from backendd.api.sealed import sealed

    if file is None:
        image = sealed("no avatar", b"")
    else:
        try:
            image = opened(file, file, "shown")
        except OSError as error:
            raise Failure(f"{file} can't be read: {error.strerror}") from None
    with image:
        await session.services.set_avatar(image)
