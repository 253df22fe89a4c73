-- Moderation of rooms (XEP-0425) for the tests, of both versions: a room does whichever it is asked.
local jid = require "util.jid";
local new_id = require "util.id".medium;
local st = require "util.stanza";
local get_room = module:depends("muc").get_room_from_jid;

local fasten = "urn:xmpp:fasten:0";
local versions = module:get_option_set("muc_moderating", { "0", "1" });

module:hook("muc-disco#info", function (event)
	for version in versions do
		event.reply:tag("feature", { var = "urn:xmpp:message-moderate:" .. version }):up();
	end
end);

local function moderate(event)
	local stanza, origin = event.stanza, event.origin;
	local room = get_room(jid.bare(stanza.attr.to));
	local moderator = room and room:get_occupant_by_real_jid(stanza.attr.from);
	if not moderator or moderator.role ~= "moderator" then
		origin.send(st.error_reply(stanza, "auth", "forbidden"));
		return true;
	end
	local asked = stanza.tags[1];
	local is_old = asked.attr.xmlns == fasten;
	local wish = is_old and asked.tags[1] or asked;
	local reason = wish:get_child_text("reason");
	local told = st.message({ type = "groupchat", id = new_id(), from = room.jid });
	if is_old then
		told:tag("apply-to", { xmlns = fasten, id = asked.attr.id })
			:tag("moderated", { xmlns = "urn:xmpp:message-moderate:0", by = moderator.nick })
			:tag("retract", { xmlns = "urn:xmpp:message-retract:0" }):up();
	else
		told:tag("retract", { xmlns = "urn:xmpp:message-retract:1", id = asked.attr.id })
			:tag("moderated", { xmlns = "urn:xmpp:message-moderate:1", by = moderator.nick }):up();
	end
	if reason then
		told:text_tag("reason", reason);
	end
	told:reset():tag("store", { xmlns = "urn:xmpp:hints" }):up();
	room:broadcast_message(told);
	origin.send(st.reply(stanza));
	return true;
end

module:hook("iq-set/bare/urn:xmpp:message-moderate:1:moderate", moderate);
module:hook("iq-set/bare/urn:xmpp:fasten:0:apply-to", moderate);
