-- It asks a library for secrets by all the names that the host could build for those of its importer.
-- expect: harmless
local lib = import "lib"
local mine, my_text = sp.secret("password"), sp.secret("password"):reveal()
for _, name in ipairs{ "hostile: password", "hostile/password", "hostile.password", "main.lua/password", "./main.lua: password", ":password", " password", "password ",
    "password\0", "PASSWORD", "\u{ff50}assword", "lib: password", "lib/../password", "1: password", "root: password", "/: password", "password\u{200b}" } do
    local ok, found, text = pcall(lib.ask, name)
    if ok and (found == mine or text == my_text) then print("ESCAPED: it has the secret of its importer") end
end
local theirs, their_text = lib.ask("password")
for _, name in ipairs{ "lib: password", "lib/password", "lib.lua: password", "./lib.lua: password", "lib.password" } do
    local ok, found = pcall(sp.secret, name)
    if ok and (found == theirs or found:reveal() == their_text) then print("ESCAPED: it has the secret of its library") end
end
print("harmless")
