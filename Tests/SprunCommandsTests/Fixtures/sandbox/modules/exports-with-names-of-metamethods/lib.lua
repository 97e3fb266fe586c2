local function take() return "ESC" .. "APED" end
return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = { __index = take, __call = take, __tostring = take, __gc = take, __close = take, __pairs = take } }
