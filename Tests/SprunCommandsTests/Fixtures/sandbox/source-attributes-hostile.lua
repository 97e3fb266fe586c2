-- Has attributes that are none, and constants that are assigned to.
-- expect: refused "attempt to assign to const variable"
for _, text in ipairs{ "local x <y> = 1", "local x <close>, y <close> = 1", "local x <const> x = 1", "local <const> x", "goto x",
    "::x:: ::x::", "break", "local function f() goto x end ::x::", "goto x local y ::x:: y = 1", "return return" } do
    load(text)
end
assert(load("local x <const> = 1; x = 2"))
