"""One profile at run time: its stream, its store, and the parts its features take in it."""
