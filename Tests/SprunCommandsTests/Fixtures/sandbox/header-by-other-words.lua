-- Calls recipe in words that do not say that there is a header.
-- expect: refused "write the header as"
return (recipe)({ name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end })
