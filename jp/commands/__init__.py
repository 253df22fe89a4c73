"""The commands, a module or package a group; `jp.groups` lists them."""
