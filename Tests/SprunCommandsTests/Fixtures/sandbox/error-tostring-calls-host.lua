-- Ends with an error whose __tostring goes on working with the host.
-- expect: refused "SP0202"
error(setmetatable({}, { __tostring = function()
    sp.result{ x = "from the grave" }
    sp.log("from the grave")
    return "x"
end }))
