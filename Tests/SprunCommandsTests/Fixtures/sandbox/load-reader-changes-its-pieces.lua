-- Lets a reader throw away the piece that is being read, and fill memory with others.
-- expect: harmless
local count, junk = 0, {}
local chunk = load(function()
    count = count + 1
    for i = 1, 500 do junk[i] = ("y"):rep(i) .. count end
    return count < 60 and ("a%d = %d "):format(count, count):rep(100) or nil
end, "x", "t", {})
chunk()
print("harmless")
