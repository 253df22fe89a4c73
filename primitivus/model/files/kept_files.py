"""Files that a post has already, in the draft of a change of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from backendd.api.records import Draft, Enclosure, Entry, Transfer
from backendd.api.wire import from_wire
from primitivus.model.files.transfers import Transfers


def enclosures(draft: Draft, post: Entry | None) -> list[Enclosure]:
    """Return those that stay, with all that the post tells of each."""
    return [
        each
        if known is None
        else replace(each, mime=each.mime or known.mime, size=each.size or known.size)
        for each, known, _ in _kept(draft, post)
    ]


def moved(draft: Draft, post: Entry | None, transfers: Transfers) -> Mapping[int, Transfer]:
    """Return what tells where those are, by their places in the draft."""
    if post is None:
        return {}
    told = transfers.of_entry(post)
    places = ((number, at) for number, (_, _, at) in enumerate(_kept(draft, post)))
    return {number: told[at] for number, at in places if at in told}


def _kept(draft: Draft, post: Entry | None) -> Iterator[tuple[Enclosure, Enclosure | None, int]]:
    """Yield each that stays, as which one it is in the post, and at which place there."""
    had = list(enumerate(post.attachments)) if post is not None else []
    for given in draft.entry.get("enclosures", ()):
        each = from_wire(Enclosure, given)
        same = next((one for one in had if _is(each, one[1])), None)
        if same is None:
            yield each, None, -1
        else:
            had.remove(same)
            yield each, same[1], same[0]


def _is(each: Enclosure, known: Enclosure) -> bool:
    return each.url == known.url if each.url else each.title == known.title
