"""The XMPP account of a profile: its password, its vCard, its archive; and new ones."""

COMMANDS = {
    "register": "register",
    "media": "register",
    "password": "ending",
    "remove": "ending",
    "vcard": "shown",
    "avatar": "shown",
    "archive": "archive",
}
