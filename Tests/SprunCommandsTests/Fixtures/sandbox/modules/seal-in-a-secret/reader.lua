local part = import "part"
return recipe { name = "reader", version = "1.0.0", summary = "A library", needs = { secrets = "reveal" },
    exports = { read = function(text) return text:reveal() end, join = function(t) return part(t).made end } }
