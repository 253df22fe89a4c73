"""The keys of what a command prints, by what it is declared to print and the contract."""

from collections.abc import Mapping, Sequence
from functools import cache

from backendd.api.names import BUS_NAME
from jp.command import ANYTHING, Command
from jp.failures import UsageError

ALL = ".*"
"""Behind the name of a record: all of its keys; of an interface: all of its properties."""


def keys_of(command: Command, words: Sequence[str] = ()) -> Mapping[str, str] | None:
    """Return the keys that a command may print, with what each is; None where any may come.

    `words` are its arguments as far as they are typed, which some commands go by.
    """
    said = command.prints if isinstance(command.prints, str) else command.prints(words)
    if said == ANYTHING:
        return None
    found: dict[str, str] = {}
    for each in said.split():
        if each.endswith(ALL):
            found |= _contract()[each.removesuffix(ALL)]
        else:
            found.setdefault(each, "")
    return found


def wanted(written: str, known: Mapping[str, str] | None, about: str) -> list[str]:
    """Return the keys that `--fields` names, in order; UsageError for one that there isn't."""
    keys = [each.strip() for each in written.split(",")]
    if not all(keys):
        raise UsageError(f"--fields: {written!r} has an empty key", about)
    require(keys, known, about)
    return keys


def require(keys: Sequence[str], known: Mapping[str, str] | None, about: str = "") -> None:
    """Raise UsageError for a key that is none of those known, with the one that may be meant."""
    unknown = next((each for each in keys if known is not None and each not in known), None)
    if unknown is None or known is None:
        return
    if not known:
        raise UsageError(f"--fields: `jp {about}` prints no records", about)
    from difflib import get_close_matches

    near = get_close_matches(unknown.casefold(), {each.casefold(): each for each in known}, 1)
    same = [each for each in known if near and each.casefold() == near[0]]
    hint = f"did you mean {same[0]}?" if same else f"there are {', '.join(sorted(known))}"
    raise UsageError(f"--fields: there is no key {unknown!r}; {hint}", about)


@cache
def _contract() -> dict[str, dict[str, str]]:
    """Return the keys of each record, and the properties of each interface, by its last name."""
    from backendd.api.introspection import load_all

    found: dict[str, dict[str, str]] = {}
    for name, interface in load_all().items():
        short = name.removeprefix(f"{BUS_NAME}.")
        found[short] = {each.name: each.doc for each in interface.properties.values()}
        for record, keys in interface.records.items():
            found[record] = {each.name: each.doc for each in keys}
    return found
