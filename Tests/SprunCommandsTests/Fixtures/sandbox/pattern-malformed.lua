-- Gives patterns that are none.
-- expect: refused "malformed pattern"
for _, pattern in ipairs{ "%", "[", "[^", "[]", "[a", "[%", "[a-", "(", ")", "(()", "%b", "%bx", "%f", "%fx", "%1", "(%1)",
    "%9", ("("):rep(33), ("()"):rep(33), "[]]", "[%a-z]", "^*", "*", "%0", "\0", "[\0", "%\0", ("("):rep(1e6), "x-%" } do
    for _, text in ipairs{ "", "x", "\0", ("x"):rep(100) } do
        pcall(string.find, text, pattern)
        pcall(string.gsub, text, pattern, "%0%1%9%")
        pcall(string.gsub, text, pattern, "%")
        pcall(function() for _ in text:gmatch(pattern) do break end end)
    end
end
string.find("x", "[a")
