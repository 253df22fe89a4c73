"""What others say to the user about posts: how much is unread, and whether they want to know."""
