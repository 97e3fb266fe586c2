local function take(secret)
    local ok, text = pcall(secret.reveal, secret)
    if ok and text ~= secret then print("ESCAPED: a library without the need reads a secret") end
end
return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = { take = take, take_in = function(t) take(t.deep[1]) end, ask = function(f) take(f("z")) end } }
