"""Where one is in what is longer than its place on the screen."""
