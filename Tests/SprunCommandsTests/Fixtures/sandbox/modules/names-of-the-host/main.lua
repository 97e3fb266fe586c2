-- Modules are called like what is there already.
-- expect: harmless
for _, name in ipairs{ "sp", "string", "_G", "audit", "import" } do assert(import(name).mine == name, name) end
assert(type(sp.servers) == "function" and string.mine == nil)
print("harmless")
