-- It asks for user data with an id, a key and an installer of 4 MB each, without end.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do
    local ok, text = pcall(sp.cloud_init, { id = ("i"):rep(4 << 20), apikey = ("k"):rep(4 << 20) .. i },
        { installer = "https://a.example/" .. ("p"):rep(4 << 20) })
    kept[i] = ok and text or tostring(text)
    if not ok then kept[i] = ("x"):rep(4 << 20) end
end
