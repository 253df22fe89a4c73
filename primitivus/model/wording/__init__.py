"""How names, times, sizes, addresses and lists of them are put into words."""
