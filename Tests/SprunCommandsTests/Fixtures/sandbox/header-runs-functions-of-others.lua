-- Its body is a function of the library.
-- expect: harmless
-- pcall calls its first argument, which is the table of parameters.
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function(p)
    for _, run in ipairs{ sp.create_sysuser, coroutine.yield, recipe, import, coroutine.running, error, sp.all, load } do
        local ok, found = pcall(run, p)
        assert(not ok or type(found) ~= "table", "ESCAPED")
    end
    print("harmless")
end }
