extension FailureLesson {
    /// Lessons about Lua and the header.
    static let recipe: [String: FailureLesson] = [
        "syntax": FailureLesson(
            wrong: .recipe("if #sp.servers() != 2 then print(\"not two servers\") end"),
            right: .recipe("if #sp.servers() ~= 2 then print(\"not two servers\") end"),
            next: ["sprun plan --simulate site.lua"]),
        "lua_error": FailureLesson(
            wrong: .recipe(
                """
                local server = sp.find_server{ name = "www9" }
                print(server.plan)
                """),
            right: .recipe(
                """
                local server = sp.find_server{ name = "www9" }
                print(server and server.plan or "there is no server www9")
                """),
            next: ["sprun help sp", "sprun plan --simulate site.lua"]),
        "bad_argument": FailureLesson(
            wrong: .recipe("sp.sleep(\"30 seconds\")"),
            right: .recipe("sp.sleep(\"30s\")"),
            next: ["sprun help sp.sleep"]),
        "invalid_arguments": FailureLesson(
            wrong: .recipe(
                """
                local server = sp.find_server{ name = "www1" }
                sp.create_sysuser{ serverid = server.id, nmae = "acme" }
                """),
            right: .recipe(
                """
                local server = sp.find_server{ name = "www1" }
                sp.create_sysuser{ serverid = server.id, name = "acme" }
                """),
            next: ["sprun help sp.create_sysuser"]),
        "bad_value": FailureLesson(
            wrong: .recipe("return { report = print }"),
            right: .recipe("return { servers = #sp.servers() }"),
            next: ["sprun help sp.result"]),
        "bad_header": FailureLesson(
            wrong: .recipe("return recipe { name = \"audit users\", run = function() end }"),
            right: .recipe(
                """
                return recipe {
                    name = "audit-users", version = "1.0.0", summary = "Lists the system users",
                    run = function() print(#sp.sysusers()) end,
                }
                """),
            next: ["sprun help recipe", "sprun new site.lua"]),
        "header_calls": FailureLesson(
            wrong: .recipe(
                """
                local servers = sp.servers()
                return recipe {
                    name = "count", version = "1.0.0", summary = "Counts servers",
                    run = function() print(#servers) end,
                }
                """),
            right: .recipe(
                """
                return recipe {
                    name = "count", version = "1.0.0", summary = "Counts servers",
                    run = function()
                        local servers = sp.servers()
                        print(#servers)
                    end,
                }
                """),
            next: ["sprun help recipe"]),
        "bad_parameters": FailureLesson(
            wrong: .recipe(parameters("server = param.server{ default = \"www9\" }")),
            right: .recipe(parameters("server = param.server{ default = \"www1\" }")),
            next: ["sprun help new-site", "sprun run --simulate inventory"]),
        "bad_result": FailureLesson(
            wrong: .recipe(result("print(#sp.servers())")),
            right: .recipe(result("return { servers = #sp.servers() }")),
            next: ["sprun help recipe"]),
        "missing_field": FailureLesson(
            wrong: .shown("sprun run --simulate --field url -e 'return { domain = \"acme.example\" }'"),
            right: .shown("sprun run --simulate --field domain -e 'return { domain = \"acme.example\" }'"),
            next: ["sprun show site.lua"]),
        "not_granted": FailureLesson(
            wrong: .recipe(needs("create = { \"apps\" }")),
            right: .recipe(needs("create = { \"sysusers\" }")),
            next: ["sprun show site.lua", "sprun help recipe"]),
        "import_failed": FailureLesson(
            wrong: .recipe("local new_site = import \"new-sit\""),
            right: .recipe("local new_site = import \"new-site\""),
            next: ["sprun recipes", "sprun get site.lua"]),
        "other_version": FailureLesson(
            wrong: .recipe(version(">=99")),
            right: .recipe(version(">=0.1")),
            next: ["sprun --version"]),
        "no_names": FailureLesson(
            wrong: .shown("print(#dns.addresses(\"acme.example\"))    -- without a network"),
            right: .shown("local ok, addresses = pcall(dns.addresses, \"acme.example\")"),
            next: ["sprun help dns.addresses", "sprun doctor"]),
        "find_failed": FailureLesson(
            wrong: .shown(find("return reply.json.id")),
            right: .shown(find("return reply.json.id and { id = reply.json.id } or nil")),
            next: ["sprun help http.request"]),
        "find_changes": FailureLesson(
            wrong: .shown(find("sp.update_server(sp.servers()[1].id, { firewall = true })")),
            right: .shown(find("return #sp.servers() > 9 and { id = 9 } or nil")),
            next: ["sprun help http.request"]),
    ]

    private static func parameters(_ declaration: String) -> String {
        """
        return recipe {
            name = "plan-of", version = "1.0.0", summary = "Prints the plan of a server",
            params = { \(declaration) },
            run = function(p) print(p.server.plan) end,
        }
        """
    }

    private static func result(_ body: String) -> String {
        """
        return recipe {
            name = "count", version = "1.0.0", summary = "Counts servers",
            returns = { servers = "integer" },
            run = function() \(body) end,
        }
        """
    }

    private static func needs(_ needs: String) -> String {
        """
        return recipe {
            name = "user", version = "1.0.0", summary = "Creates a system user",
            needs = { \(needs) },
            run = function()
                local server = sp.find_server{ name = "www1" }
                sp.create_sysuser{ serverid = server.id, name = "acme" }
            end,
        }
        """
    }

    private static func version(_ range: String) -> String {
        """
        return recipe {
            name = "count", version = "1.0.0", sprun = "\(range)", summary = "Counts servers",
            run = function() print(#sp.servers()) end,
        }
        """
    }

    private static func find(_ body: String) -> String {
        """
        http.post_json("https://api.example.com/zones", { name = "acme.example" }, {
            find = function()
                local reply = http.get("https://api.example.com/zones/acme")
                \(body)
            end,
        })
        """
    }
}
