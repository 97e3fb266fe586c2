-- Has bytes that are no UTF-8 in names and texts.
-- expect: refused "<name> expected near"
local x = 'ÿþ'
local é = 1
