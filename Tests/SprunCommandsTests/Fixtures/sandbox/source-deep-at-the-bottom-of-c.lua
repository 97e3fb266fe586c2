-- Loads nested text at the bottom of 150 levels of C.
-- expect: harmless
local nested = "return " .. ("("):rep(190) .. "1" .. (")"):rep(190)
local function deep(n)
    load(nested)
    if n > 0 then pcall(string.gsub, "x", "x", function() deep(n - 1) end) end
end
deep(300)
print("harmless")
