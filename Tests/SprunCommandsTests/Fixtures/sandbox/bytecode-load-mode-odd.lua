-- Gives load modes that are none, which must not count as "everything".
-- expect: harmless
for _, mode in ipairs{ "", "x", "B", "T", "\0", "\0t", ("b"):rep(1e6) } do
    local can, chunk = pcall(load, "\27LuaT\0", "x", mode)
    if can and chunk then print("ESCAPED") end
end
print("harmless")
