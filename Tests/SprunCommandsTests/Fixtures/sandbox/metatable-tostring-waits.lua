-- Waits inside __tostring.
-- expect: refused "cannot wait inside a __tostring called by print"
print(setmetatable({}, { __tostring = function() sp.sleep(1) return "ESCAPED" end }))
