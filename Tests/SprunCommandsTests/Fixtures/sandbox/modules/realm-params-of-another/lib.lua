local function get() return sp.params end
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { a = param.string{ default = "own" } }, run = function(p)
    local params = get()
    p.a = "changed"
    if params then params.b = "planted" end
    return { a = p.a }
end }
