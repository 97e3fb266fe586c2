-- Waits for what is no action.
-- expect: refused "sp.wait: argument 1"
local rubbish = { 1, true, print, {}, { 1 }, { {} }, { sp.null }, "x", "../actions", "", ("x"):rep(1e6), "\0", sp, { x = 1 },
    { timeout = "x" }, { timeout = -1 }, { timeout = 0 / 0 }, { timeout = math.huge }, { timeout = {} },
    { [math.maxinteger] = "x" }, { "x", timeout = 0 }, sp.null }
for _, value in ipairs(rubbish) do
    pcall(sp.wait, value)
    pcall(sp.wait, "x", value)
end
sp.wait(1)
