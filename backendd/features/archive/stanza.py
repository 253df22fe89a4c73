"""Archive queries and results (XEP-0313, XEP-0059, XEP-0297)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.core import forms, rsm, xml
from backendd.core.rsm import Got, Wanted

RESULT = f"{{{xml.MAM}}}result"


class Query(Value):
    """What is asked. `before` may be empty: then the newest page is wanted; None: the oldest."""

    id: str
    limit: int
    peer: str = ""
    start: int = 0
    end: int = 0
    after: str = ""
    before: str | None = None


class Result(Value):
    """A message as the archive has it. `id` and `time` may be missing: an empty one, and 0."""

    id: str
    time: int
    message: Element


class Fin(Value):
    """The end of a page; `count` results came with it, readable or not."""

    is_complete: bool
    first: str
    last: str
    count: int

    def leads_to(self, place: str, asked: Collection[str]) -> bool:
        """Return whether `place` is worth asking from, after those that were `asked` from.

        An archive that leads back to where one was, or on without bringing anything, would be
        asked for ever.
        """
        return bool(place) and bool(self.count) and place not in asked


def encode(query: Query) -> Element:
    """Return the payload of the iq."""
    asked = {
        "with_": query.peer,
        "start": xml.format_time(query.start) if query.start else "",
        "end": xml.format_time(query.end) if query.end else "",
    }
    form = forms.submit(xml.MAM, **{name: value for name, value in asked.items() if value})
    page = rsm.encode(Wanted(query.limit, query.after, query.before))
    return xml.element(xml.MAM, "query", {"queryid": query.id}, [form, page])


def query_id(stanza: Element) -> str:
    """Return the id of the query that this message answers; empty where it doesn't say."""
    result = stanza.find(RESULT)
    return result.get("queryid", "") if result is not None else ""


def decode(stanza: Element) -> Result | None:
    """Return the archived message that `stanza` brings; None if there is none in it."""
    result = xml.child(stanza, xml.MAM, "result")
    forwarded = xml.child(result, xml.FORWARD, "forwarded") if result is not None else None
    if result is None or forwarded is None:
        return None
    message = forwarded.find(xml.MESSAGE)
    delay = xml.child(forwarded, xml.DELAY, "delay")
    time = xml.parse_time(delay.get("stamp", "")) if delay is not None else None
    return Result(result.get("id", ""), time or 0, message) if message is not None else None


def with_times(results: Sequence[Result], otherwise: int) -> list[Result]:
    """Return a page where those without a time have that of the one before them, or after."""
    time = next((result.time for result in results if result.time), otherwise)
    timed = []
    for result in results:
        time = result.time or time
        timed.append(replace(result, time=time))
    return timed


def decode_fin(answer: Element, count: int) -> Fin:
    """Return the end of the page of `count` results that `answer`, an iq result, closes."""
    fin = xml.child(answer, xml.MAM, "fin")
    if fin is None:
        return Fin(is_complete=True, first="", last="", count=count)
    page = rsm.decode(fin) or Got()
    return Fin(
        is_complete=fin.get("complete") in ("true", "1"),
        first=page.first,
        last=page.last,
        count=count,
    )
