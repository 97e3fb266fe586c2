-- Requests to another API, which is the simulator's own: some are refused, some replies are lost.
return recipe {
    name = "web", version = "1.0.0", summary = "Changes something elsewhere.",
    needs = { http = { "127.83.16.1:38416" }, dns = true, create = { "sshkeys" } },
    params = { name = param.string{ required = true }, token = param.secret{ required = true } },
    run = function(p)
        local base = "http://127.83.16.1:38416/v1/sshkeys"
        local headers = { Authorization = "Basic " .. p.token }
        local function post(name, options)
            options.headers = headers
            return http.post_json(base, { name = p.name .. name, public_key = "ssh-ed25519 AAAA" .. p.name .. name }, options)
        end
        local made = post("-one", { idempotency_key = p.name, planned = { json = { data = { id = "PLANNED1" } } } })
        http.get(base .. "/" .. made.json.data.id, { headers = headers })
        local is_made, failure = pcall(post, "-two", { lost = "raise" })
        assert(not is_made and failure.code == "lost_answer")
        assert(not pcall(post, "-one", { lost = "raise" }))
        sp.secret("sent")
        http.request{ method = "DELETE", url = base .. "/" .. made.json.data.id, headers = headers }
        assert(#dns.addresses("localhost") > 0)
        sp.create_sshkey{ name = p.name .. "-own", public_key = "ssh-ed25519 AAAA" .. p.name .. "own" }
        post("-three", {})
        return { id = made.json.data.id }
    end,
}
