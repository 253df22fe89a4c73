-- Closes a stream over each message of more than `touchy_limit` bytes, before it is counted or acknowledged.
-- c2s_stanza_size_limit does that only where such a message happens to be read in more than one piece.
local filters = require "util.filters";

local limit = module:get_option_number("touchy_limit", 8000);

local function watch(session)
	if session.type:sub(1, 3) ~= "c2s" then
		return;
	end
	filters.add_filter(session, "stanzas/in", function (stanza)
		if stanza.name == "message" and #tostring(stanza) > limit then
			session:close({ condition = "policy-violation", text = "XML stanza is too big" });
			return nil;
		end
		return stanza;
	end, 1000);
end

function module.load()
	filters.add_filter_hook(watch);
end

function module.unload()
	filters.remove_filter_hook(watch);
end
