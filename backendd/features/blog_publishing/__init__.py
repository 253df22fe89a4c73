"""Publishing entries of blogs, with the nodes that have to be there for them."""
