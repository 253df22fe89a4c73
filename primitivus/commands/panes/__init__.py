"""Commands of the screen: panes, views, modes, the mouse."""
