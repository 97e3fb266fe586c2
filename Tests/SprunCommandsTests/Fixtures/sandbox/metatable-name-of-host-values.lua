-- It gives a table the names that the library's own kinds of values have.
-- expect: refused "table expected"
for _, name in ipairs{ "FILE*", "error", "coroutine", "function", "null", "LUABOX", "_IO_input" } do
    local value = setmetatable({}, { __name = name, __hostmodule = "sp", __metatable = "locked" })
    pcall(sp.log, value)
    pcall(sp.wait, value)
    pcall(sp.result, { value })
    pcall(error, value)
    pcall(coroutine.resume, value)
    pcall(coroutine.close, value)
end
error(select(2, pcall(next, 1)), 0)
