"""Where an entry leads beside what it says: to the web, and to what it is about."""

from collections.abc import Sequence

from backendd.api.records import Entry
from primitivus.model.blogs.discussion import commented
from primitivus.sentences import tr

_ON_THE_WEB = ("http://", "https://")


def web_address(entry: Entry) -> str:
    """Return where a post is on the web; nothing where it doesn't say that."""
    found = (each.href for each in entry.links if each.rel == "alternate")
    return next((href for href in found if href.lower().startswith(_ON_THE_WEB)), "")


def other_links(entry: Entry) -> Sequence[tuple[str, str]]:
    """Return where else a post leads: what that is to it, and the address."""
    # What a comment is on stands above it, or it leads there by itself.
    answers = entry.in_reply_to if commented(entry) is None else ""
    answered = [("answers", answers)] if answers else []
    on_the_web = web_address(entry)
    found = [(each.rel, each.href) for each in entry.links if each.href != on_the_web]
    return [*answered, *((tr("on the web"), each) for each in (on_the_web,) if each), *found]
