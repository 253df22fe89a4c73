"""Terminals in a window of another one: tmux and GNU screen, and how to get through them."""

from collections.abc import Mapping

# What GNU screen hands on at once.
_CHUNK = 512
# What their windows are named (TERM).
_NAMES = ("screen", "tmux")


def is_tmux(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal is a pane of tmux: it has modifyOtherKeys, and may not say so."""
    return bool(environ.get("TMUX"))


def is_within(term: str, environ: Mapping[str, str]) -> bool:
    """Return whether one of them is between us and the terminal, also beyond an ssh link."""
    return is_tmux(environ) or bool(environ.get("STY")) or term.startswith(_NAMES)


def past_screen(sequence: str, environ: Mapping[str, str]) -> str:
    """Return what has GNU screen hand `sequence` on; as it is where there is no screen."""
    if not environ.get("STY"):
        return sequence
    # A sequence that it knows it takes for itself otherwise.
    parts = (sequence[start : start + _CHUNK] for start in range(0, len(sequence), _CHUNK))
    return "".join(f"\x1bP{part}\x1b\\" for part in parts)


def to_the_outside(sequence: str, environ: Mapping[str, str]) -> str:
    """Return what gives `sequence` to the terminal outside, where tmux is told to let that pass."""
    if is_tmux(environ):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    return past_screen(sequence, environ)
