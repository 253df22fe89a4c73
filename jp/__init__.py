"""The command line of Primitivus: what frontends can do, for hands and for scripts."""
