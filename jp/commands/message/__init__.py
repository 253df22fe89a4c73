"""Send messages, read, search and change them."""

COMMANDS = {
    "send": "send",
    "reply": "reply",
    "list": "list",
    "get": "get",
    "search": "search",
    "wait": "wait",
    "edit": "change",
    "retract": "change",
    "react": "change",
    "versions": "change",
    "conversations": "conversations",
    "read": "conversations",
    "unread": "conversations",
    "close": "conversations",
    "forget": "conversations",
    "attention": "conversations",
    "behaviour": "conversations",
    "unsent": "unsent",
    "retry": "unsent",
    "discard": "unsent",
}
