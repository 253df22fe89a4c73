"""Ask services and servers what they are and have, and use their commands."""

COMMANDS = {
    "info": "info",
    "items": "items",
    "command": "command",
    "register": "register",
    "unregister": "register",
    "search": "search",
    "ping": "asking",
    "version": "asking",
    "activity": "asking",
    "time": "asking",
    "vcard": "asking",
    "external": "asking",
    "challenges": "challenges",
    "answer": "challenges",
    "decline": "challenges",
    "media": "challenges",
}
