-- It lets the host learn short and common texts, so that all that is said would be taken out.
-- expect: harmless
for _, secret in ipairs{ "a", "ab", "   ", "        ", "\n", "error", "<redacted>", "redacted", "........", "aaaaaaaa", "\u{301}\u{301}\u{301}\u{301}" } do
    pcall(http.get, "https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
end
print(("a"):rep(1000), "        ", "........")
print("harm" .. "less\nharmless")
print("harm", "less")
print(("."):rep(3))
print("harmles" .. "s")
