-- Looks for a thing by a number that no JSON has.
-- expect: refused "SP0204"
sp.find_app{ name = 0 / 0 }
