-- A library asks for the secrets of its importer by their names.
-- expect: harmless
local lib = import "lib"
local mine = sp.secret("password")
for _, name in ipairs{ "password", "main.lua: password", ": password", "/password", "../password", "main: password", "\0password" } do
    local ok, found = pcall(lib.secret, name)
    assert(not ok or found ~= mine, "ESCAPED: it has the secret of its importer")
end
print("harmless")
