"""What frontends say of themselves: whether somebody is there, and what is looked at."""

from backendd.api.tuples import NamedTuple

Focus = frozenset[tuple[str, str]]
"""Conversations that somebody looks at: the path of the profile, and the peer."""


class Frontend(NamedTuple):
    """One frontend, as it last said."""

    name: str = ""
    is_idle: bool = False
    focus: Focus = frozenset()


class FrontendsChanged(NamedTuple):
    """All of them together are another thing than before."""

    is_attended: bool
    focus: Focus
