"""`jp profile list` and `jp profile show`."""

from collections.abc import Mapping

from backendd.api.names import MANAGER, PROFILE
from backendd.api.signature import Plain
from jp.command import command, prints
from jp.kinds.addresses import ProfileKey
from jp.output.output import Cell
from jp.session import PROPERTIES, Session

_FEATURES = "ServerFeatures"
_FIRST = ("Name", "Jid", "FullJid", "State", "LastError", "NextAttempt", "Missing", "Warnings")
_LAST = ("Id", _FEATURES)


@command
@prints("Profile.*")
async def list_(session: Session) -> None:
    """List the profiles, and how it stands with each; a star marks the default one."""
    found = await session.profiles()
    default = await session.property("DefaultProfile", MANAGER) if found else ""

    def mark(profile: Mapping[str, Plain]) -> str:
        return "*" if profile.get("Name") == default else ""

    columns = (("", mark), ("name", _of("Name")), ("jid", _of("Jid")), ("state", _state))
    session.out.records(found, columns, none="no profiles; `jp profile add` makes one")


@command
@prints("Profile.*")
async def show(session: Session, profile: ProfileKey | None = None) -> None:
    """Print all that is known of a profile, what it is and how it stands with it first.

    What its server can do is a long list, which --fields ServerFeatures prints, and --json.

    profile: its name; else the one of -p, or the default one

    $ jp profile show alice --fields State,Jid
    """
    path = await session.path(profile or "")
    (properties,) = await session.call(path, PROPERTIES, "GetAll", "s", (PROFILE,))
    rest = [each for each in properties if each not in (*_FIRST, *_LAST)]
    session.out.record(properties, (*_FIRST, *rest, "Id", (_FEATURES, _counted)))


def _counted(profile: Mapping[str, Plain]) -> str:
    found = len(profile.get(_FEATURES) or ())
    return f"{found}, which `jp profile show --fields {_FEATURES}` prints" if found else ""


def _of(key: str) -> Cell:
    return lambda profile: str(profile.get(key, ""))


def _state(profile: Mapping[str, Plain]) -> str:
    said = [str(profile.get("State", ""))]
    _, sentence = profile.get("LastError", ("", ""))
    if sentence:
        said[0] += f": {sentence}"
    missing = profile.get("Missing", ())
    if missing:
        said.append(f"the server doesn't answer: {', '.join(missing)}; trying again")
    said += [f"warning: {each.get('text', '')}" for each in profile.get("Warnings", ())]
    return "\n".join(said)
