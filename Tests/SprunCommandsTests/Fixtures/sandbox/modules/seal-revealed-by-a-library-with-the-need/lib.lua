return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { secrets = "reveal" }, exports = {
    reveal = function(secret) return secret:reveal() end, handed = string.reveal, inside = function(t) return t.deep[1]:reveal() end,
    own = function() return sp.secret("mine"):reveal() end, call = function(f) return f():reveal() end,
    together = function(secret) return (sp.secret("mine") .. secret):reveal() end,
} }
