local kept = { (coroutine.running()) }
sp.all({ function() kept[#kept + 1] = coroutine.running() sp.sleep(1) end })
return { all = function() kept[#kept + 1] = coroutine.running() return kept end }
