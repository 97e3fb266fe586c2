-- Calls every function that the library debug has elsewhere.
-- expect: harmless
for _, name in ipairs{ "debug", "gethook", "getinfo", "getlocal", "getmetatable", "getregistry", "getupvalue",
    "getuservalue", "setcstacklimit", "sethook", "setlocal", "setmetatable", "setupvalue", "setuservalue", "upvalueid",
    "upvaluejoin" } do
    if debug[name] ~= nil then print("ESCAPED", name) end
end
print("harmless")
