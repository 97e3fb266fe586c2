return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = {
    fail = function() error({ secret = sp.secret("password"), again = setmetatable({}, { __index = { x = sp.secret("password") } }) }) end,
    is = function(text) return text == sp.secret("password") end } }
