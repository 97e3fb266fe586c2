-- Recurses through a replacement function.
-- expect: limit depth
local function deep() return (("x"):gsub("x", deep)) end
deep()
