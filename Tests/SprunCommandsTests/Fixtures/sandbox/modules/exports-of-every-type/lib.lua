return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = { a = 1, b = {}, c = coroutine.create(print), d = "x", e = setmetatable({}, { __call = print }) } }
