-- Lets the error that ends the run be a string, and its table of strings have a __tostring that loops.
-- expect: refused "away"
string.__tostring = function() while true do end end
error("away", 0)
