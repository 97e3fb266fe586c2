extension FailureLesson {
    /// Lessons about ServerPilot's replies, the network, and waiting.
    static let account: [String: FailureLesson] = [
        "unauthorized": FailureLesson(
            wrong: .shown("SERVERPILOT_API_KEY=revoked-key sprun doctor"),
            right: .shown("sprun login"),
            next: ["sprun doctor"]),
        "bad_request": FailureLesson(
            wrong: .recipe(app("runtime = \"php99.9\"")),
            right: .recipe(app("runtime = sp.newest_runtime(server)")),
            next: ["sprun help sp.create_app", "sprun plan site.lua"]),
        "payment_required": FailureLesson(
            wrong: .shown("sprun run new-site server=www1 domain=acme.example    # without a valid card"),
            right: .shown("sprun resume    # after you entered a card at ServerPilot"),
            next: ["sprun resume"]),
        "forbidden": FailureLesson(
            wrong: .recipe("sp.delete_sysuser(sp.sysusers{ name = \"serverpilot\" }[1].id)"),
            right: .recipe("sp.delete_sysuser(sp.sysusers{ name = \"olive\" }[1].id)"),
            next: ["sprun help sp.delete_sysuser"]),
        "not_found": FailureLesson(
            wrong: .recipe("print(sp.server(\"www1\").plan)"),
            right: .recipe("print(sp.find_server{ name = \"www1\" }.plan)"),
            next: ["sprun help sp.find_server", "sprun run --simulate inventory"]),
        "conflict": FailureLesson(
            wrong: .recipe(
                """
                local user = sp.find_sysuser{ name = "olive" }
                sp.create_sysuser{ serverid = user.serverid, name = "olive" }
                """),
            right: .recipe(
                """
                local user = sp.find_sysuser{ name = "olive" }
                sp.ensure_sysuser{ serverid = user.serverid, name = "olive" }
                """),
            next: ["sprun help sp.ensure_sysuser"]),
        "throttled": FailureLesson(
            wrong: .shown("sprun run site.lua    # while other programs send requests to the same account"),
            right: .shown("sprun resume    # some minutes later"),
            next: ["sprun resume"]),
        "server_fault": FailureLesson(
            wrong: .shown("sprun run site.lua    # while ServerPilot has a fault"),
            right: .shown("sprun resume    # it looks for the change before it repeats it"),
            next: ["sprun resume", "sprun doctor"]),
        "unexpected_status": FailureLesson(
            wrong: .shown("sprun doctor --endpoint https://serverpilot.io/v1"),
            right: .shown("sprun doctor --endpoint https://api.serverpilot.io/v1"),
            next: ["sprun doctor", "sprun resume"]),
        "unreadable_reply": FailureLesson(
            wrong: .shown("HTTPS_PROXY=http://broken-proxy.example:3128 sprun run site.lua"),
            right: .shown("sprun resume    # without the proxy"),
            next: ["sprun doctor", "sprun resume"]),
        "not_connected": FailureLesson(
            wrong: .shown("sprun doctor --endpoint https://api.serverpilot.example/v1"),
            right: .shown("sprun doctor --endpoint https://api.serverpilot.io/v1"),
            next: ["sprun doctor", "sprun resume"]),
        "connection_lost": FailureLesson(
            wrong: .shown("sprun run --no-journal site.lua    # on an unreliable network"),
            right: .shown("sprun run site.lua; sprun resume"),
            next: ["sprun resume", "sprun doctor"]),
        "timed_out": FailureLesson(
            wrong: .shown("sprun run --no-journal site.lua    # on a slow network"),
            right: .shown("sprun run site.lua; sprun resume"),
            next: ["sprun resume", "sprun doctor"]),
        "action_failed": FailureLesson(
            wrong: .shown("sp.wait(action)"),
            right: .shown("local ok, failure = pcall(sp.wait, action)"),
            next: ["sprun resume --skip", "sprun undo k3v9q2"]),
        "wait_timed_out": FailureLesson(
            wrong: .recipe(
                """
                local server, action = sp.create_server{ name = "www7" }
                sp.wait(action, { timeout = "1m" })    -- no machine has connected yet
                """),
            right: .recipe(
                """
                local user = sp.find_sysuser{ name = "olive" }
                local _, action = sp.create_sysuser{ serverid = user.serverid, name = "acme" }
                sp.wait(action, { timeout = "30m" })
                """),
            next: ["sprun help sp.wait", "sprun resume"]),
        "several_match": FailureLesson(
            wrong: .recipe("print(sp.find_sysuser{ name = \"serverpilot\" }.id)"),
            right: .recipe(
                """
                local server = sp.find_server{ name = "www1" }
                print(sp.find_sysuser{ serverid = server.id, name = "serverpilot" }.id)
                """),
            next: ["sprun help sp.find_sysuser"]),
        "items_failed": FailureLesson(
            wrong: .recipe(collecting("print(#ids())")),
            right: .recipe(
                collecting(
                    """
                    local ok, failure = pcall(ids)
                    for _, e in ipairs(ok and {} or failure.errors) do print(e.item, e.message) end
                    """)),
            next: ["sprun help sp.each"]),
        "cannot_converge": FailureLesson(
            wrong: .recipe(existing("sysuserid = other.id")),
            right: .recipe(existing("sysuserid = app.sysuserid")),
            next: ["sprun help sp.ensure_app"]),
        "autossl_unavailable": FailureLesson(
            wrong: .recipe(
                """
                local user = sp.find_sysuser{ name = "olive" }
                local app = sp.ensure_app{ name = "shop", sysuserid = user.id, runtime = "php8.3" }
                sp.ensure_ssl{ appid = app.id, auto = true }
                """),
            right: .recipe(
                """
                local app = sp.app(sp.find_app{ name = "olivepress" }.id)
                if app.autossl and app.autossl.available then
                    sp.ensure_ssl{ appid = app.id, auto = true }
                end
                """),
            next: ["sprun run autossl-when-ready app=olivepress timeout=6h", "sprun help sp.ensure_ssl"]),
        "rival_edit": FailureLesson(
            wrong: .shown(
                "sp.update_app(app.id, { domains = { \"acme.example\" } })    -- while someone adds a domain"),
            right: .shown("sp.add_domains(app.id, { \"acme.example\" })"),
            next: ["sprun help sp.add_domains", "sprun resume"]),
        "never_connected": FailureLesson(
            wrong: .shown("sp.connect_server{ name = \"www7\", ssh = { host = \"203.0.113.7\" } }"),
            right: .shown(
                """
                sp.connect_server{
                    name = "www7", ssh = { host = "203.0.113.7" }, replace_unconnected = true,
                }
                """),
            next: ["sprun runs", "sprun help sp.connect_server"]),
        "failed_before": FailureLesson(
            wrong: .shown("sprun run site.lua    # after the creation of the app failed"),
            right: .shown("sprun undo k3v9q2; sprun run site.lua"),
            next: ["sprun runs", "sprun undo k3v9q2", "sprun resume k3v9q2 --skip"]),
    ]

    private static func app(_ runtime: String) -> String {
        """
        local user = sp.find_sysuser{ name = "olive" }
        local server = sp.server(user.serverid)
        sp.create_app{ name = "shop", sysuserid = user.id, \(runtime) }
        """
    }

    private static func collecting(_ use: String) -> String {
        """
        local function ids()
            return sp.each({ "www1", "www9" }, function(name)
                return sp.find_server{ name = name }.id
            end, { collect = true })
        end
        \(use)
        """
    }

    private static func existing(_ owner: String) -> String {
        """
        local app = sp.find_app{ name = "olivepress" }
        local other = sp.ensure_sysuser{ serverid = app.serverid, name = "acme" }
        sp.ensure_app{ name = "olivepress", \(owner), runtime = app.runtime }
        """
    }
}
