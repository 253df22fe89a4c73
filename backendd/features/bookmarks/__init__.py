"""Bookmarks of rooms (XEP-0402, XEP-0048), kept on the server and followed."""
