"""The list of the modules that define commands."""

from functools import cache
from types import ModuleType

from primitivus.commands import (
    account,
    activity,
    adhoc,
    archive,
    attention,
    avatars,
    blocking,
    conversations,
    details,
    directory,
    editing,
    groups,
    help_commands,
    mentions,
    modes,
    occupants,
    operators,
    panes,
    profile,
    questions,
    reactions,
    registration,
    replies,
    requests,
    rooms,
    roster,
    scrolling,
    search,
    sending,
    services,
    spoilers,
    toggles,
    vcard,
    view,
    warnings,
    whois,
)
from primitivus.commands.registry import Registry

MODULES: tuple[ModuleType, ...] = (
    account,
    attention,
    avatars,
    adhoc,
    archive,
    activity,
    blocking,
    conversations,
    details,
    directory,
    editing,
    groups,
    help_commands,
    mentions,
    modes,
    occupants,
    operators,
    panes,
    profile,
    questions,
    reactions,
    registration,
    replies,
    requests,
    rooms,
    roster,
    scrolling,
    search,
    sending,
    spoilers,
    services,
    toggles,
    vcard,
    view,
    warnings,
    whois,
)


@cache
def registry() -> Registry:
    """Return the registry of all commands of the program."""
    return Registry.of(MODULES)
