"""Which keys are needed most in what lies over the panes, in words for who sees it first."""

from collections.abc import Mapping

OVER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dialog": (
        ("enter", "go on; at the end, hand it over"),
        ("focus next", "go to the next field"),
        ("cancel", "leave it"),
    ),
    "switcher": (
        ("enter", "open what is marked"),
        ("line-down", "go to the next one"),
        ("cancel", "leave it"),
    ),
    "goto": (
        ("enter", "go to what is marked, or run it"),
        ("line-down", "go to the next one"),
        ("complete", "take its name into what is typed, or go on"),
        ("cancel", "leave it"),
    ),
    "blogs": (
        ("enter", "show the blog"),
        ("line-down", "go to the next one"),
        ("follow", "follow it"),
        ("cancel", "leave the list"),
    ),
    "drafts": (
        ("enter", "show it, or the post it is to be said to"),
        ("line-down", "go to the next one"),
        ("delete-draft", "delete it"),
        ("cancel", "leave the list"),
    ),
    "followed": (
        ("enter", "show the blog"),
        ("line-down", "go to the next one"),
        ("unfollow", "follow it no more"),
        ("cancel", "leave the list"),
    ),
    "chooser": (
        ("enter", "send the file, or go into the folder"),
        ("line-down", "go to the next one"),
        ("attach-chosen", "attach it to what you write"),
        ("folder-in", "go into the folder"),
        ("folder-out", "go to the folder above"),
        ("cancel", "leave the list"),
    ),
    "overlay": (("cancel", "leave it"), ("page-down", "go on reading")),
}
"""By the table of the keymap: command lines, and what each is for."""
