"""Replies to messages (XEP-0461), with what is quoted for those who don't know of them."""
