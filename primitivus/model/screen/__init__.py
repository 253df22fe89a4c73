"""Where on the screen each pane is, what it shows, and the borders between them."""
