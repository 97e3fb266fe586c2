-- Asks string.format for the address of a table.
-- expect: refused "string.format has no '%p'"
string.format("%p", {})
