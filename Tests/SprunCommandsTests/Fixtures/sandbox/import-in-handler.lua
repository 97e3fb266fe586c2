-- Imports in the handler of an error.
-- expect: refused "cannot wait"
print(select(2, xpcall(error, function() import "audit" print("ESCAPED") end)))
error("cannot wait")
