"""`jp message reply`."""

from jp.command import command, prints
from jp.kinds.drafts import MessageDraftId
from jp.kinds.numbers import MessageId, Wait
from jp.kinds.texts import Body, Token
from jp.session import Session


@command
@prints("id")
async def reply(
    session: Session,
    message: MessageId,
    body: Body,
    *,
    token: Token | None = None,
    draft: MessageDraftId | None = None,
    wait: Wait | None = None,
) -> None:
    """Answer a message, and print the id of the answer.

    It goes where that message stands; programs that know replies show what it answers.

    message: the id of what is answered
    token: any text: the same one again sends nothing more and prints the same id, for seven days
    draft: the draft that this is, as `jp message send` has it
    wait: return when the other side has it, or the server, where that is all that can be known;
        at most so long (a minute where nothing is said). It is an error where not even the server
        has it by then; that nobody has confirmed it is none, and told on standard error

    $ jp message reply 42 "two spoons, please"
    """
    peer = (await session.messages.get(message)).peer
    await session.begin("the answer may be stored, and goes out then; `jp message list` has it")
    id = await session.messages.send(
        peer, body, reply_to=message, token=token or "", draft=draft or ""
    )
    session.begun = f"message {id} is stored, and goes out as soon as that is possible"
    session.out.value("id", id)
    if wait is not None:
        from jp.settling import settle

        await settle(session, id, wait)
