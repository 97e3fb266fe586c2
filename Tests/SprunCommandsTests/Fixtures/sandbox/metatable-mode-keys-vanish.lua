-- Walks and passes weak tables while the collector empties them.
-- expect: harmless
for _, mode in ipairs{ "k", "v", "kv" } do
    local weak = setmetatable({}, { __mode = mode })
    for i = 1, 20000 do weak[i] = {} end
    for i = 1, 20000 do weak["k" .. i] = {} end
    for key, value in pairs(weak) do
        local _ = { key, value, {}, {} }
        weak[key] = nil
    end
    for i = 1, 5000 do weak["k" .. i] = { ("x"):rep(100) } end
    pcall(sp.result, weak)
    pcall(next, weak, "k1")
end
print("harmless")
