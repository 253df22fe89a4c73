"""What a list of messages shows of each."""

from jp.commands.message.told import mentions, sender, text

COLUMNS = ("id", "time", ("from", sender), ("to", mentions), "state", ("text", text))
