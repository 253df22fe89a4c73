"""What the switcher can go to: a module for each kind, in the list of `sources`."""
