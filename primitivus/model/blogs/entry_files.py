"""Files that entries of blogs come with, told of as those of messages are."""

from collections.abc import Sequence

from backendd.api.records import Attachment, Enclosure, Entry


def files_of(entry: Entry) -> Sequence[Attachment]:
    """Return the files of an entry, in its order."""
    return [_told(number, each) for number, each in enumerate(entry.attachments)]


def _told(number: int, file: Enclosure) -> Attachment:
    name = file.title or file.url.rpartition("/")[2] or file.url
    return Attachment(
        index=number, name=name, mime=file.mime, size=file.size, url=file.url,
        transfer=file.transfer,
    )  # fmt: skip
