-- Nests readers that load with readers.
-- expect: harmless
local depth = 0
local function reader()
    depth = depth + 1
    local chunk, message = load(reader)
    if chunk then print("ESCAPED") end
    error(message, 0)
end
load(reader)
print("harmless")
