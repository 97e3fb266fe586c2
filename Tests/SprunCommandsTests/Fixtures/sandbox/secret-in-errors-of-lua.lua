-- It makes Lua quote a token in errors of names, fields, labels, numbers, comparisons and calls.
-- expect: harmless
local secret = "ESC" .. "APED_token_of_a_recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for _, code in ipairs{ "%s()", "local %s = nil %s.x = 1", "local t = {} t.%s.x = 1", "goto %s", "local x <%s> = 1", "x = 1%s", "x = '%s", "x = [[%s", "break %s", "return %s + 1",
    "local %s <const> = 1 %s = 2", "::%s:: ::%s::", "x = '%s\\q'", "for %s = 'x', 1 do end", "return #%s", "local t = setmetatable({}, { __index = '%s' }) return t.x.y",
    "return ('x'):%s()", "return math.floor('%s')", "return ('x'):rep('%s')", "return string.format('%%%s', 1)", "return tonumber('1', '%s')", "return select('%s')" } do
    local text = code:gsub("%%s", secret)
    local chunk, message = load(text, "=x")
    print(chunk and select(2, pcall(chunk)) or message)
end
print("harmless")
