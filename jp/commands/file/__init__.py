"""Send and fetch files, and see what is on its way."""

COMMANDS = {
    "send": "send",
    "get": "get",
    "list": "list",
    "wait": "list",
    "moved": "list",
    "limit": "list",
    "accept": "offers",
    "refuse": "offers",
    "cancel": "going",
    "pause": "going",
    "resume": "going",
    "remove": "going",
}
