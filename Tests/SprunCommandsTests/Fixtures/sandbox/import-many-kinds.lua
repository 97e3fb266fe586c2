-- Imports all names that a filesystem or a shell could take for another.
-- expect: harmless
local names = {
    "~", "~root/x", "$HOME/x", "`id`", "$(id)", "a;id", "a|id", "a&id", "*", "?", "[a]", "%2e%2e/x", "..%2fx", "....//x", ".//../x",
    "./../work/../output", "x/../../x", "\\..\\x", "C:\\x", "file:x", "file:/etc/passwd", "file:///etc/passwd", "data:,x",
    "http://127.0.0.1/x", "git://127.0.0.1/x//y@v1", "git@127.0.0.1:x//y@v1", "ssh://127.0.0.1/x//y@v1\n", "github.com/../..//@",
    "github.com/a/b/../../c@v1", "github.com/a/b/c@v1..v2", "github.com/a/b/c@", "@v1", "//", "//@", "a//b//c@d@e", "sprun", "sp", "main",
    ".git/config", "./.git/config", "sprun.lock", "/dev/null", "/proc/self/mem", "/proc/self/fd/0", "con", "nul", " ", "\t",
}
for _, name in ipairs(names) do
    local ok, found = pcall(import, name)
    if ok then print("ESCAPED: imported " .. name) end
end
for _, name in ipairs{ {}, print, true, sp.null, 1, 1.5 } do assert(not pcall(import, name)) end
print("harmless")
