"""The files of messages, as their records have them."""

from collections.abc import Mapping, Sequence

from backendd.features.attachments.model import Attached
from backendd.store import attached, attachments, kept_files
from backendd.store.view import View


def load(view: View, ids: Sequence[int]) -> Mapping[int, Attached]:
    """Return the files that these messages tell of."""
    moved, kept = attached.newest(view, ids), kept_files.of_all(view, ids)
    return {
        message_id: Attached(
            attachments=[
                attachments.record(
                    index, file, moved.get((message_id, index), 0), kept.get((message_id, index))
                )
                for index, file in enumerate(files)
            ]
        )
        for message_id, files in attachments.of_all(view, ids).items()
        if files
    }
