-- It takes a secret that a library raises as an error, which the library gave away itself, and prints it.
-- expect: harmless
local lib = import "lib"
local _, raised = pcall(lib.fail)
if type(raised) == "table" and raised.secret then
    if not lib.is(raised.secret) then print("ESCAPED") end
    print(raised.secret .. " is what it is")
    sp.log(raised.secret)
    if not lib.is(raised.text) then print("ESCAPED") end
    print(raised.text .. " is what it is")
    sp.log(raised.text)
end
print("harmless")
