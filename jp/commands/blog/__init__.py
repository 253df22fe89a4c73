"""Read blogs, and write in them."""

COMMANDS = {
    "list": "list",
    "timeline": "list",
    "unpublished": "list",
    "read": "read",
    "search": "search",
    "post": "post",
    "retract": "retract",
}
