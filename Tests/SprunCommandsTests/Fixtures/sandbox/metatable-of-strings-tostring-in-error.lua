-- Lets the error that ends the run be a string whose __tostring loops.
-- expect: refused "away"
getmetatable("").__tostring = function() while true do end end
error("away", 0)
