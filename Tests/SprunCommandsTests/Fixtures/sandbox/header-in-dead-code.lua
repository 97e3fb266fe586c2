-- Says that there is a header where none is reached, and makes changes instead.
-- expect: refused "cannot make calls before run() starts"
if #_G > 0 then return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end } end
sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" }
print("ESCAPED: made something without a header")
