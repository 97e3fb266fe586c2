-- A library asks for the secrets of its importer by their names.
-- expect: harmless
local lib = import "lib"
local mine, my_text = sp.secret("password"), sp.secret("password"):reveal()
for _, name in ipairs{ "password", "main.lua: password", ": password", "/password", "../password", "main: password", "\0password" } do
    local ok, found, text = pcall(lib.secret, name)
    assert(not ok or (found ~= mine and text ~= my_text), "ESCAPED: it has the secret of its importer")
end
print("harmless")
