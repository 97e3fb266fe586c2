-- It has one module learn a token, and others print, say and raise it.
-- expect: harmless
local lib = import "lib"
local secret = "ESC" .. "APED-token-of-a-recipe"
lib.get(secret)
lib.say(secret)
print(select(2, pcall(lib.fail, secret)))
print(secret)
print("harmless")
