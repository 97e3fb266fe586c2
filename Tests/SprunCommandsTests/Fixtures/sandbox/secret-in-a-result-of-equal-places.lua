-- It returns a generated secret at a place whose words are those of another name.
-- expect: shown
-- command: run --simulate --json
return { ["a.b"] = "kept", a = { b = sp.secret("never-sent") }, ["c[1]"] = "kept", c = { sp.secret("never-sent") },
    ["d.e"] = "kept", d = { e = sp.secret("never-sent"):reveal() }, ["f[1]"] = "kept", f = { sp.secret("never-sent"):reveal() } }
