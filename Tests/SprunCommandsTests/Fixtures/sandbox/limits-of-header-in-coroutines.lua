-- Creates from many coroutines at once, more than its header allows.
-- expect: refused 8 "error[SP0804]"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, limits = { create = 2 }, run = function()
    local id, all = sp.find_server{ name = "www1" }.id, {}
    for i = 1, 20 do
        all[i] = function() pcall(coroutine.wrap(function() sp.create_sysuser{ serverid = id, name = "limited" .. i } end)) end
    end
    pcall(sp.all, all)
    local made = 0
    for _, user in ipairs(sp.sysusers()) do if user.name:find("^limited") then made = made + 1 end end
    print("ESCAPED: went on after " .. made)
end }
