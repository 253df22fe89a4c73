"""Messages that speak to the user: by nick, by words of their choice, to everyone."""
