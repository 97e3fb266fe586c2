-- Changes and replaces the parameters.
-- expect: harmless
sp.params.memory = nil
sp.params.cycle = sp.params
setmetatable(sp.params, { __index = error })
if pcall(function() sp.params = {} end) then print("ESCAPED") end
print("harmless")
