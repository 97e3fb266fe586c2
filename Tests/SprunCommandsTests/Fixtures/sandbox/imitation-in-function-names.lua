-- It fails in functions whose names are long, wide and look like positions.
-- expect: refused "SP0202"
local long = ("f"):rep(9000)
local code = ("local e = ... function %s() e('at the end') end function caller_at_main_lua_1() %s() end caller_at_main_lua_1()"):format(long, long)
load(code, "=main.lua:1 in function <x>")(error)
