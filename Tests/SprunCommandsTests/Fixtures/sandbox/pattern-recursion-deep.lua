-- Matches with patterns that recurse in C as deep as they may, at the bottom of 180 levels.
-- expect: harmless
local text, pattern = ("a"):rep(250), ("a?"):rep(190)
local function deep(n)
    pcall(string.find, text, pattern)
    pcall(string.find, text, ("(a"):rep(30) .. (")"):rep(30) .. ("a?"):rep(150))
    if n > 0 then pcall(string.gsub, "x", "x", function() deep(n - 1) end) end
end
deep(300)
print("harmless")
