import Foundation
import Subprocess
import Testing

/// Recipes in git repositories, got, locked, run, updated and refused, as their users do it.
@Suite("Shared recipes", .timeLimit(.minutes(5)))
struct SharingTests {
    private static func recipe(_ name: String, needs: String = "", before: String = "", run: String) -> String {
        """
        \(before)
        return recipe {
            name = "\(name)", version = "1.0.0", summary = "The recipe \(name)", needs = { \(needs) },
            params = { server = param.server{ required = true } }, returns = { said = "string" },
            run = function(p) \(run) end,
        }
        """
    }

    /// Two repositories: `sites` has the recipe `site`, which imports `user` of `users`.
    private static func publish(_ user: User) async throws {
        try user.write(
            "users/user.lua",
            recipe(
                "user", needs: "create = { 'sysusers' }",
                run: """
                    sp.ensure_sysuser{ serverid = p.server.id, name = 'shared' } return { said = 'one' }
                    """))
        try await git(user, "users", "init -q -b main . && git add . && git commit -qm one && git tag v1")
        try user.write("sites/parts/words.lua", "return { word = 'first' }")
        try user.write(
            "sites/site.lua",
            recipe(
                "site", needs: "create = { 'sysusers' }",
                before: """
                    local user = import "file://\(user.folder)/users//user@v1"
                    local words = import "./parts/words.lua"
                    """,
                run: "return { said = words.word .. ' ' .. user{ server = p.server }.said }"))
        try await git(user, "sites", "init -q -b main . && git add . && git commit -qm one && git tag v1")
    }

    private static func git(_ user: User, _ folder: String, _ command: String) async throws {
        let done = try await user.shell(
            "cd \(folder) && git \(command)",
            environment: [
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
                "GIT_COMMITTER_EMAIL": "a@example.org", "HOME": user.folder,
            ])
        #expect(done.status == .exited(0), "\(done)")
    }

    @Test("do not run with incomplete isolation unless the user passes --unsafe")
    func withoutWalls() async throws {
        let user = try User()
        try await Self.publish(user)
        let locator = "file://\(user.folder)/users//user@v1"
        // A sprun without sprun-lua beside it.
        let alone = #"mkdir -p bin && { test -e bin/sprun || ln "$SPRUN" bin/sprun || cp "$SPRUN" bin/sprun; } && "#
        func run(_ arguments: String) async throws -> Finished {
            try await user.shell(alone + "bin/sprun " + arguments, environment: ["HOME": user.folder])
        }
        let own = try await run("run --simulate -e 'return { own = 1 }'")
        #expect(own.status == .exited(0) && own.output.contains("own"), "\(own)")
        let got = try await run("get '\(locator)'")
        #expect(got.status == .exited(0) && (got.output + got.error).contains("needs unknown: 'file://"), "\(got)")
        try user.write(
            "mine.lua", "return { said = import('\(locator)'){ server = sp.find_server{ name = 'www1' } }.said }")
        for arguments in [
            "run --simulate --yes '\(locator)' server=www1", "plan --simulate '\(locator)' server=www1",
            "show '\(locator)'", "doc '\(locator)'", "run --simulate mine.lua", "plan --simulate mine.lua",
        ] {
            let refused = try await run(arguments)
            #expect(refused.status == .exited(1), "\(arguments): \(refused)")
            #expect(refused.error.contains("someone else's recipe, and sprun-lua is not beside sprun"), "\(refused)")
        }
        for arguments in ["run --simulate --yes --unsafe '\(locator)' server=www1", "run --simulate --unsafe mine.lua"]
        {
            let done = try await run(arguments)
            #expect(done.status == .exited(0) && done.output.contains("one"), "\(arguments): \(done)")
        }
    }

    @Test("are fetched, locked, run and updated, and rejected after their tag was moved")
    func wholeLife() async throws {
        let user = try User()
        try await Self.publish(user)
        let locator = "file://\(user.folder)/sites//site@v1"
        try user.write(
            "mine.lua",
            "local site = import '\(locator)'\nreturn { said = site{ server = sp.find_server{ name = 'www1' } }.said }")
        _ = try await Simulation.with(user, ["--speed", "600"]) { simulation in
            let environment = simulation.environment
            func sprun(_ words: String...) async throws -> Finished {
                try await user.launch(words, environment: environment).run()
            }
            // Not got yet: nothing is fetched by a run.
            let early = try await sprun("run", "mine.lua")
            #expect(early.status == .exited(1) && early.error.contains("sprun get \(locator)"), "\(early)")
            #expect(early.error.contains("error[SP0214]"))

            let got = try await sprun("get", "mine.lua")
            #expect(got.status == .exited(0), "\(got)")
            #expect(got.error.contains("+ \(locator)") && got.error.contains("users//user@v1"))
            #expect(got.error.contains("needs create \"sysusers\""))
            let lock = try user.read("sprun.lock")
            #expect(lock.contains("parts/words.lua") && lock.contains("user.lua"))
            let run = try await sprun("run", "--json", "mine.lua")
            #expect(run.status == .exited(0) && run.output.contains("first one"), "\(run)")
            #expect(try await sprun("run", "--locked", "mine.lua").status == .exited(0))

            // A new version with more needs: shown, asked for, then locked.
            try user.write(
                "sites/site.lua",
                try user.read("sites/site.lua")
                    .replacing("create = { 'sysusers' }", with: "create = { 'sysusers', 'apps' }"))
            try await Self.git(user, "sites", "add . && git commit -qm two && git tag v2")
            try user.write("mine.lua", try user.read("mine.lua").replacing("site@v1", with: "site@v2"))
            let old = try await sprun("run", "mine.lua")
            #expect(old.status == .exited(1) && old.error.contains("not in sprun.lock"), "\(old)")
            let unasked = try await sprun("get", "mine.lua")
            #expect(unasked.status == .exited(64) && unasked.error.contains("hint: add --yes"), "\(unasked)")
            #expect(try user.read("sprun.lock") == lock)
            let updated = try await sprun("get", "--yes", "mine.lua")
            #expect(updated.status == .exited(0), "\(updated)")
            #expect(updated.error.contains("now also needs: create \"apps\""))
            #expect(updated.error.contains("+    name = \"site\"") || updated.error.contains("'apps' }"))
            #expect(try await sprun("run", "mine.lua").status == .exited(0))

            // The tag is moved: the lock keeps its bytes, and getting it is refused.
            let kept = try user.read("sprun.lock")
            try user.write("sites/parts/words.lua", "return { word = 'moved' }")
            try await Self.git(user, "sites", "add . && git commit -qm three && git tag -f v2")
            let still = try await sprun("run", "--json", "mine.lua")
            #expect(still.output.contains("first one") && !still.output.contains("moved"))
            let moved = try await sprun("get", "--yes", "mine.lua")
            #expect(moved.status == .exited(1) && moved.error.contains("v2"), "\(moved)")
            #expect(moved.error.contains("error[SP0214]"))
            #expect(try user.read("sprun.lock") == kept)
            let accepted = try await sprun("get", "--yes", "--accept-moved-tag", "mine.lua")
            #expect(accepted.status == .exited(0), "\(accepted)")
            #expect(try await sprun("run", "--json", "mine.lua").output.contains("moved one"))

            // Without the network, from copies; and never with other bytes.
            #expect(try await sprun("vendor").output.contains("vendor/"))
            try FileManager.default.removeItem(atPath: user.home + "/cache")
            try FileManager.default.removeItem(atPath: user.folder + "/sites")
            #expect(try await sprun("run", "--locked", "mine.lua").status == .exited(0))
            let files = try await user.shell("find vendor -name words.lua")
            for copy in files.output.split(separator: "\n") { try user.write(String(copy), "return { word = 'evil' }") }
            let changed = try await sprun("run", "mine.lua")
            #expect(changed.status == .exited(1) && changed.error.contains("differs from sprun.lock"), "\(changed)")
            try FileManager.default.removeItem(atPath: user.folder + "/vendor")
            let gone = try await sprun("run", "mine.lua")
            #expect(gone.status == .exited(1) && gone.error.contains("sprun get --locked"), "\(gone)")
            let unreachable = try await sprun("get", "--locked")
            #expect(unreachable.status == .exited(1), "\(unreachable)")
        }
    }

    @Test("git runs no code of the working folder, although it looks like a repository")
    func folderLikeARepository() async throws {
        let user = try User()
        try user.write("recipes/HEAD", "ref: refs/heads/main\n")
        for folder in ["objects", "refs/heads"] { try user.write("recipes/\(folder)/keep", "") }
        let escaped = user.folder + "/ESCAPED"
        try user.write(
            "recipes/config",
            """
            [core]
            \trepositoryformatversion = 0
            \tbare = true
            \tsshCommand = touch \(escaped); false
            [url "ssh://x/"]
            \tinsteadOf = https://gitlab.com/
            """)
        try user.write("recipes/site.lua", "return import \"gitlab.com/acme/recipes/rotate-db@v1.4.0\"")
        // A program of that name in the folder is not git, either.
        try user.write("recipes/git", "#!/bin/sh\ntouch \(escaped)\n")
        // Whatever else git would like to reach: nothing answers on port 1.
        let run = try await user.shell(
            "chmod +x recipes/git && cd recipes && PATH=.:$PATH \"$SPRUN\" get site.lua",
            environment: ["HTTPS_PROXY": "http://127.0.0.1:1"])
        #expect(run.status == .exited(1), "\(run)")
        #expect(run.error.contains("does not answer"), "\(run)")
        #expect(!user.has("ESCAPED"), "\(run)")
    }

    @Test("can run without a project: sprun shows them, asks, and uses the same bytes the next time")
    func direct() async throws {
        let user = try User()
        try await Self.publish(user)
        let locator = "file://\(user.folder)/sites//site@v1"
        _ = try await Simulation.with(user, ["--speed", "600"]) { simulation in
            let environment = simulation.environment
            let unasked = try await user.launch(["run", locator, "server=www1"], environment: environment).run()
            #expect(unasked.status == .exited(64), "\(unasked)")
            #expect(unasked.error.contains("The recipe site") && unasked.error.contains("create \"sysusers\""))
            let declined = try await user.sprunOnTerminal(
                ["run", locator, "server=www1"], answers: [("[y/N]", "n")], environment: environment)
            #expect(declined.output.contains("declined"), "\(declined)")
            let run = try await user.launch(["run", "--yes", locator, "server=www1"], environment: environment).run()
            #expect(run.status == .exited(0) && run.output.contains("first one"), "\(run)")
            try user.write("sites/parts/words.lua", "return { word = 'moved' }")
            try await Self.git(user, "sites", "add . && git commit -qm two && git tag -f v1")
            let again = try await user.launch(["run", "--yes", locator, "server=www1"], environment: environment).run()
            #expect(again.output.contains("first one"), "\(again)")
            #expect(!user.has("sprun.lock"))

            // One that says nothing of itself is not run at all, and with --locked none that is not locked here.
            let bare = "file://\(user.folder)/sites//parts/words@main"
            let refused = try await user.launch(["run", "--yes", bare], environment: environment).run()
            #expect(refused.status == .exited(1) && refused.error.contains("has no header"), "\(refused)")
            let locked = try await user.launch(
                ["run", "--yes", "--locked", locator, "server=www1"], environment: environment
            ).run()
            #expect(locked.status == .exited(1) && locked.error.contains("not in sprun.lock"), "\(locked)")

            // A branch moves: it is got again, and what is new is shown.
            let branch = "file://\(user.folder)/sites//site@main"
            let words = ["run", "--yes", branch, "server=www1"]
            #expect(try await user.launch(words, environment: environment).run().output.contains("moved one"))
            try user.write("sites/parts/words.lua", "return { word = 'later' }")
            try await Self.git(user, "sites", "add . && git commit -qm three")
            let later = try await user.launch(words, environment: environment).run()
            #expect(
                later.output.contains("later one") && later.error.contains("+return { word = 'later' }"), "\(later)")
        }
    }

    @Test("a file from a URL is downloaded over verified HTTPS, and must have the given hash")
    func https() async throws {
        let user = try User()
        let recipe = Self.recipe("site", run: "return { said = 'by https' }")
        try user.write("x.lua", recipe)
        let made = try await user.shell("'\(Installation.script("make-ca"))' ca && sha256sum x.lua")
        let hash = try #require(made.output.split(separator: "\n").last?.prefix(64)).description
        #expect(hash.count == 64, "\(made)")
        // What has a known hash is not fetched again.
        let unknown = String(repeating: "0", count: 64)
        // Ended by its process id when the body is over.
        let script = """
            python3 '\(Installation.fixture("files.py"))' ca/server.pem ca/server.key port < x.lua & SERVER=$!
            trap 'kill $SERVER' EXIT
            while [ ! -f port ]; do sleep 0.02; done
            PORT=$(cat port); export SSL_CERT_FILE=$PWD/ca/ca.pem
            said() { "$@" 2>&1; echo "status $?"; }
            said "$SPRUN" get "https://localhost:$PORT/x.lua#sha256=\(hash)"
            said "$SPRUN" run --simulate --yes "https://localhost:$PORT/x.lua#sha256=\(hash)" server=www1
            said "$SPRUN" get "https://localhost:$PORT/elsewhere.lua#sha256=\(hash)"
            said "$SPRUN" get "https://localhost:$PORT/x.lua#sha256=\(String(hash.reversed()))"
            said "$SPRUN" get "https://localhost:$PORT/around.lua#sha256=\(unknown)"
            said "$SPRUN" get "https://localhost:$PORT/plain.lua#sha256=\(unknown)"
            said "$SPRUN" get "https://localhost:$PORT/large.lua#sha256=\(unknown)"
            said "$SPRUN" get "https://localhost:$PORT/nothing.lua#sha256=\(unknown)"
            unset SSL_CERT_FILE
            said "$SPRUN" get "https://localhost:$PORT/other.lua#sha256=\(unknown)"
            """
        let run = try await user.shell(script)
        let parts = run.output.components(separatedBy: "status ").map { $0.replacing("\n", with: " ") }
        #expect(parts.count == 10, "\(run)")
        guard parts.count == 10 else { return }
        #expect(parts[0].contains("+ https://localhost") && parts[1].hasPrefix("0 "), "\(run)")
        #expect(parts[1].contains("by https") && parts[2].hasPrefix("0 "), "\(run)")
        #expect(parts[3].hasPrefix("0 "), "a redirect was not followed: \(run)")
        #expect(parts[3].contains("SHA-256") && parts[4].hasPrefix("1 "), "\(run)")
        #expect(parts[4].contains("redirects") && parts[5].hasPrefix("1 "), "\(run)")
        #expect(parts[5].contains("unencrypted") && parts[6].hasPrefix("1 "), "\(run)")
        #expect(parts[7].hasPrefix("1 ") && parts[7].contains("HTTP 404") && parts[8].hasPrefix("1 "), "\(run)")
        #expect(parts[8].contains("ertificate") || parts[8].contains("CERTIFICATE"), "\(run)")
        #expect(parts[9].hasPrefix("1 "), "\(run)")
    }

    @Test("a resumed run uses the same modules, and no others")
    func resumed() async throws {
        let user = try User()
        try user.write("part.lua", "return { word = 'first' }")
        try user.write(
            "mine.lua",
            """
            local part = import "part"
            sp.ensure_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "acme" }
            if not sp.params.never then sp.ensure_app{ name = "acme", sysuserid = "missing", runtime = "php8.4" } end
            return { said = part.word }
            """)
        _ = try await Simulation.with(user, ["--speed", "600"]) { simulation in
            let environment = simulation.environment
            #expect(try await user.launch(["run", "mine.lua"], environment: environment).run().status == .exited(3))
            try user.write("part.lua", "return { word = 'second' }")
            let changed = try await user.launch(["resume"], environment: environment).run()
            #expect(changed.status == .exited(6) && changed.error.contains("part.lua"), "\(changed)")
            try user.write("part.lua", "return { word = 'first' }")
            #expect(try await user.launch(["resume"], environment: environment).run().status != .exited(6))
            let planned = try await user.launch(
                ["plan", "--out", "plan", "mine.lua", "never=1"], environment: environment
            ).run()
            #expect(planned.status == .exited(0), "\(planned)")
            try user.write("part.lua", "return { word = 'second' }")
            let stale = try await user.launch(["apply", "plan"], environment: environment).run()
            #expect(stale.status == .exited(6), "\(stale)")
        }
    }

    @Test("secrets come from files, standard input, variables or a question, and never from the command line")
    func secrets() async throws {
        let user = try User()
        try user.write(
            "secret.lua",
            """
            return recipe { name = "secret", version = "1", summary = "x",
                params = { password = param.secret{ required = true, min = 6 }, cert = param.file{} },
                returns = { length = "integer", password = "secret", cert = "string?" },
                needs = { secrets = "reveal" },
                run = function(p)
                    print(p.password)
                    return { length = #p.password:reveal(), password = p.password, cert = p.cert }
                end }
            """)
        try user.write("pw", "wOrd-of-file\n")
        try user.write("cert.pem", "the certificate\n")
        func run(_ words: String..., environment: [String: String] = [:], input: String = "") async throws -> Finished {
            try await user.launch(["run", "--simulate", "secret.lua"] + words, environment: environment).run(
                input: input)
        }
        let plain = try await run("password=open")
        #expect(
            plain.status == .exited(64) && plain.error.contains("other users can read the command line"), "\(plain)")
        let file = try await run("password=@pw", "cert=cert.pem")
        #expect(file.status == .exited(0) && file.output.contains("the certificate"), "\(file)")
        #expect(file.output.contains("12") && !file.everything.contains("wOrd-of-file"))
        #expect(try await run("password=@-", input: "wOrd-of-input").output.contains("13"))
        let variable = try await run("password=@env:THE_WORD", environment: ["THE_WORD": "wOrd-of-variable"])
        #expect(variable.output.contains("16") && !variable.everything.contains("wOrd-of-variable"))
        #expect(try await run("password=@env:NONE").error.contains("NONE is not set"))
        #expect(try await run("password=@nothing").status == .exited(64))
        #expect(try await run().error.contains("password: is missing (secret)"))
        let asked = try await user.sprunOnTerminal(
            ["run", "--simulate", "--color", "never", "secret.lua"], answers: [("password: ", "wOrd-of-answer")])
        #expect(asked.output.contains("14"), "\(asked)")
        // The terminal shows it in the result, and did not echo it.
        #expect(asked.output.replacing("\r\n", with: "\n").hasPrefix("password  secret\npassword: \n"), "\(asked)")
        let revealed = try await run("password=@pw", "--reveal-secrets")
        #expect(revealed.output.contains("wOrd-of-file"))
    }
}
