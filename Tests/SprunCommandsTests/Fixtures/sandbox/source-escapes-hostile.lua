-- Has escapes that are none.
-- expect: refused "UTF-8 value too large"
for _, escape in ipairs{ "\\x", "\\xg0", "\\300", "\\u{", "\\u{}", "\\u{80000000}", "\\u{" .. ("0"):rep(1e6) .. "41}", "\\q", "\\", "\\z" } do
    load("return '" .. escape .. "'")
end
assert(load("return '\\u{" .. ("f"):rep(1000) .. "}'"))
