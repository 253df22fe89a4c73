"""Notifications of the desktop about what comes in while nobody looks at it."""
