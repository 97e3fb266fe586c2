-- It generates secret after secret, joins their seals to one text, and prints and logs it again and again.
-- expect: limit cpu
local all = {}
for i = 1, 1e9 do
    all[#all + 1] = sp.secret("x" .. i)
    if i % 100 == 0 then
        local text = table.concat(all)
        sp.log(text)
        print(text)
    end
end
