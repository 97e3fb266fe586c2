-- It prints user data, which quotes the key of a server for a shell.
-- expect: harmless
for _, key in ipairs{ "APED-key-of-a-server", "APED'key'of-a-server", "APED$key`of\\a!server", "APED\"key" } do
    local ok, text = pcall(sp.cloud_init, { id = "x", apikey = "ESC" .. key }, {})
    print(text)
end
print("harmless")
