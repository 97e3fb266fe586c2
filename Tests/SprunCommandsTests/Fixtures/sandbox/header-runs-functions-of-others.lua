-- Its body gives its parameters to functions of the library.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function(p)
    for _, run in ipairs{ sp.create_sysuser, coroutine.yield, recipe, import, error, load } do
        assert(not pcall(run, p), "ESCAPED")
    end
    print("harmless")
end }
