-- It loads texts whose environment is null, an error, a module of the host, a weak or an endless table.
-- expect: harmless
local environments = { sp, sp.null, select(2, pcall(sp.server, "x")), setmetatable({}, { __mode = "kv" }), http, string,
    setmetatable({}, { __index = setmetatable({}, { __index = error }) }), "text", 1, print, coroutine.create(print) }
for _, env in ipairs(environments) do
    local ok, chunk = pcall(load, "x = 1 y() return sp, io, os, debug", "=e", "t", env)
    if ok and chunk then
        local ran, a, b, c = pcall(chunk)
        if ran and (b or c) then print("ESCAPED: it has io or os") end
    end
end
assert(rawget(sp, "x") == nil, "ESCAPED: it changed a module")
print("harmless")
