"""How it stands between this frontend and the backend."""

from dataclasses import dataclass
from enum import Enum


class Attachment(Enum):
    """Whether the backend is there."""

    STARTING = "starting"
    ATTACHED = "attached"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Backend:
    """The backend as seen from here; `since_us` is when it was lost."""

    attachment: Attachment = Attachment.STARTING
    since_us: int = 0
    owner: str = ""
