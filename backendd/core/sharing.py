"""What tells of files in a message.

That may be done in several ways at once, for readers of different age: XEP-0447 (with XEP-0446),
XEP-0385, XEP-0066, and XEP-0454, where a link is all. `read` takes together what is of one file;
`put` has a message tell of ours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from xml.etree.ElementTree import Element

from backendd.api import attachments, text
from backendd.api.words import Disposition
from backendd.core import fallbacks, file_addresses, file_metadata, xml
from backendd.core.file_metadata import METADATA, TRANSFER, Metadata
from backendd.core.shared_files import MOST_ADDRESSES, SharedFile, addresses, words

SHARING = "urn:xmpp:sfs:0"
REFERENCES = "urn:xmpp:reference:0"
MEDIA = "urn:xmpp:sims:1"
WEB = "http://jabber.org/protocol/url-data"

MOST = 50
"""Files of one message; of more of them the first are read."""

_SEEN = 100
_LONGEST_ID = 255
_WAY = f"{{{SHARING}}}sources/{{{WEB}}}url-data"
_OLD_WAY = f"{{{MEDIA}}}sources/{{{REFERENCES}}}reference"

SHARING_TAG = f"{{{SHARING}}}file-sharing"
REFERENCE_TAG = f"{{{REFERENCES}}}reference"
LINK_TAG = f"{{{xml.LINK}}}x"
_TAGS = frozenset((SHARING_TAG, REFERENCE_TAG, LINK_TAG))

_DISPOSITIONS: Mapping[str, Disposition] = {"inline": "inline", "attachment": "attachment"}


def read(stanza: Element) -> tuple[SharedFile, ...]:
    """Return the files that a message tells of, each once, in its order."""
    found: list[SharedFile] = []
    if not any(child.tag in _TAGS for child in stanza) and not _is_secret(stanza):
        return ()
    for way in (_sharings(stanza), _references(stanza), _links(stanza), _secrets(stanza)):
        # Of two that are told of in the same way each is one of its own, whatever is in them.
        known = len(found)
        for told in islice(way, MOST):
            index = next((n for n in range(known) if _is_same(found[n], told)), None)
            if index is not None:
                found[index] = _together(found[index], told)
            elif len(found) < MOST:
                found.append(told)
    return tuple(found)


def read_sharing(payload: Element) -> SharedFile:
    """Return the file that an element of XEP-0447 tells of."""
    written = [each.get("target", "") for each in islice(payload.iterfind(_WAY), _SEEN)]
    disposition = _DISPOSITIONS.get(payload.get("disposition", ""))
    about = file_metadata.read(xml.child(payload, METADATA, "file"), METADATA)
    file = _file(about, written)
    return replace(file, disposition=disposition, id=_id(payload))


def read_reference(payload: Element) -> SharedFile | None:
    """Return the file that a reference tells of (XEP-0385), None where it refers to another."""
    media = xml.child(payload, MEDIA, "media-sharing")
    if media is None:
        return None
    written = [each.get("uri", "") for each in islice(media.iterfind(_OLD_WAY), _SEEN)]
    return _file(file_metadata.read(xml.child(media, TRANSFER, "file"), TRANSFER), written)


def read_link(payload: Element) -> SharedFile | None:
    """Return the file that an element of XEP-0066 tells of, None where it links to no file."""
    described = text.clean_line(
        xml.child_text(payload, xml.LINK, "desc"), limit=file_metadata.LONGEST_DESCRIPTION
    )
    file = _file(Metadata(description=described), [xml.child_text(payload, xml.LINK, "url")])
    return file if file.addresses else None


def put(stanza: Element, files: Sequence[SharedFile]) -> None:
    """Have a message tell of files, to readers of whatever age; its text stays as it is.

    What of that only says where they are is noted to stand in. A file that brings its key along is
    told of by the text alone: nothing else is ever encrypted (XEP-0454).
    """
    files = [file for file in files if not file.is_encrypted]
    for number, file in enumerate(files, 1):
        stanza.append(_sharing(file, file.id or (f"file{number}" if len(files) > 1 else "")))
    with_place = [file for file in files if file.url]
    stanza.extend(map(_reference, with_place))
    if len(with_place) == 1:
        stanza.append(_link(with_place[0]))
    if parts := _repeating(xml.child_text(stanza, xml.CLIENT, "body"), with_place):
        note = xml.element(fallbacks.NAMESPACE, "fallback", {"for": SHARING}, parts)
        stanza.append(note)


def _repeating(body: str, files: Sequence[SharedFile]) -> list[Element]:
    """Return the parts of a text that say no more than where files are."""
    found = list(attachments.spans(body, addresses(files)))
    if found and not words(body, files).strip():
        return [xml.element(fallbacks.NAMESPACE, "body")]
    return [
        xml.element(fallbacks.NAMESPACE, "body", {"start": str(start), "end": str(end)})
        for start, end in found
    ]


def _sharing(file: SharedFile, name: str) -> Element:
    attributes = {"disposition": file.disposition or "", "id": name}
    ways = [xml.element(WEB, "url-data", {"target": each}) for each in file.addresses]
    children = [file_metadata.write(file, METADATA)]
    if ways:
        children.append(xml.element(SHARING, "sources", children=ways))
    known = {key: value for key, value in attributes.items() if value}
    return xml.element(SHARING, "file-sharing", known, children)


def _reference(file: SharedFile) -> Element:
    attributes = {"type": "data"}
    ways = [
        xml.element(REFERENCES, "reference", {**attributes, "uri": each}) for each in file.addresses
    ]
    told = [file_metadata.write(file, TRANSFER), xml.element(MEDIA, "sources", children=ways)]
    media = xml.element(MEDIA, "media-sharing", children=told)
    return xml.element(REFERENCES, "reference", attributes, [media])


def _link(file: SharedFile) -> Element:
    told = {"url": file.url, "desc": file.description}
    children = [xml.element(xml.LINK, name, text=said) for name, said in told.items() if said]
    return xml.element(xml.LINK, "x", children=children)


def _sharings(stanza: Element) -> Iterator[SharedFile]:
    return map(read_sharing, stanza.iterfind(SHARING_TAG))


def _references(stanza: Element) -> Iterator[SharedFile]:
    return filter(None, map(read_reference, stanza.iterfind(REFERENCE_TAG)))


def _links(stanza: Element) -> Iterator[SharedFile]:
    """Yield the files that are linked to; a link in the middle of what is said is one of its words.

    Each once: its address is all that there is to tell it by.
    """
    body, seen = xml.child_text(stanza, xml.CLIENT, "body"), set()
    lines = {line.strip() for line in body.split("\n")}
    for link in filter(None, map(read_link, stanza.iterfind(LINK_TAG))):
        is_word = link.url in body and link.url not in lines
        if link.url not in seen and not is_word:
            seen.add(link.url)
            yield link


def _secrets(stanza: Element) -> Iterator[SharedFile]:
    """Yield the file of which a text has the address and the key, and nothing else."""
    if not _is_secret(stanza):
        return
    body = xml.child_text(stanza, xml.CLIENT, "body").strip()
    file = SharedFile(addresses=(file_addresses.read(body.partition("\n")[0]),))
    if file.is_encrypted and not words(body, [file]):
        yield file


def _is_secret(stanza: Element) -> bool:
    """Return whether a text begins with an address that brings its key along."""
    return file_addresses.is_secret(xml.child_text(stanza, xml.CLIENT, "body").lstrip())


def _id(payload: Element) -> str:
    return text.clean_line(payload.get("id", ""), limit=_LONGEST_ID)


def _file(about: Metadata, written: Iterable[str]) -> SharedFile:
    usable = islice(filter(None, map(file_addresses.read, written)), MOST_ADDRESSES)
    return SharedFile(
        name=about.name,
        mime=about.mime,
        size=about.size,
        hashes=about.hashes,
        description=about.description,
        addresses=tuple(dict.fromkeys(usable)),
    )


def _is_same(known: SharedFile, told: SharedFile) -> bool:
    """Return whether both are of one file."""
    if set(known.addresses) & set(told.addresses) or known.hashes.items() & told.hashes.items():
        return True
    if known.addresses and told.addresses:
        return False
    return bool(known.name) and (known.name, known.size) == (told.name, told.size)


def _together(known: SharedFile, told: SharedFile) -> SharedFile:
    places = dict.fromkeys((*known.addresses, *told.addresses))
    return replace(
        known,
        name=known.name or told.name,
        mime=known.mime or told.mime,
        size=told.size if known.size is None else known.size,
        hashes={**told.hashes, **known.hashes},
        description=known.description or told.description,
        addresses=tuple(places)[:MOST_ADDRESSES],
    )
