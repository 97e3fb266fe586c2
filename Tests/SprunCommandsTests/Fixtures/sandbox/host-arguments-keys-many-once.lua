-- Passes a table of 100,000 fields, none of which is known, and lets the run end with all that is wrong.
-- expect: refused "SP0204"
local fields = {}
for i = 1, 100000 do fields["nam" .. i] = i end
sp.create_app(fields)
