local function find(f) for _, name in ipairs{ "secret_of_main", "_ENV", "_G" } do
    local ok, found = pcall(f, name) if ok and found == "mine" then return "ESC" .. "APED" end end end
return { look = function(env) return find(function(name) return load("return " .. name, "=x", "t")() end)
    or find(function(name) return rawget(_G, name) end) or (env and find(function(name) return rawget(env, name) end)) or "none" end }
