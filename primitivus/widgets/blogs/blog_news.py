"""What is unread in blogs, in the status line."""

from collections.abc import Iterable, Iterator

from primitivus.model.blogs.blogs import Blogs
from primitivus.model.blogs.discussions import Discussions
from primitivus.sentences import ntr
from primitivus.widgets.drawing.cells import Segment
from primitivus.widgets.drawing.touching import running
from primitivus.widgets.scene import Scene


def news(scene: Scene) -> Iterator[Segment]:
    """Yield how much is unread in the blogs that are followed, and said to us, in all accounts."""
    unread, said = _unread(scene)
    if unread:
        yield from _told(ntr("{n} unread post", "{n} unread posts", unread), "blog")
    if said:
        yield from _told(ntr("{n} unread comment", "{n} unread comments", said), "next-unread")


def short_news(scene: Scene) -> Iterator[Segment]:
    """Yield the same in few columns, for behind what else is unread."""
    unread, said = _unread(scene)
    if unread:
        yield from _told(ntr("{n} post", "{n} posts", unread), "blog")
    if said:
        yield from _told(ntr("{n} comment", "{n} comments", said), "next-unread")


def _unread(scene: Scene) -> tuple[int, int]:
    """Return how many posts and how many comments are unread in all accounts."""
    opened = scene.state.accounts.opened()
    posts = sum(account.of(Blogs).unread for account in opened)
    return posts, sum(account.of(Discussions).unread for account in opened)


def _told(text: str, line: str) -> Iterable[Segment]:
    return running([("status.unread", f"{text}  ")], line)
