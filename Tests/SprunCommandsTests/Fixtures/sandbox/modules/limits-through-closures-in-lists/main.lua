-- It makes more than a module's limit through functions, lists of them and coroutines that the module gave away.
-- expect: refused 8 "error[SP0804]"
local made = import "./lib.lua"
local ok, given = pcall(made, {})
if ok and type(given) == "table" then
    for i = 1, 8 do
        pcall(given.make or print, i)
        pcall(function() given.list[1](i + 8) end)
        pcall(function() given.wrapped(i + 16) end)
        pcall(sp.all, { given.make })
    end
end
if #sp.sshkeys() > 3 then print("ESCAPED: it made " .. #sp.sshkeys()) end
print("harmless")
