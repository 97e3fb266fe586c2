import Foundation
import Subprocess
import Testing

/// `scripts/install`, with the programs that were built together with the tests.
@Suite("Installing")
struct InstallTests {
    private let user: User
    /// A folder for the installation, with a blank in its name.
    private let prefix: String

    init() throws {
        user = try User()
        prefix = user.folder + "/some where"
        try FileManager.default.createDirectory(atPath: prefix, withIntermediateDirectories: true)
    }

    private func install(_ arguments: String...) async throws -> Finished {
        let environment = user.environment(["SPRUN_BUILT": try Installation.folder()])
        return try await Launch(
            program: Installation.script("install"), arguments: ["--prefix", prefix] + arguments,
            environment: environment, folder: user.folder, user: user
        ).run()
    }

    private func contents() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: prefix).sorted()
    }

    private func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(prefix)/\(path)")
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test("installs every file, runs without a PATH in any folder, and uninstalls every file")
    func installed() async throws {
        let run = try await install()
        #expect(run.status == .exited(0), "\(run)")
        #expect(run.output.contains("installed sprun 0.1.0 in \(prefix)"), "\(run)")
        #expect(run.output.contains("export PATH=\"\(prefix)/bin:$PATH\""), "\(run)")

        let programs = ["bin/sprun", "libexec/sprun-lua"]
        let files =
            programs + [
                "share/bash-completion/completions/sprun", "share/fish/vendor_completions.d/sprun.fish",
                "share/man/man1/sprun-run.1", "share/man/man1/sprun.1", "share/sprun/installed",
                "share/sprun/recipes/new-site.lua", "share/sprun/recipes/providers/hetzner.lua",
                "share/zsh/site-functions/_sprun",
            ]
        for file in files { #expect(try mode(of: file) == (programs.contains(file) ? 0o755 : 0o644), "\(file)") }
        let shipped = try FileManager.default.subpathsOfDirectory(atPath: Installation.script("recipes"))
            .filter { $0.hasSuffix(".lua") }
        #expect(try contents().filter { $0.hasSuffix(".lua") } == shipped.map { "share/sprun/recipes/\($0)" }.sorted())
        let shells = try await user.shell("bash -n '\(prefix)/share/bash-completion/completions/sprun'")
        #expect(shells.everything.isEmpty, "\(shells)")

        func sprun(_ arguments: String...) async throws -> Finished {
            try await Launch(
                program: "\(prefix)/bin/sprun", arguments: arguments,
                environment: ["SPRUN_HOME": user.home, "PATH": ""], folder: "/", user: user
            ).run()
        }
        let site = try await sprun("run", "new-site", "--simulate", "server=www1", "domain=acme.example")
        #expect(site.status == .exited(0), "\(site)")
        let doctor = try await sprun("doctor")
        #expect(doctor.everything.contains("recipes run in \(prefix)/libexec/sprun-lua"), "\(doctor)")

        let removed = try await install("--uninstall")
        #expect(removed.status == .exited(0), "\(removed)")
        #expect(try contents() == [])
    }

    #if !DEBUG
        @Test("in release puts a small program there, which needs no library of Swift")
        func small() async throws {
            #expect(try await install().status == .exited(0))
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(prefix)/bin/sprun")
            // All of Foundation, which a new dependency could bring along, adds 44 MB.
            #expect(try #require(attributes[.size] as? Int) < 60_000_000)
            let libraries = try await user.shell("ldd '\(prefix)/bin/sprun' '\(prefix)/libexec/sprun-lua'")
            #expect(libraries.output.contains("liblua5.4") && !libraries.output.contains("swift"), "\(libraries)")
        }
    #endif

    @Test("replaces an earlier installation, and keeps files and folders of others")
    func others() async throws {
        let theirs = ["share/man/man1/other.1", "share/sprun/recipes/mine.lua"]
        try FileManager.default.createDirectory(atPath: "\(prefix)/share/man/man1", withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: "\(prefix)/\(theirs[0])"))
        #expect(try await install().status == .exited(0))
        try Data().write(to: URL(filePath: "\(prefix)/\(theirs[1])"))
        try FileManager.default.removeItem(atPath: "\(prefix)/bin/sprun")
        let before = try contents()
        #expect(try await install().status == .exited(0))
        #expect(try Set(contents()) == Set(before + ["bin/sprun"]))
        try FileManager.default.removeItem(atPath: "\(prefix)/\(theirs[1])")
        #expect(try await install("--uninstall").status == .exited(0))
        #expect(try contents() == ["share", "share/man", "share/man/man1", theirs[0]])
    }

    @Test("refuses to replace a program that it did not install, and to remove a program that is not installed")
    func refused() async throws {
        try FileManager.default.createDirectory(atPath: "\(prefix)/bin", withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(filePath: "\(prefix)/bin/sprun"))
        let run = try await install()
        #expect(run.status == .exited(1))
        #expect(run.error.contains("'\(prefix)/bin/sprun' exists, and this script did not install it"), "\(run)")
        #expect(try contents() == ["bin", "bin/sprun"])
        let removed = try await install("--uninstall")
        #expect(removed.status == .exited(1))
        #expect(removed.error.contains("nothing is installed"), "\(removed)")
        #expect(try await install("--prefx").status == .exited(64))
    }
}
