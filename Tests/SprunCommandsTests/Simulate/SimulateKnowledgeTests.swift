import Foundation
import Subprocess
import Testing

/// What `sprun simulate` tells of the API, and how it takes over a real account.
@Suite("The options of sprun simulate")
struct SimulateKnowledgeTests {
    private struct Rules: Decodable {
        struct Rule: Decodable {
            let id: String
            let evidence: String
            let can_be_switched: Bool
            let setting: String?
        }
        let format_version: Int
        let rules: [Rule]
    }

    @Test("--rules prints every rule with its evidence, as text and as JSON")
    func rules() async throws {
        let user = try User()
        let text = try await user.sprun("simulate", "--rules")
        #expect(text.status == .exited(0) && text.error.isEmpty, "\(text)")
        let json = try await user.sprun("simulate", "--rules", "--json")
        let rules = try JSONDecoder().decode(Rules.self, from: Data(json.output.utf8)).rules
        #expect(rules.count > 60)
        for rule in rules {
            #expect(
                text.output.contains(try Regex("(?m)^\(rule.id) +\(rule.evidence) ")), "\(rule.id) is not in the text")
        }
        #expect(rules.allSatisfy { $0.evidence != "inferred" || $0.can_be_switched })
        #expect(text.output.hasSuffix(" inferred\n"))
        let off = try await user.sprun("simulate", "--rules", "--json", "--rule", "app-name-unique=off")
        let switched = try JSONDecoder().decode(Rules.self, from: Data(off.output.utf8)).rules
        #expect(rules.allSatisfy { ($0.setting != nil) == $0.can_be_switched })
        for (rule, other) in zip(rules, switched) {
            #expect(rule.id == other.id)
            #expect(other.setting == (rule.id == "app-name-unique" ? "off" : rule.setting))
        }
    }

    @Test(
        "a rule that cannot be changed is rejected by name",
        arguments: [
            ("app-name-uniqe=off", "did you mean 'app-name-unique'?"), ("sysuser-cascade=off", "documented"),
            ("app-name-unique", "write it as"), ("app-name-unique=", "write it as"),
            ("app-name-unique=maybe", "its settings are on, off"), ("id-shape=17", "16, 18, marks"),
        ])
    func badSwitch(_ text: String, _ words: String) async throws {
        let run = try await User().sprun("simulate", "--rule", text)
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.error.contains(words), "\(run)")
    }

    @Test("a changed rule applies to clients, is marked in the log, and is kept in the store")
    func switched() async throws {
        let user = try User()
        let twice =
            #"send() { curl -sS -o body -w '%{http_code} ' -u "$SERVERPILOT_CLIENT_ID:$SERVERPILOT_API_KEY" "#
            + #""$SERVERPILOT_API_URL/servers" -d '{"name":"'$1'"}'; }; send twin; send twin"#
        func counts(_ arguments: [String]) async throws -> String {
            try await Simulation.with(user, ["--store", "account.db", "--log", "log.jsonl"] + arguments) { simulation in
                try await user.shell(twice, environment: simulation.environment).output
            }.value
        }
        #expect(try await counts([]) == "200 409 ")
        #expect(try user.read("log.jsonl").contains(#""rule":"server-name-unique","evidence":"inferred""#))
        #expect(try await counts(["--rule", "server-name-unique=off"]) == "200 200 ")
        #expect(try await counts([]) == "200 200 ", "the store has it")
        #expect(try await counts(["--rule", "server-name-unique=on"]) == "409 409 ")
    }

    @Test("--autossl-delay sets when AutoSSL becomes available")
    func autoSSLDelay() async throws {
        let user = try User()
        let recipe = """
            local user = sp.sysusers{ name = "olive" }[1]
            local app = sp.create_app{ name = "fresh", sysuserid = user.id, runtime = "php8.4", domains = { "f.example" } }
            print(sp.app(app.id).autossl.available)
            """
        for (delay, available) in [("0s", "true\n"), ("2h", "false\n")] {
            _ = try await Simulation.with(user, ["--autossl-delay", delay]) { simulation in
                let run = try await user.launch(["run", "-e", recipe], environment: simulation.environment).run()
                #expect(run.output == available, "\(run)")
            }
        }
        let wrong = try await user.sprun("simulate", "--autossl-delay", "soon")
        #expect(wrong.status == .exited(64) && wrong.error.contains("--autossl-delay"))
    }

    @Test("--openapi prints a document that its own validator accepts")
    func openAPI() async throws {
        let user = try User()
        let document = try await user.sprun("simulate", "--openapi")
        #expect(document.status == .exited(0) && document.error.isEmpty, "\(document)")
        try user.write("openapi.json", document.output)
        let judged = try await Launch(
            program: try Installation.python(),
            arguments: [
                "-c",
                "import json; from openapi_spec_validator import validate; validate(json.load(open('openapi.json')))",
            ], environment: user.environment(), folder: user.folder, user: user
        ).run()
        #expect(judged.status == .exited(0), "\(judged)")
    }

    // MARK: --copy

    @Test("--copy starts with a copy of a real account, read by GETs, without its credentials and keys")
    func copy() async throws {
        let user = try User()
        let pem = { (kind: String) in "-----BEGIN \(kind)-----\\nCANARY\(kind.prefix(4))\\n-----END \(kind)-----" }
        let arrange = """
            local app = sp.find_app{ name = "oliveoil" }
            sp.add_ssl(app.id, { key = "\(pem("PRIVATE KEY"))", cert = "\(pem("CERTIFICATE"))" })
            """
        let list =
            "for _, app in ipairs(sp.apps()) do print(app.id, app.name, #app.domains, app.ssl and app.ssl.cert) end"
        _ = try await Simulation.with(user, ["--log", "real.jsonl"]) { real in
            let arranged = try await user.launch(["run", "-e", arrange], environment: real.environment).run()
            #expect(arranged.status == .exited(0), "\(arranged)")
            let before = try await user.launch(["run", "-e", list], environment: real.environment).run()
            #expect(before.output.contains("CANARYCERT"), "\(before)")
            let asked = try user.read("real.jsonl").split(separator: "\n").count

            let launch = try user.launch(["simulate", "--copy", "--store", "copy.db"], environment: real.environment)
            let program = try await launch.run { program in
                try await program.output.contains("SERVERPILOT_API_KEY=")
                try await program.output.contains("\n")
                let lines = await program.output.text.split(separator: "\n").map(String.init)
                let copy = Simulation(program: program, lines: lines)
                let after = try await user.launch(["run", "-e", list], environment: copy.environment).run()
                #expect(after.output == before.output, "\(after)")
                #expect(copy.environment["SERVERPILOT_API_KEY"] != real.environment["SERVERPILOT_API_KEY"])
                // The page of a copy asks who it is.
                let page = try await user.shell(
                    #"curl -sS -o body -w '%{http_code}' "${SERVERPILOT_API_URL%/v1}/""#, environment: copy.environment)
                #expect(page.output == "401", "\(page)")
                try program.send(.terminate)
            }.program
            #expect(program.error.contains("copied 2 servers, 3 system users, 2 apps, 2 databases, 0 SSH keys"))
            let requests = try user.read("real.jsonl").split(separator: "\n").dropFirst(asked)
            #expect(requests.count >= 5 && requests.allSatisfy { $0.contains(#""method":"GET""#) })
        }
        let stored = try Data(contentsOf: URL(filePath: user.folder + "/copy.db"))
        #expect(stored.range(of: Data("CANARYPRIV".utf8)) == nil)
        #expect(stored.range(of: Data("CANARYCERT".utf8)) != nil)
        let again = try await user.sprun("simulate", "--copy", "--store", "copy.db")
        #expect(again.status == .exited(64) && again.error.contains("--copy starts a new account"), "\(again)")
    }

    @Test("--copy without credentials is an error, and so is --copy with a seed account")
    func copyRefused() async throws {
        let user = try User()
        let none = try await user.sprun("simulate", "--copy")
        #expect(none.status == .exited(4) && none.error.contains("SP0103"), "\(none)")
        let both = try await user.sprun("simulate", "--copy", "--seed-account", "x.json")
        #expect(both.status == .exited(64) && both.error.contains("use only one of"), "\(both)")
        let gone = try await user.sprun(
            "simulate", "--copy",
            environment: [
                "SERVERPILOT_API_URL": "http://127.0.0.1:9/v1", "SERVERPILOT_CLIENT_ID": "cid_a",
                "SERVERPILOT_API_KEY": "key_a",
            ])
        #expect(gone.status == .exited(1) && gone.error.contains("SP04"), "\(gone)")
    }
}
