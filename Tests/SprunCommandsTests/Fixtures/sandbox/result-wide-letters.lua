-- It returns names and values of letters that are two columns wide, or none.
-- expect: shown
local all = {}
for i = 1, 3000 do all[("\u{4e2d}"):rep(i % 100 + 1) .. i] = ("\u{ff21}\u{301}"):rep(100) .. "\n\u{1F468}\u{200d}\u{1F469}" end
return all
