import Foundation
import Subprocess
import Testing

/// A canary in every place that holds a secret, looked for in everything that comes out.
@Suite("Secrets", .timeLimit(.minutes(5)))
struct CanaryTests {
    private static let canaries = [
        "sysuser": "cAnary1/sysuser+9f2c", "renewed": "cAnary2/renewed+9f2c", "db": "cAnary3/db+9f2c",
        "dbuser": "cAnary4/dbuser+9f2c",
        "key": "-----BEGIN PRIVATE KEY-----\ncAnary5keykeykeykey+9f2c\n-----END PRIVATE KEY-----",
        // What is only part of something secret, as an error may quote it.
        "line": "cAnary5keykeykeykey+9f2c",
    ]

    private static let recipe = """
        local p = sp.params
        local server = sp.find_server{ name = "www1" }
        local user = sp.ensure_sysuser{ serverid = server.id, name = "acme", password = p.sysuser }
        local app = sp.ensure_app{ name = "acme", sysuserid = user.id, runtime = "php8.4", domains = { "acme.example" } }
        local db = sp.ensure_db{ appid = app.id, name = "acme", user = { name = "acme", password = p.db } }
        local _, a1 = sp.update_sysuser(user.id, { password = p.renewed })
        local _, a2 = sp.update_db(db.id, { user = { id = db.user.id, password = p.dbuser } })
        sp.wait{ a1, a2 }
        sp.ensure_ssl{ appid = app.id, key = p.key, cert = p.cert }
        local made = sp.create_server{ name = p.fails or "www9" }
        print(p.sysuser, p.renewed, p.db, p.dbuser, p.key, made.apikey)
        sp.log(p.sysuser .. p.renewed .. p.db .. p.dbuser)
        sp.warn(p.key)
        if p.fails then error("it was " .. p.sysuser .. " and " .. p.key .. " and " .. made.apikey) end
        return { password = p.sysuser, db = p.db, key = p.key, apikey = made.apikey, shown = "plain" }
        """

    /// The forms in which a secret may come out.
    private static func forms(_ secret: String) throws -> [Data] {
        let json = String(decoding: try JSONEncoder().encode(secret), as: UTF8.self).dropFirst().dropLast()
        let url = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
        let base64 = (0..<3).map { offset in
            // Wherever it begins in what was encoded, its middle looks the same.
            let text = Data([UInt8](repeating: 0, count: offset) + Array(secret.utf8)).base64EncodedString()
            return String(text.dropFirst(4).dropLast(4))
        }
        let texts: [String] = [secret, String(json), String(json.replacing("\\/", with: "/")), url] + base64
        return texts.map { Data($0.utf8) }
    }

    private struct Runs: Decodable {
        struct Run: Decodable { let run: String }
        let runs: [Run]
    }

    /// What each command said.
    private static func said(_ user: User, _ environment: [String: String]) async throws -> [(
        what: String, text: String
    )] {
        var said: [(what: String, text: String)] = []
        func sprun(_ arguments: [String]) async throws -> Finished {
            let run = try await user.launch(arguments, environment: environment).run()
            said.append((arguments[0], run.everything))
            return run
        }
        let cert = "cert=-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----"
        let site = ["site.lua", cert] + canaries.filter { $0.key != "line" }.map { "\($0.key)=\($0.value)" }
        for command in [["plan"], ["plan", "--json"], ["plan", "--out", "site.plan"]] {
            let planned = try await sprun(command + site)
            #expect(planned.status == .exited(0), "\(planned)")
        }
        let applied = try await sprun(["apply", "--yes", "site.plan"])
        #expect(applied.status == .exited(0) && applied.output.contains("plain"), "\(applied)")
        let failed = try await sprun(["run"] + site + ["fails=www10"])
        #expect(failed.status == .exited(3) && failed.error.contains("it was <redacted>"), "\(failed)")
        let resumed = try await sprun(["resume", "--json"])
        #expect(resumed.status == .exited(3), "\(resumed)")
        _ = try await sprun(["runs"])
        let list = try await sprun(["runs", "--json"])
        let runs = try JSONDecoder().decode(Runs.self, from: Data(list.output.utf8)).runs
        #expect(runs.count == 2, "\(list)")
        for run in runs {
            for options in [[], ["--all"], ["--all", "--json"]] { _ = try await sprun(["show", run.run] + options) }
        }
        let undone = try await sprun(["undo", "--yes", runs[runs.count - 1].run])
        #expect(undone.status == .exited(0), "\(undone)")
        _ = try await sprun(["doctor"])
        return said
    }

    /// Looks for the canaries in what commands said and in every file of the user's folder but some.
    private static func look(
        for secrets: [String], in said: [(what: String, text: String)], _ user: User, besides names: [String] = []
    ) throws -> [String] {
        let forms = try secrets.flatMap(Self.forms)
        for (what, text) in said {
            for form in forms where Data(text.utf8).range(of: form) != nil {
                Issue.record("\(what) says \(String(decoding: form, as: UTF8.self)):\n\(text)")
            }
        }
        var files: [String] = []
        for case let file as String in try #require(FileManager.default.enumerator(atPath: user.folder)) {
            guard !names.contains(file), let bytes = FileManager.default.contents(atPath: "\(user.folder)/\(file)")
            else { continue }
            files.append(file)
            for form in forms where bytes.range(of: form) != nil {
                Issue.record("\(file) holds \(String(decoding: form, as: UTF8.self))")
            }
        }
        return files
    }

    @Test("are in no output, plan, journal, history, log or file beside them")
    func nowhere() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        let (program, (said, apiKey)) = try await Simulation.with(
            user, ["--speed", "600", "--seed", "7", "--log", "log.jsonl"]
        ) { simulation in
            let said = try await Self.said(user, simulation.environment)
            return (said, try #require(simulation.environment["SERVERPILOT_API_KEY"]))
        }
        // The simulator itself prints the account's key, to give it away.
        let files = try Self.look(
            for: Array(Self.canaries.values) + [apiKey], in: said + [("simulate", program.error)], user)
        #expect(files.contains("site.plan") && files.contains("log.jsonl") && files.count > 4, "\(files)")
    }

    @Test("of shared recipes are in no output, plan, journal, lock, cache or documentation")
    func shared() async throws {
        let user = try User()
        let password = "cAnary6/param+9f2c", token = "cAnary7/token+9f2c"
        try user.write("password.txt", password + "\n")
        try user.write(
            "inner/inner.lua",
            """
            return recipe { name = "inner", version = "1.0.0", summary = "Inner", needs = { create = { "sysusers" } },
                params = { server = param.server{ required = true }, password = param.secret{ required = true, min = 8 } },
                returns = { generated = "secret" },
                run = function(p)
                    print(p.password)
                    sp.ensure_sysuser{ serverid = p.server.id, name = "inner", password = p.password }
                    return { generated = sp.secret("inner") }
                end }
            """)
        let made = try await user.shell(
            "cd inner && git init -q -b main . && git add . && git -c user.name=a -c user.email=a@x commit -qm one && git tag v1"
        )
        #expect(made.status == .exited(0), "\(made)")
        try user.write(
            "outer.lua",
            """
            local inner = import "file://\(user.folder)/inner//inner@v1"
            return recipe { name = "outer", version = "1.0.0", summary = "Outer", needs = { create = { "sysusers" } },
                params = { server = param.server{ required = true }, password = param.secret{ required = true },
                    token = param.secret{ required = true }, fails = param.boolean{ default = false } },
                returns = { password = "secret", generated = "secret", kept = "table" },
                run = function(p)
                    local made = inner{ server = p.server, password = p.password }
                    sp.log(p.token .. made.generated)
                    if p.fails then error("with " .. p.password .. " and " .. p.token) end
                    return { password = p.password, generated = made.generated, kept = { p.token, p.password } }
                end }
            """)
        let parameters = ["outer.lua", "server=www1", "password=@password.txt", "token=@env:TOKEN"]
        let (_, said) = try await Simulation.with(user, ["--speed", "600", "--log", "log.jsonl"]) { simulation in
            var said: [(what: String, text: String)] = []
            let environment = simulation.environment.merging(["TOKEN": token]) { $1 }
            func sprun(_ words: [String], _ status: TerminationStatus = .exited(0)) async throws {
                let run = try await user.launch(words, environment: environment).run()
                said.append((words.joined(separator: " "), run.everything))
                #expect(run.status == status, "\(words): \(run)")
            }
            try await sprun(["get", "outer.lua"])
            try await sprun(["plan", "--out", "outer.plan"] + parameters)
            try await sprun(["plan", "--json"] + parameters)
            try await sprun(["run"] + parameters + ["fails=yes"], .exited(3))
            try await sprun(["resume", "--json"], .exited(3))
            try await sprun(["apply", "--yes", "outer.plan"], .exited(6))
            try await sprun(["run", "--json"] + parameters)
            try await sprun(["run", "--simulate"] + parameters)
            for words in [
                ["show", "outer.lua"], ["show", "outer.lua", "--json"], ["doc", "outer.lua"], ["vendor"], ["runs"],
            ] {
                try await sprun(words)
            }
            try await sprun(
                ["run", "outer.lua", "server=www1", "password=@env:SHORT", "token=@env:TOKEN"], .exited(64))
            return said
        }
        let files = try Self.look(for: [password, token], in: said, user, besides: ["password.txt"])
        #expect(files.contains("sprun.lock") && files.contains("outer.plan") && files.contains("home/state/journal.db"))
    }
}
