-- It waits for actions whose ids are lists, others' ids, paths and ids of things that are none.
-- expect: harmless
local app = sp.apps()[1]
for _, id in ipairs{ app.id, "../apps", "a/b?c#d", ("x"):rep(1000000), "", "\0", "\u{202e}", app.id .. "\n" } do
    assert(not pcall(sp.wait, id, { timeout = "1s" }), "ESCAPED: it waited for " .. id)
    pcall(sp.wait, { id, id, app.id }, { timeout = "1s" })
    pcall(sp.action, id)
end
pcall(sp.wait, { [1] = "x", [3] = "y" })
print("harmless")
