"""`jp blog preview`."""

from jp.command import command, prints
from jp.kinds.texts import Body
from jp.session import Session


@command
@prints("body xhtml")
async def preview(session: Session, text: Body, *, html: bool = False) -> None:
    """Print what Markdown becomes, as text; nothing is published.

    html: as XHTML

    $ jp blog preview - --html < beans.md
    """
    body, xhtml = await session.blog.preview(text)
    if session.out.is_for_people:
        session.out.text(xhtml if html else body)
    else:
        session.out.record({"body": body, "xhtml": xhtml})
