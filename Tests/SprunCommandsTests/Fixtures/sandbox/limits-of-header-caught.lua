-- Catches the limit of its header and goes on creating.
-- expect: refused 8 "error[SP0804]"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, limits = { create = 2 }, run = function()
    local id = sp.find_server{ name = "www1" }.id
    for i = 1, 20 do pcall(sp.create_sysuser, { serverid = id, name = "limited" .. i }) end
    local made = 0
    for _, user in ipairs(sp.sysusers()) do if user.name:find("^limited") then made = made + 1 end end
    print("ESCAPED: went on after " .. made)
end }
