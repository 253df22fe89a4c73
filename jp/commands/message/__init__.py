"""Send messages, read, search and change them."""

COMMANDS = ("send", "list")
