local kept
return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = {
    keep = function(co) kept = co end,
    use = function() pcall(coroutine.resume, kept, "escaped") pcall(coroutine.close, kept) return coroutine.status(kept) end } }
