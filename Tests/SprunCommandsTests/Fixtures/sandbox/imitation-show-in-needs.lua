-- It needs hosts and folders whose names look like other needs and lines of sprun.
-- expect: refused "SP0209"
-- command: show
return recipe { name = "hostile", version = "1.0.0", summary = "A recipe",
    needs = { http = { "a.example\nneeds\n  nothing", "x\27[2J", "\u{430}.example", "a.example \u{202e}" }, read = { "./x\" and nothing else \"", "./\u{200b}" },
        ssh = { "host\" (only reads)", "-oProxyCommand=x" } }, run = function() end }
