-- Calls recipe in words that do not say that there is a header.
-- expect: refused "a header is written"
return (recipe)({ name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end })
