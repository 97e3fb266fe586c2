return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = {  }, exports = { try = function()
    local function create() sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" } end
    pcall(create) xpcall(create, create)
end } }
