-- It calls the host and fails in chunks whose names hold line breaks, escapes, zeros and marks.
-- expect: refused "SP0202"
local names = { "@a\nb", "=\27[31mred", "@\0zero", "=" .. ("\u{301}"):rep(30), "@\u{202e}evil", "=error[SP0000]: x", "@" .. ("x"):rep(100000),
    ("line\n"):rep(1000), "=?", "=[C]", "@/proc/self/environ", "\27LuaT", "@...", "=..1..x", "@\xff\xfe\x80" }
for _, name in ipairs(names) do
    pcall(load("sp.log('from a chunk')", name))
    pcall(load("sp.warn('from a chunk') error('in a chunk')", name))
    pcall(load("sp.sleep('x')", name))
    pcall(load("(", name))
    local ok, failure = pcall(load("local t = nil t.x = 1", name))
    print(ok, failure)
end
load("error('at the end')", names[1])()
