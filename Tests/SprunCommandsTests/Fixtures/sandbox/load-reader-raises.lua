-- Lets a reader raise errors of every type.
-- expect: harmless
for _, value in ipairs{ {}, true, print, sp.null, "x", 1, coroutine.create(print) } do
    local chunk, message = load(function() error(value) end)
    if chunk or message == nil then print("ESCAPED") end
end
print("harmless")
