"""Manage the profiles of the backend: accounts, their connections, settings and passwords."""

COMMANDS = {
    "list": "list",
    "show": "list",
    "add": "add",
    "remove": "remove",
    "default": "default",
    "unlock": "locking",
    "lock": "locking",
    "connect": "connecting",
    "disconnect": "connecting",
    "wait": "connecting",
    "set": "settings",
    "jid": "settings",
    "dismiss": "settings",
    "password": "passwords",
    "xmpp-password": "passwords",
}
