"""`make demo`: Primitivus with a server, a correspondent and nothing to configure."""
