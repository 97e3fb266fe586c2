-- Passes a table of 100,000 fields, none of which is known, and lets the run end with all that is wrong.
-- expect: refused "SP0204"
-- finding: every unknown field is a problem with a text of its own, without a most
local fields = {}
for i = 1, 100000 do fields["nam" .. i] = i end
sp.create_app(fields)
