"""`jp service challenges`, `answer`, `decline` and `media`: what is asked of who sends."""

from jp.command import command, prints
from jp.failures import Failure
from jp.forms import fill_in, show
from jp.kinds.addresses import Peer
from jp.kinds.answers import Answer
from jp.kinds.files import NewFile
from jp.kinds.requests import ChallengeId
from jp.session import Session


@command
@prints("Challenge.*")
async def challenges(session: Session) -> None:
    """Print what has to be answered before something of yours gets through (XEP-0158).

    Its pictures are fetched by `media`.
    """
    columns = ("id", "jid", "about", "time", "text", "url")
    session.out.records(await session.services.challenges(), columns, none="nothing is asked")


@command
@prints("Form.*")
async def answer(
    session: Session, challenge: ChallengeId, *, set: list[Answer] | None = None
) -> None:
    """Answer a challenge. Where nothing is set, what it asks is printed.

    set: a field of its form and what it holds; more than once for several
    """
    found = [each for each in await session.services.challenges() if each.id == challenge]
    if not found:
        raise Failure(f"there is no challenge {challenge!r}, or nobody waits for it any more")
    form = found[0].form
    if form is None:
        raise Failure(f"it can be answered on the web alone: {found[0].url}")
    if set is None:
        show(session, form)
        return
    await session.services.answer_challenge(challenge, fill_in(session, form, set))


@command
async def decline(session: Session, challenge: ChallengeId) -> None:
    """Don't answer a challenge: what was sent doesn't get through."""
    await session.services.decline_challenge(challenge)


@command
async def media(session: Session, peer: Peer, uri: str, file: NewFile) -> None:
    """Write a picture or sound that a form of somebody shows to a new file (XEP-0231).

    uri: its address, as the form has it: cid:NAME
    """
    from jp.written import write

    with await session.services.media(peer, uri) as source:
        write(source, file)
