"""What becomes of the posts of a file that are imported, in words."""

from collections.abc import Iterator, Sequence

from backendd.api.records import ImportedEntry
from primitivus.failures import reason
from primitivus.model.popups.listing import Markup
from primitivus.model.wording.times import moment
from primitivus.sentences import ntr, tr

# So many posts of a kind are listed.
_MOST = 200
_STATES = ("new", "refused", "known")
_DATE = len("2026-11-26 12:00:00")
_DOUBTS = {
    "missing": "  " + tr("is of now"),
    "future": "  " + tr("lies in the future: is of now"),
    "early": "  " + tr("before 1970"),
}
_ALL_DOUBTS = {
    "missing": tr("without a date, published as of now"),
    "future": tr("dated in the future, published as of now"),
    "early": tr("dated before 1970, published as of then"),
}


def counts_of(found: Sequence[ImportedEntry]) -> dict[str, int]:
    """Return how many posts are in which state."""
    return {state: sum(each.state == state for each in found) for state in _STATES}


def summary(counts: dict[str, int]) -> str:
    """Return how many are new, there already and left out."""
    new, known, refused = counts["new"], counts["known"], counts["refused"]
    said = (
        ntr("{n} new", "{n} new", new) if new else "",
        ntr("{n} there already", "{n} there already", known) if known else "",
        ntr("{n} left out", "{n} left out", refused) if refused else "",
    )
    return ", ".join(filter(None, said)) or tr("it has no posts")


def lines(found: Sequence[ImportedEntry]) -> Iterator[Markup]:
    """Yield what becomes of each post: those to be published, then what is left out and why."""
    yield (("hint", tr("Enter goes on to publish what is new; Esc leaves it.")),)
    yield from _doubts(found)
    for state in _STATES[:2]:
        those = [each for each in found if each.state == state]
        yield from map(_line, those[:_MOST])
        if len(those) > _MOST:
            yield (("hint", ntr("and {n} more", "and {n} more", len(those) - _MOST)),)


def _line(post: ImportedEntry) -> Markup:
    said = (("popup.key", f"{_date(post):<{_DATE}}  "), ("popup", post.title))
    if post.state == "refused":
        return (*said, ("message.error", "  " + tr("left out: {why}", why=reason(post.error))))
    tags = ("hint", "".join(f"  #{tag}" for tag in post.tags))
    return (*said, ("message.error", _DOUBTS.get(post.doubt, "")), tags)


def _date(post: ImportedEntry) -> str:
    """Return when a post was written, as it says."""
    try:
        return tr("no date") if post.doubt == "missing" else moment(post.published)
    except (OverflowError, OSError, ValueError):  # of a year that no calendar has
        return "?"


def _doubts(found: Sequence[ImportedEntry]) -> Iterator[Markup]:
    """Yield how many have dates that can't be, of those that would be published."""
    for doubt, said in _ALL_DOUBTS.items():
        if many := sum(each.doubt == doubt and each.state == "new" for each in found):
            what = ntr("{n} post", "{n} posts", many)
            yield (("message.error", f"{what}: {said}"),)
