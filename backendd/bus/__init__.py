"""D-Bus: the connection, the XML-driven dispatcher and the object tree."""
