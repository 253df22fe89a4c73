"""Keymaps whose keys run what they say: each line is looked at by the commands there are."""

from pathlib import Path

from backendd.api.settings import Problem
from primitivus.commands.errors import CommandError
from primitivus.commands.registry import Registry
from primitivus.keymaps.contexts import TABLES
from primitivus.keymaps.keymap import Keymap
from primitivus.keymaps.load import KeymapFiles, find, merge, shipped
from primitivus.keymaps.read import Entry, KeymapFile


def load_keymap(
    name: str, registry: Registry, directory: Path | None = None
) -> tuple[Keymap, list[Problem]]:
    """Return the keymap called `name` and all that is wrong with its files, as `find` has them."""
    return checked(find(name, directory), registry)


def load_shipped(name: str, registry: Registry) -> Keymap:
    """Return a shipped keymap as it ships; ValueError if anything is wrong with it."""
    keymap, problems = checked(KeymapFiles(name, (shipped(name),)), registry)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return keymap


def checked(found: KeymapFiles, registry: Registry) -> tuple[Keymap, list[Problem]]:
    """Return the keymap without what is no command line, and all that is wrong with its files.

    A key that the user's file binds to no command is what it is in the file below.
    """
    return merge(found._replace(files=tuple(_checked(each, registry) for each in found.files)))


def _checked(file: KeymapFile, registry: Registry) -> KeymapFile:
    entries: list[Entry] = []
    problems = list(file.problems)
    for entry in file.entries:
        binding = entry.binding
        try:
            if binding.line:
                registry.parse(binding.line_with("x"), "global", *TABLES[binding.context])
        except CommandError as error:
            problems.append(entry.trouble(str(error)))
        else:
            entries.append(entry)
    return file._replace(entries=tuple(entries), problems=tuple(problems))
