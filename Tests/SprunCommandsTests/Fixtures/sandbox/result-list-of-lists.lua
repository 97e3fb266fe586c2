-- It returns a list of 30,000 lists and one of 30,000 texts.
-- expect: shown
local lists, texts = {}, {}
for i = 1, 30000 do lists[i] = { i } texts[i] = "t" .. i end
return { lists = lists, texts = texts }
