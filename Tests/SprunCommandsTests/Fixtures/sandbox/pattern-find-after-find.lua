-- Finds in 20 MB what is not there, again and again.
-- expect: limit cpu
local text = ("x"):rep(20 << 20)
while true do
    text:find("y", 1, true)
    text:find("xy")
    text:match("^x*y")
end
