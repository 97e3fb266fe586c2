-- Passes functions, coroutines and modules where plain values are expected.
-- expect: refused "SP0204"
for _, value in ipairs{ print, coroutine.create(print), sp, _G, sp.null, function() end, string } do
    pcall(sp.create_app, { name = value })
    pcall(sp.apps, { name = value })
    pcall(sp.find_app, { name = value })
    pcall(sp.app, value)
    pcall(sp.update_app, value, value)
    pcall(sp.ensure_app, { name = value }, { wait = value })
    pcall(sp.newest_runtime, value)
    pcall(sp.compare_runtimes, value, value)
    pcall(sp.add_domains, value, value, value)
end
sp.create_app{ name = print }
