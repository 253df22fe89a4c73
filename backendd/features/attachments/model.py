"""What a message record has of the files that its message tells of."""

from typing import TypedDict

from backendd.api.records import Attachment

KIND = "attachments"


class Attached(TypedDict, total=False):
    """A key of a message record: the files that it tells of."""

    attachments: list[Attachment]
