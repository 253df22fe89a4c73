"""Files of messages, fetched from where they are on the web."""
