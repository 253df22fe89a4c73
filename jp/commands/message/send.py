"""`jp message send`."""

from jp.command import command, prints
from jp.kinds.addresses import Peer
from jp.kinds.drafts import MessageDraftId
from jp.kinds.numbers import MessageId, Wait
from jp.kinds.texts import Body, Token
from jp.session import Session


@command
@prints("id")
async def send(
    session: Session,
    peer: Peer,
    body: Body,
    *,
    reply_to: MessageId | None = None,
    token: Token | None = None,
    spoiler: bool = False,
    about: str = "",
    unstyled: bool = False,
    clear_draft: bool = False,
    draft: MessageDraftId | None = None,
    wait: Wait | None = None,
) -> None:
    """Send a message to somebody or into a room, and print its id.

    It returns once the message is stored in the outbox, and the backend sends it as soon as that is
    possible, also after a restart. What comes of it is told by --wait alone, or by `jp message
    unsent` later. A room has to be entered before, by `jp room join`.

    reply_to: the message that it answers
    token: any text: the same one again sends nothing more and prints the same id, for seven days
    spoiler: hide the text until it is asked for
    about: what a hidden text is about
    unstyled: show stars and underscores as they are
    clear_draft: forget what is being written to them, in the same step
    draft: the draft that this is, by its id (`jp message drafts --fields draft_id`): it is
        forgotten in the same step, and nothing more is sent where the same was sent of it already
    wait: return when the other side has it, or the server, where that is all that can be known;
        at most so long (a minute where nothing is said). It is an error where not even the server
        has it by then; that nobody has confirmed it is none, and told on standard error

    $ jp message send bob@example.org "the kettle is on"
    $ uptime | jp message send bob@example.org -
    $ jp message send bob@example.org "are you there?" --wait=10s
    """
    await session.begin("the message may be stored, and goes out then; `jp message list` has it")
    id = await session.messages.send(
        peer,
        body,
        reply_to=reply_to or 0,
        token=token or "",
        spoiler=spoiler or bool(about),
        spoiler_about=about,
        unstyled=unstyled,
        clear_draft=clear_draft,
        draft=draft or "",
    )
    session.begun = f"message {id} is stored, and goes out as soon as that is possible"
    session.out.value("id", id)
    if wait is not None:
        from jp.settling import settle

        await settle(session, id, wait)
