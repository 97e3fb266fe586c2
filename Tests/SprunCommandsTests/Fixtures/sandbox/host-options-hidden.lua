-- Gives functions options that they do not have.
-- expect: refused "unknown option"
for _, options in ipairs{ { yes = true }, { force = true }, { endpoint = "http://evil.example" }, { journal = false },
    { ["timeout\0"] = 1 }, { Timeout = 1 }, { timeout = 1, _timeout = 2 }, { __index = { timeout = 1 } } } do
    if pcall(sp.wait, {}, options) then print("ESCAPED") end
    if pcall(sp.add_domains, "x", { "a.example" }, options) then print("ESCAPED") end
    if pcall(sp.each, { 1 }, function() end, options) then print("ESCAPED") end
end
sp.secret("x", { reveal = true })
