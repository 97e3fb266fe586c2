import Foundation
import RecipeSharing
import SprunTesting
import Subprocess
import Testing

/// What repositories, and git itself, can do wrong.
@Suite("Failures of git repositories")
struct GitFailureTests {
    let project: TestProject
    let recipes: TestRepository

    init() async throws {
        project = try TestProject()
        recipes = try await TestRepository(project.folder.file("recipes"))
        try await recipes.commit(["db/rotate.lua": "return 1", "notes.txt": ""], tag: "v1.4.0")
    }

    private func failing(_ locator: String, git: GitProgram? = nil) async -> SharingError? {
        let error = await failure { try await project.get(locator, git: git) }
        #expect((try? project.lock()) == RecipeLock())
        #expect(!FileManager.default.fileExists(atPath: project.folder.file("cache/sha256")))
        return error
    }

    @Test("an unknown version is an error that suggests the nearest version")
    func missingRef() async throws {
        var error = await failing(recipes.locator("db/rotate", "v1.4.1"))
        #expect(error?.code == .missingRef)
        #expect(error?.hint == "did you mean 'v1.4.0'?")
        error = await failing(recipes.locator("db/rotate", "abcdef12345"))
        #expect(error?.code == .missingRef)
        #expect(error?.hint == "write all digits of the commit")
        error = await failing(recipes.locator("db/rotate", "something-else"))
        #expect(error?.hint == "it has main, v1.4.0")
        error = await failing(recipes.locator("db/rotate", String(repeating: "ab", count: 20)))
        #expect(error?.code == .missingRef, "\(error?.description ?? "")")
    }

    @Test("a missing file is an error that suggests the nearest file")
    func missingFile() async throws {
        var error = await failing(recipes.locator("db/rotat", "v1.4.0"))
        #expect(error?.code == .missingFile)
        #expect(error?.hint == "did you mean 'db/rotate.lua'?")
        error = await failing(recipes.locator("rotate", "v1.4.0"))
        #expect(error?.hint == "did you mean 'db/rotate.lua'?")
        #expect(await failing(recipes.locator("db/rotate.lua/x", "v1.4.0"))?.code == .notRegularFile)
    }

    @Test("an import of a missing file names the importer")
    func missingImport() async throws {
        try await recipes.commit(["a.lua": "import \"./b\"", "c.lua": "import \"\(recipes.locator("a", "main"))\""])
        let error = await failing(recipes.locator("c", "main"))
        #expect(error?.code == .missingFile)
        #expect(error?.message.contains("'b.lua'") == true)
        #expect(error?.message.contains(recipes.locator("a", "main")) == true)
    }

    @Test("links, folders and submodules cannot be imported, also as part of a path")
    func notRegular() async throws {
        let other = try await TestRepository(project.folder.file("other"))
        let commit = try await other.commit(["x.lua": "return 1"])
        try FileManager.default.createSymbolicLink(
            atPath: "\(recipes.path)/link.lua", withDestinationPath: "/etc/passwd")
        try FileManager.default.createSymbolicLink(atPath: "\(recipes.path)/way", withDestinationPath: "db")
        try await recipes.git("update-index", "--add", "--cacheinfo", "160000,\(commit),sub.lua")
        try await recipes.commit(["folder.lua/x.lua": ""])
        try await recipes.git("update-index", "--add", "--cacheinfo", "160000,\(commit),sub.lua")
        try await recipes.git("commit", "--quiet", "--message=submodule")
        for (path, kind) in [
            ("link", "a symbolic link"), ("sub", "a submodule"), ("folder", "a folder"),
            ("way/rotate", "a symbolic link"),
            ("sub.lua/x", "a submodule"),
        ] {
            let error = await failing(recipes.locator(path, "main"))
            #expect(error?.code == .notRegularFile, "\(path): \(error?.description ?? "none")")
            #expect(error?.message.contains(kind) == true, "\(path): \(error?.description ?? "none")")
        }
    }

    @Test("a file of 2 MiB is rejected, a file of 1 MiB is accepted")
    func sizes() async throws {
        try await recipes.commit([
            "large.lua": String(repeating: "-", count: 2 << 20), "most.lua": String(repeating: "-", count: 1 << 20),
        ])
        let error = await failing(recipes.locator("large", "main"))
        #expect(error?.code == .tooLarge)
        #expect(error?.message.contains("2097152") == true)
        try await project.get(recipes.locator("most", "main"))
    }

    @Test("the number of modules and the length of a chain are limited")
    func limits() async throws {
        var files: [String: String] = ["wide.lua": (0..<300).map { "import \"w\($0)\"" }.joined(separator: "\n")]
        for index in 0..<300 { files["w\(index).lua"] = "" }
        for index in 0..<40 { files["d\(index).lua"] = "import \"d\(index + 1)\"" }
        try await recipes.commit(files)
        #expect(await failing(recipes.locator("wide", "main"))?.code == .tooLarge)
        #expect(await failing(recipes.locator("d0", "main"))?.code == .tooLarge)
    }

    @Test("a missing repository, an unreachable host and a denied access are different errors")
    func hosts() async throws {
        #expect(await failing("file:///nonexistent/recipes//x@v1")?.code == .missingRepository)
        try FileManager.default.createDirectory(
            atPath: project.folder.file("empty"), withIntermediateDirectories: true)
        #expect(await failing("file://\(project.folder.file("empty"))//x@v1")?.code == .missingRepository)
        // Nothing listens on port 1, and .invalid is no host anywhere.
        #expect(await failing("http://127.0.0.1:1/recipes//x@v1")?.code == .unreachable)
        #expect(await failing("https://nothing.invalid/a/b//x@v1")?.code == .unreachable)
        let none = try await TestRepository(project.folder.file("none"))
        let error = await failing(none.locator("x", "v1"))
        #expect(error?.code == .missingRef)
        #expect(error?.hint == "the repository has no tags and no branches")
    }

    @Test("a message of the host is shown without credentials and terminal escapes")
    func messages() async throws {
        for (said, code) in [
            ("fatal: Authentication failed for 'https://anna:s3cret@host.example/x/'", SharingError.Code.denied),
            ("fatal: could not read Username for 'https://host.example': terminal prompts disabled", .denied),
            ("ERROR: Repository not found. (https://s3cret@host.example/)", .missingRepository),
            (
                "fatal: unable to access 'https://a:s3@cret@host.example/': Could not resolve host: host.example",
                .unreachable
            ),
            ("fatal: \u{1B}[31msomething else\u{07} https://a:s3cret@host.example", .gitFailed),
            ("error: cannot run ssh: No such file or directory", .gitFailed),
        ] {
            try project.folder.write("#!/bin/sh\necho \"\(said)\" >&2\nexit 128\n", "git-says")
            try project.folder.setMode(0o755, "git-says")
            let git = GitProgram(executable: project.folder.file("git-says"), environment: TestRepository.environment)
            let error = await failing("https://host.example/x//y@v1", git: git)
            #expect(error?.code == code, "\(said)")
            for part in ["s3cret", "s3", "anna", "\u{1B}", "\u{07}"] {
                #expect(error?.description.contains(part) == false, "\(said): \(error?.description ?? "")")
            }
        }
    }

    @Test("a megabyte of git's output is read quickly", arguments: ["x", "a:", "://a@", "://", "@", " ", "\u{301}"])
    func longMessages(word: String) async throws {
        let count = (1 << 20) / word.utf8.count - 100
        try project.folder.write(String(repeating: word, count: count), "words")
        try project.folder.write("#!/bin/sh\ncat \(project.folder.file("words")) >&2\nexit 128\n", "git-says")
        try project.folder.setMode(0o755, "git-says")
        let git = GitProgram(executable: project.folder.file("git-says"), environment: TestRepository.environment)
        let start = ContinuousClock.now
        #expect(await failing("https://host.example/x//y@v1", git: git)?.code == .gitFailed)
        // Whatever takes the square of it takes hours.
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("the nearest of very many long names is found quickly")
    func longNames() async throws {
        let stem = String(repeating: "n/", count: 400)
        var tree = ""
        let blob = try await recipes.git("hash-object", "-w", "notes.txt")
        for index in 0..<300 { tree += "100644 \(blob)\t\(stem)\(10_000 + index).lua\n" }
        try project.folder.write(tree, "tree")
        let index = project.folder.file("tree")
        let made = try await run(
            .name("sh"), arguments: ["-c", "git -C '\(recipes.path)' update-index --add --index-info < '\(index)'"],
            environment: .inherit, output: .string(limit: 1000), error: .string(limit: 1000))
        #expect(made.terminationStatus.isSuccess, "\(made.standardError)")
        try await recipes.git("commit", "--quiet", "--message=many")
        let start = ContinuousClock.now
        let error = await failing(recipes.locator(String(repeating: "n/", count: 400) + "9999x", "main"))
        #expect(error?.code == .missingFile, "\(error?.description ?? "none")")
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("a commit that is too large is rejected, also while it is being fetched")
    func repositorySize() async throws {
        var random = TestRandom()
        let bytes = (0..<(3 << 20)).map { _ in UInt8.random(in: 0...255, using: &random) }
        try project.folder.write(bytes, "recipes/large.bin")
        try await recipes.commit(["x.lua": "return 1"], tag: "large")
        let small = GitProgram(environment: TestRepository.environment, sizeLimit: 1 << 20)
        let error = await failing(recipes.locator("x", "large"), git: small)
        #expect(error?.code == .tooLarge, "\(error?.description ?? "none")")
        #expect(error?.message.contains("1048576") == true)
        #expect(try project.folder.names(below: "cache").allSatisfy { !$0.contains("pack") })
        // One that never ends is stopped while it grows.
        let script = """
            #!/bin/sh
            case "$*" in *" fetch "*) exec dd if=/dev/zero of=objects/pack/tmp bs=65536 status=none;; esac
            exec git "$@"
            """
        try project.folder.write(script, "git-grows")
        try project.folder.setMode(0o755, "git-grows")
        let growing = GitProgram(
            executable: project.folder.file("git-grows"), environment: TestRepository.environment,
            timeLimit: .seconds(60), sizeLimit: 1 << 20)
        #expect(await failing(recipes.locator("db/rotate", "v1.4.0"), git: growing)?.code == .tooLarge)
        try await project.get(recipes.locator("x", "large"))
    }

    @Test("a missing git is an error")
    func gitMissing() async throws {
        let nowhere = GitProgram(executable: "/nonexistent/git", environment: TestRepository.environment)
        #expect(await failing(recipes.locator("x", "v1"), git: nowhere)?.code == .gitMissing)
        let noPath = GitProgram(environment: ["PATH": "/nonexistent"])
        #expect(await failing(recipes.locator("x", "v1"), git: noPath)?.code == .gitMissing)
    }

    @Test("a hanging git is killed together with its child processes")
    func hanging() async throws {
        let pid = project.folder.file("pid")
        let script = "#!/bin/sh\ntrap '' TERM INT HUP\nsleep 1000 &\necho $! > \(pid)\nwait\nsleep 1000\n"
        try project.folder.write(script, "git-hangs")
        try project.folder.setMode(0o755, "git-hangs")
        let git = GitProgram(
            executable: project.folder.file("git-hangs"), environment: TestRepository.environment,
            timeLimit: .seconds(3))
        let start = ContinuousClock.now
        let error = await failing(recipes.locator("x", "v1"), git: git)
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("ls-remote") == true, "\(error?.message ?? "")")
        #expect(ContinuousClock.now - start < .seconds(60))
        let child = try #require(Int32(String(decoding: try project.folder.bytes("pid"), as: UTF8.self).dropLast()))
        // It gets its signal before git's end is seen, and ends a moment later at the latest.
        for _ in 0..<500 where Self.isRunning(child) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!Self.isRunning(child))
    }

    /// Whether a process is there; one that has ended and is waited for by nobody is not.
    private static func isRunning(_ process: Int32) -> Bool {
        let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return state.map { !$0.contains(") Z") } ?? false
    }

    @Test("a git that prints without end is stopped", arguments: ["", " >&2"])
    func endless(stream: String) async throws {
        try project.folder.write("#!/bin/sh\nexec yes\(stream)\n", "git-yes")
        try project.folder.setMode(0o755, "git-yes")
        let git = GitProgram(executable: project.folder.file("git-yes"), environment: TestRepository.environment)
        #expect(await failing(recipes.locator("x", "v1"), git: git)?.code == .tooLarge)
    }

    @Test("a cancelled task ends git")
    func cancelling() async throws {
        try project.folder.write("#!/bin/sh\nsleep 1000\n", "git-hangs")
        try project.folder.setMode(0o755, "git-hangs")
        let git = GitProgram(
            executable: project.folder.file("git-hangs"), environment: TestRepository.environment)
        let locator = recipes.locator("x", "v1")
        let task = Task { await failure { try await project.get(locator, git: git) } }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
    }

    @Test("git gets none of its variables except those for logins, and runs no hook and no other transport")
    func hardened() async throws {
        let log = project.folder.file("log")
        let script = "#!/bin/sh\n{ echo \"in $(pwd) $*\"; env | sort; } >> \(log)\nexec git \"$@\"\n"
        try project.folder.write(script, "git-logs")
        try project.folder.setMode(0o755, "git-logs")
        var environment = TestRepository.environment
        environment["GIT_DIR"] = "/nonexistent"
        environment["GIT_TRACE"] = project.folder.file("trace")
        environment["GIT_CONFIG_COUNT"] = "1"
        environment["GIT_CONFIG_KEY_0"] = "core.sshCommand"
        environment["GIT_CONFIG_VALUE_0"] = "touch /tmp/x"
        environment["GIT_ALLOW_PROTOCOL"] = "ext"
        environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes"
        environment["SSH_AUTH_SOCK"] = "/run/agent"
        environment["LC_MESSAGES"] = "de_DE.UTF-8"
        environment["SERVERPILOT_API_KEY"] = "canary-key"
        environment["SPRUN_HOME"] = "canary-home"
        environment["CREDENTIALS_DIRECTORY"] = "canary-credentials"
        environment["PATH"] = ".:bin::\(environment["PATH"] ?? "")"
        try await project.get(
            recipes.locator("db/rotate", "v1.4.0"),
            git: GitProgram(executable: project.folder.file("git-logs"), environment: environment))
        let text = String(decoding: try project.folder.bytes("log"), as: UTF8.self)
        for part in [
            "GIT_DIR=", "GIT_TRACE=", "GIT_CONFIG_COUNT=", "GIT_CONFIG_KEY_0", "LC_MESSAGES", "=ext\n", "canary",
            "PATH=.",
        ] {
            #expect(!text.contains(part), "\(part)")
        }
        // Each command is in a folder of the cache, and told that as its repository.
        let commands = text.split(separator: "\n").filter { $0.hasPrefix("in ") }
        #expect(commands.count >= 5)
        for command in commands {
            let folder = command.dropFirst(3).prefix { $0 != " " }
            #expect(folder.hasPrefix(project.folder.file("cache/git/")), "\(command)")
            #expect(command.contains(" --git-dir=\(folder) "), "\(command)")
        }
        #expect(try project.folder.names(below: "cache/git").allSatisfy { !$0.contains(".new") })
        for part in [
            "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", "GIT_SSH_COMMAND=ssh -o BatchMode=yes", "SSH_AUTH_SOCK=/run/agent",
            "core.hooksPath=/dev/null", "protocol.ext.allow=never", "--end-of-options file://", "--no-tags",
            "--depth=1",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("a configuration with a transport that runs commands is rejected")
    func transports() async throws {
        let mark = project.folder.file("ran")
        try project.folder.write("#!/bin/sh\ntouch \(mark)\n", "command")
        try project.folder.setMode(0o755, "command")
        try project.folder.write(
            "[url \"ext::\(project.folder.file("command"))\"]\n\tinsteadOf = https://host.example/a/b\n"
                + "[protocol \"ext\"]\n\tallow = always\n", "config")
        var environment = TestRepository.environment
        environment["GIT_CONFIG_GLOBAL"] = project.folder.file("config")
        let error = await failing("host.example/a/b/c@v1", git: GitProgram(environment: environment))
        #expect(error != nil)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test("git follows URL rewrites in the user's own configuration")
    func insteadOf() async throws {
        try project.folder.write(
            "[url \"\(recipes.url)\"]\n\tinsteadOf = https://github.com/acme/recipes\n", "config")
        var environment = TestRepository.environment
        environment["GIT_CONFIG_GLOBAL"] = project.folder.file("config")
        try await project.get("github.com/acme/recipes/db/rotate@v1.4.0", git: GitProgram(environment: environment))
        let module = try project.resolver().resolve("github.com/acme/recipes/db/rotate@v1.4.0")
        #expect(module.displayName == "github.com/acme/recipes/db/rotate@v1.4.0")
        #expect(module.identity.hasPrefix("git:https://github.com/acme/recipes//db/rotate.lua@"))
    }

    @Test("a recipe from elsewhere cannot import from a host name that resolves to this network")
    func insideByName() async throws {
        try project.folder.write(
            "[url \"\(recipes.url)\"]\n\tinsteadOf = https://github.com/acme/recipes\n"
                + "\tinsteadOf = https://inner.example/a/b\n", "config")
        var environment = TestRepository.environment
        environment["GIT_CONFIG_GLOBAL"] = project.folder.file("config")
        let git = GitProgram(environment: environment)
        try await recipes.commit(
            ["mine.lua": "import \"inner.example/a/b/db/rotate@v1.4.0\"", "db/rotate.lua": "return 1"], tag: "v5")
        let error = await failing("github.com/acme/recipes/mine@v5", git: git)
        #expect(error?.code == .outside, "\(error?.description ?? "none")")
        // A file of one's own may import it.
        try project.folder.write("import \"inner.example/a/b/db/rotate@v1.4.0\"", "project/mine.lua")
        try await project.get("./mine.lua", git: git)
    }

    @Test("a server that provides commits only by ref provides a tag's commit, and rejects other commit ids")
    func olderServers() async throws {
        let unnamed = try await recipes.commit(["x.lua": "return 0"])
        try await recipes.commit(["x.lua": "return 1"])
        // The server names the tag's own id, and not that of its commit.
        try await recipes.git("tag", "--annotate", "--message=x", "v3")
        try await recipes.commit(["x.lua": "return 2"])
        // In protocol 0 a server gives only what it names.
        try project.folder.write("[protocol]\n\tversion = 0\n", "config")
        var environment = TestRepository.environment
        environment["GIT_CONFIG_GLOBAL"] = project.folder.file("config")
        let git = GitProgram(environment: environment)
        let error = await failing(recipes.locator("x", unnamed), git: git)
        #expect(error?.code == .missingRef, "\(error?.description ?? "none")")
        #expect(error?.message.contains("unadvertised") == true, "\(error?.description ?? "none")")
        try await project.get(recipes.locator("x", "v3"), git: git)
        #expect(try project.resolver().resolve(recipes.locator("x", "v3")).text == Array("return 1".utf8))
    }

    @Test("a repository is fetched with the user's own ssh")
    func ssh() async throws {
        try project.folder.write(
            "#!/bin/sh\necho \"$1\" >> \(project.folder.file("hosts"))\nshift\nexec sh -c \"$1\"\n", "ssh")
        try project.folder.setMode(0o755, "ssh")
        var environment = TestRepository.environment
        environment["GIT_SSH"] = project.folder.file("ssh")
        environment["GIT_SSH_VARIANT"] = "simple"
        let locator = "ssh://git@host.example\(recipes.path)//db/rotate@v1.4.0"
        try await project.get(locator, git: GitProgram(environment: environment))
        #expect(try project.resolver().resolve(locator).text == Array("return 1".utf8))
        #expect(try project.folder.bytes("hosts").starts(with: Array("git@host.example\n".utf8)))
    }
}
