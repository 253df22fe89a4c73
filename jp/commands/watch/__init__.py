"""Print what happens, as it happens."""

COMMANDS = {"watch": "watch"}
