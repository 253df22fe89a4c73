"""What posts are called."""

from backendd.api.records import Entry
from primitivus.sentences import tr

UNTITLED = tr("without a title")
_CHARACTERS = 100


def title(entry: Entry) -> str:
    """Return what to call a post: its title, else how it begins, or a file that it comes with."""
    said = entry.title or entry.body[:_CHARACTERS].strip().partition("\n")[0]
    files = (each.title or each.url for each in entry.attachments)
    return said or next(files, "") or UNTITLED
