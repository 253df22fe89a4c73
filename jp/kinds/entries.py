"""Blogs and what is written in them, by names that are typed as easily as they are printed."""

from jp.kinds.addresses import Peer, of_uri
from jp.kinds.backend import Backend
from jp.kinds.kind import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from jp.kinds.kind import Asked

MICROBLOG = "urn:xmpp:microblog:0"
"""The node of an account's own blog (XEP-0277), which an empty one stands for."""


class BlogAddress(Kind, tuple[str, str]):
    """A blog: its service and node, as the bus takes them, where empty ones are the own."""

    __slots__ = ()

    metavar = "BLOG"
    doc = (
        "a blog: whose it is, or SERVICE/NODE; /NODE is another one of your own account; also an"
        " xmpp: address"
    )
    is_resolved = True

    @classmethod
    def read(cls, text: str) -> "Self":
        if text[:5].lower() == "xmpp:":
            return cls(_of_link(text)[:2])
        service, slash, node = text.partition("/")
        if not text.strip() or (slash and not node):
            raise ValueError("is no blog")
        return cls((service, node))

    @classmethod
    async def resolve(cls, value: "tuple[str, str]", backend: Backend) -> "Self":
        """Return it with the address of who is named as in the roster; ValueError."""
        service, node = value
        return cls((await _resolved(service, backend), node))

    @classmethod
    async def complete(cls, asked: "Asked") -> "Iterable[str | tuple[str, str]]":
        followed = await asked.backend.blog.subscriptions()
        return [(blog_name(each.service, each.node), each.name) for each in followed]


class EntryAddress(Kind, tuple[str, str, str]):
    """An entry or a comment: service, node and id, as the bus takes them."""

    __slots__ = ()

    metavar = "ENTRY"
    doc = (
        "an entry as lists print it: ID in your own blog, SERVICE/ID in somebody's own,"
        " SERVICE/NODE/ID; or an xmpp: address"
    )
    is_resolved = True

    @classmethod
    def read(cls, text: str) -> "Self":
        if text[:5].lower() == "xmpp:":
            found = _of_link(text)
            if not found[2]:
                raise ValueError("is an xmpp: address of no entry")
            return cls(found)
        found = _parts(text)
        if not found[2].strip():
            raise ValueError("is no entry")
        return cls(found)

    @staticmethod
    def named(entry: tuple[str, str, str]) -> str:
        """Return it as a sentence has it."""
        return f"entry {entry_name(*entry)}"

    @classmethod
    async def resolve(cls, value: "tuple[str, str, str]", backend: Backend) -> "Self":
        """Return it with the address of who is named as in the roster; ValueError."""
        service, node, id = value
        return cls((await _resolved(service, backend), node, id))

    @classmethod
    async def complete(cls, asked: "Asked") -> "Iterable[str | tuple[str, str]]":
        page, _ = await asked.backend.blog.timeline(markup=False)
        return [(entry_name(e.service, e.node, e.id, e.uri), e.title) for e in page]


OWN = BlogAddress(("", ""))
"""The own blog of the account."""


def blog_name(service: str, node: str) -> str:
    """Return what a blog is called on a command line: by a link where no other name says it."""
    name = service if _is_own_blog(service, node) or not node else f"{service}/{node}"
    return name if _is_typed(name) else _link(service, node)


def entry_name(service: str, node: str, id: str, uri: str = "") -> str:
    """Return what an entry is called on a command line: `uri` where no other name says it."""
    place = service if _is_own_blog(service, node) or not node else f"{service}/{node}"
    name = f"{place}/{id}" if place else id
    is_read_back = _parts(name) == (service, node_of(service, node), id) and id.strip()
    return name if not uri or (_is_typed(name) and is_read_back) else uri


def node_of(service: str, node: str) -> str:
    """Return a node as the bus takes it: empty for that of an account's own blog."""
    return "" if _is_own_blog(service, node) else node


def _is_own_blog(service: str, node: str) -> bool:
    return node == MICROBLOG and ("@" in service or not service)


def _parts(text: str) -> tuple[str, str, str]:
    """Return service, node and id; a node may have a / in it, as those of comments do."""
    place, _, id = text.rpartition("/")
    service, _, node = place.partition("/")
    return service, node, id


def _is_typed(name: str) -> bool:
    """Return whether a name can be typed as it is shown."""
    is_taken = name.startswith("-") or name[:5].lower() == "xmpp:"
    return name.isprintable() and " " not in name and not is_taken


async def _resolved(service: str, backend: Backend) -> str:
    return await Peer.resolve(service, backend) if service else ""


def _link(service: str, node: str) -> str:
    """Return the link to a blog (RFC 5122), as the backend writes those to entries."""
    from urllib.parse import quote

    return f"xmpp:{quote(service, safe='@')}?;node={quote(node or MICROBLOG, safe='')}"


def _of_link(text: str) -> tuple[str, str, str]:
    """Return service, node and item of a link (XEP-0060 12.22); ValueError."""
    from urllib.parse import unquote

    service = of_uri(text)
    query = text.partition("#")[0].partition("?")[2]
    pairs = (each.strip().partition("=") for each in query.replace("&", ";").split(";"))
    found = {key: unquote(value) for key, _, value in pairs}
    if any("\0" in each for each in (service, *found.values())):
        raise ValueError("is an xmpp: address with a NUL in it")
    return service, found.get("node", ""), found.get("item", "")
