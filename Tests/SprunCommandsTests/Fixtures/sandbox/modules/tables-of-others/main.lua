-- A module changes every table it can reach; its importer's are others.
-- expect: harmless
local before = { upper = string.upper, insert = table.insert, floor = math.floor, pairs = pairs, create = coroutine.create, char = utf8.char }
import "lib"
assert(before.upper == string.upper and before.insert == table.insert and before.floor == math.floor and before.pairs == pairs)
assert(before.create == coroutine.create and before.char == utf8.char and ("x"):upper() == "X", "ESCAPED")
assert(not rawget(_G, "planted") and not string.planted and getmetatable(_G) == false, "ESCAPED")
sp.find_server{ name = "www1" }
print("harmless")
