-- Says that there is a header in comments and strings only: it is a plain script.
-- expect: harmless
--[==[ return recipe { } ]==]
local _ = "return recipe" .. [[ return recipe ]]
sp.find_server{ name = "www1" }
print("harmless")
