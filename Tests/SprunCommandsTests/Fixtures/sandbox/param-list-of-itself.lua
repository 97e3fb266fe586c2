-- A list is declared to have itself as its values.
-- expect: refused "a table that contains itself"
local list = param.list{}
list.of = list
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = list }, run = function() print("harmless") end }
