-- What nobody has set otherwise is '' from now on: it goes by what the conversation is.
UPDATE conversation SET notify = '' WHERE notify = iif(kind = 'room', 'mentions', 'all');
