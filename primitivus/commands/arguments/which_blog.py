"""Which blog is meant: by whose it is, by a link to it, or the one that one looks at."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from backendd.api.tuples import NamedTuple
from primitivus.commands.arguments.people import accounts, begun, everywhere, find_here
from primitivus.commands.arguments.types import Kind
from primitivus.commands.contacts.roster import the_contact
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import MICROBLOG, Blogs, Feed, blog_name, feed_of
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.place import Place
from primitivus.model.popups.blog_list import BlogList
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording import links
from primitivus.model.wording.address import occupant
from primitivus.sentences import tr


def _complete_blog(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, everywhere(asked.known.state, _followed, _people))


def _complete_node(asked: Asked) -> Iterable[Candidate]:
    found = (each for of in accounts(asked.known.state) for each in of.of(Blogs).followed())
    nodes = dict.fromkeys(each.node for each in found if each.service == asked.earlier)
    return [Candidate(node) for node in nodes if node.startswith(asked.word)]


def _followed(account: Account) -> Iterator[Candidate]:
    for each in account.of(Blogs).followed():
        yield Candidate(each.service, blog_name(account, feed_of(each)))


def _people(account: Account) -> Iterator[Candidate]:
    yield Candidate(account.profile.jid, tr("your blog"))
    for contact in account.roster.listed():
        yield Candidate(contact.jid, contact.name)


# Whose blog, by address or name, or a link to one.
def _complete_new_node(asked: Asked) -> Iterable[Candidate]:
    """Complete to the node of one's own blog; another is whatever one likes to call it."""
    is_own = asked.earlier == asked.known.state.account.profile.jid
    is_it = is_own and MICROBLOG.startswith(asked.word)
    return [Candidate(MICROBLOG, tr("your own blog itself"))] if is_it else []


BlogAddress = Annotated[str, Kind("blog", complete=_complete_blog, has_blanks=True)]
BlogNode = Annotated[str, Kind("node", complete=_complete_node, has_blanks=True)]
NewNode = Annotated[str, Kind("word", complete=_complete_new_node)]

_WEB = ("http://", "https://")
_LIKE = tr(
    "one looks like juliet@example.org, a link to one like xmpp:juliet@example.org?;node=NODE"
)


class Blog(NamedTuple):
    """A blog, and in which account one looks at it."""

    account: Account
    feed: Feed


def the_blog(ctx: Context, address: str | None, node: str | None) -> Blog:
    """Return the blog that is meant, by default the one that is looked at; CommandError."""
    if address is None:
        return shown_blog(ctx)
    if address[: len(links.SCHEME)].lower() == links.SCHEME:
        return _linked(ctx, address)
    if address.lower().startswith(_WEB):
        raise CommandError(
            tr("{address} isn't an address of a blog: {like}", address=address, like=_LIKE)
        )
    place = find_here(ctx.state, address, is_listed=True)
    return Blog(ctx.account.known, Feed(_whose(ctx, place), node or MICROBLOG))


def shown_blog(ctx: Context) -> Blog:
    """Return the blog that is shown or marked, else that of whom one looks at; CommandError."""
    pane, feed = ctx.pane, None
    if isinstance(pane, BlogList):
        feed, account = pane.marked, pane.account
    elif isinstance(pane, PostPane):
        feed, account = Feed(pane.service, pane.node), ctx.state.at(pane.place)
    elif isinstance(pane, TimelinePane):
        feed, account = pane.feed, ctx.state.at(pane.place)
    else:
        place = the_contact(ctx, None)
        feed, account = Feed(_whose(ctx, place)), ctx.state.at(place)
    if feed is None:
        raise CommandError(tr("whose blog do you mean? none is marked here: give an address"))
    return Blog(account, feed)


def _whose(ctx: Context, place: Place) -> str:
    """Return the address of who is at a place; CommandError for rooms, and who is hidden there."""
    account = ctx.state.at(place)
    room, nick = occupant(place.peer)
    if nick:
        known = account.of(Rooms).occupant(place.peer)
        if known is None or not known.jid:
            raise CommandError(
                tr("{nick} is known by that nick alone: the room hides the address", nick=nick)
            )
        return known.jid.partition("/")[0]
    if account.conversation(room).kind == "room":
        raise CommandError(tr("a room has no blog: give the address of somebody"))
    return room


def _linked(ctx: Context, written: str) -> Blog:
    try:
        link = links.read(written)
    except ValueError as error:
        raise CommandError(str(error)) from None
    feed = Feed(link.jid.partition("/")[0], link.values.get("node", "") or MICROBLOG)
    return Blog(ctx.account.known, feed)
