"""How far posts are on their way out, in the status line."""

from collections.abc import Iterator

from primitivus.model.blogs.outgoing import OutgoingPosts, total
from primitivus.sentences import ntr
from primitivus.widgets.drawing.cells import Segment
from primitivus.widgets.scene import Scene


def news(scene: Scene) -> Iterator[Segment]:
    """Yield how many of the posts that wait in all accounts are out, where they are many."""
    accounts = scene.state.accounts.opened()
    going = [each for account in accounts for each in account.of(OutgoingPosts).going()]
    if going:
        out = sum(each.published for each in going)
        many = sum(map(total, going))
        said = ntr(
            "publishing: {out} of {n} posts", "publishing: {out} of {n} posts", many, out=out
        )
        yield "status", said
        failed = sum(each.failed for each in going)
        yield "status.error", " " + ntr("({n} failed)", "({n} failed)", failed) if failed else ""
        yield "status", "  "
