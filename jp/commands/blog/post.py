"""`jp blog post`."""

from backendd.api.errors import BackendError
from backendd.api.signature import Plain
from backendd.api.words import AccessModel
from jp.command import command, prints
from jp.commands.blog.written import open_files, publish, tell
from jp.failures import Failure
from jp.kinds.addresses import Peer
from jp.kinds.drafts import DraftId
from jp.kinds.entries import node_of
from jp.kinds.files import OpenedFile
from jp.kinds.numbers import Wait
from jp.kinds.texts import Body, Token
from jp.session import Session


@command
@prints("id")
async def post(
    session: Session,
    text: Body,
    *,
    title: str = "",
    tag: list[str] | None = None,
    file: list[OpenedFile] | None = None,
    comments: bool = True,
    plain: bool = False,
    access: AccessModel | None = None,
    service: Peer | None = None,
    node: str = "",
    draft: DraftId | None = None,
    token: Token | None = None,
    wait: Wait | None = None,
) -> None:
    """Write an entry, in Markdown, and print what it is called.

    It returns once the entry is stored, and the backend publishes it as soon as that is possible,
    also after a restart. Where your account has no blog one is made, open to all.

    title: one line; without one what it says becomes the title, or the first line of it
    tag: what it is about
    file: a file that it comes with, which is put on the server first
    comments: whether there are to be comments
    plain: the text is no Markdown: it stays as it is
    access: publish it only where the blog is for these people; one that isn't there yet is made so
    service: where the blog is; else in your account
    node: in which blog there; else your own
    draft: the draft that it is made of, which is gone then
    token: any text: the same one again publishes nothing more and prints the same, for seven days
    wait: return when it is published; at most so long (a minute where nothing is said)

    $ jp blog post "Beans *grow*." --title "The garden" --tag beans
    $ jp blog post - --file cat.png < beans.md
    """
    where, node = service or "", node_of(service or "", node)
    # What a record holds tells its type on the bus.
    entry: dict[str, Plain] = {"body" if plain else "markdown": str(text)}
    if title:
        entry["title"] = title
    if tag:
        entry["tags"] = tag
    if not comments:
        entry["comments"] = False
    files = open_files(file or ())
    if access is not None:
        await _require(session, where, node, access)
    id = await publish(session, (where, node), entry, files, token=token or "", draft=draft or "")
    session.begun = "the entry is stored, and is published as soon as that is possible"
    tell(session, where, node, id)
    if wait is not None:
        from jp.commands.blog.settling import settle

        await settle(session, (where, node, id), wait)


async def _require(session: Session, service: str, node: str, wanted: AccessModel) -> None:
    """Return where a blog is for these people, which is made where there is none; Failure."""
    try:
        model, _ = await session.blog.access(service, node)
    except BackendError as error:
        if error.name != "UnknownItem":
            raise
        await session.blog.create_node(service, node, access=wanted)
        return
    if model != wanted:
        raise Failure(f"nothing was published: the blog is {model}, and not {wanted}")
