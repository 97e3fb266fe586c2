return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { secrets = "reveal" }, exports = {
    fail = function() error({ secret = sp.secret("password"), text = sp.secret("password"):reveal(), again = setmetatable({}, { __index = { x = sp.secret("password") } }) }) end,
    is = function(text) return text == sp.secret("password") or text == sp.secret("password"):reveal() end } }
