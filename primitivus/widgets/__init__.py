"""What draws: urwid widgets over the model, and the screen they are drawn on."""
