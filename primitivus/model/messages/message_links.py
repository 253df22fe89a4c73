"""Where a message leads: to what its text names, and to its files, each by a number."""

from backendd.api import attachments
from backendd.api.attachments import short, words
from backendd.api.records import Message
from primitivus.model.wording.urls import urls


def as_they_are(text: str) -> dict[str, str]:
    """Return the links in a text, each told by itself."""
    return {url: url for url in urls(text)}


def links(message: Message) -> dict[str, str]:
    """Return the links of a message and how each is told: files by name, others as they are."""
    files = {
        each.url: short(each)
        for each in attachments.of(message)
        # What others say is where never leads to the disk.
        if each.url and not each.url.startswith("/")
    }
    return as_they_are(words(message)) | files


def numbers(message: Message) -> dict[str, int]:
    """Return the number of each link, from 1 on, by which it is opened."""
    return {url: number for number, url in enumerate(links(message), 1)}
