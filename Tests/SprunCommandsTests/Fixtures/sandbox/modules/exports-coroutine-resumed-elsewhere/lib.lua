local co = coroutine.create(function() local name = coroutine.yield() return sp.create_sysuser{ serverid = sp.servers()[1].id, name = name } end)
coroutine.resume(co)
return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { create = { "sysusers" } }, exports = {
    coroutine = function() return co end, wrapped = function() return coroutine.wrap(function(n) return sp.create_sysuser{ serverid = sp.servers()[1].id, name = n } end) end } }
