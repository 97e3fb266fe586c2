local KNOWN = "token-of-the-importer"
local part = import "part"
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { s = param.secret{} }, run = function(p)
    local secret = p.s
    local function has(value, depth)
        if type(value) == "string" then return pcall(string.upper, value) and value:lower():find(KNOWN:lower(), 1, true) end
        if type(value) ~= "table" or depth > 6 then return false end
        for key, one in pairs(value) do if has(key, depth + 1) or has(one, depth + 1) then return true end end
        return false
    end
    local function try(what, f, ...)
        if has({ select(2, pcall(f, ...)) }, 1) then print("ESCAPED: it has the text, by " .. what) end
    end
    for _, way in ipairs{ "key", "deep key", "integer", "boolean", "list", "table", "alone", "twice", "text" } do try("the way '" .. way .. "'", part, { s = secret, way = way }) end
    return {}
end }
