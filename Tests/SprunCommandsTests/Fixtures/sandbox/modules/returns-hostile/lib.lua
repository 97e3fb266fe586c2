return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { i = param.integer{ required = true } }, returns = { a = "string" }, run = function(p)
    local cycle = {}
    cycle.a = cycle
    return ({ 1, print, { a = print }, cycle, { a = 1 }, { a = "x", b = 1 }, setmetatable({}, { __index = { a = "x" } }), coroutine.create(print) })[p.i]
end }
