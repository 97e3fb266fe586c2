import Foundation
import Subprocess
import Testing

@testable import SprunCommands

/// The man pages that `scripts/install` installs.
@Suite("Man pages")
struct ManPageTests {
    private static func pages(date: String = "2026-11-30") async throws -> (user: User, run: Finished) {
        let user = try User()
        return (user, try await user.sprun("man-pages", ".", "--date", date))
    }

    @Test("sprun and each visible command have one")
    func commands() async throws {
        let (user, run) = try await Self.pages()
        #expect(run.status == .exited(0) && run.everything.isEmpty, "\(run)")
        let help = try await user.sprun("--help").output
        let commands = help.matches(of: #/\n  ([a-z]+) +(?:\(default\) +)?[A-Z]/#).map { "sprun-\($0.1).1" }
        #expect(commands.count > 15)
        let files = try FileManager.default.contentsOfDirectory(atPath: user.folder)
        #expect(Set(files) == Set(commands + ["sprun.1"]))
    }

    @Test("mandoc reports no problem")
    func lint() async throws {
        let (user, _) = try await Self.pages()
        let lint = try await user.shell("mandoc -T lint -W style *.1")
        #expect(lint.status == .exited(0) && lint.everything.isEmpty, "\(lint)")
    }

    @Test("each shows the options of the command's help, and its examples")
    func options() async throws {
        let (user, _) = try await Self.pages()
        for command in ["run", "simulate", "runs"] {
            let help = try await user.sprun(command, "--help").output
            let page = try await user.shell("LC_ALL=C.UTF-8 MANWIDTH=80 man -l sprun-\(command).1 | col -b").output
            // All commands have --version; the page of sprun shows it.
            for option in help.matches(of: #/ (--[a-z-]+)[ ,\n]/#) where option.1 != "--version" {
                #expect(page.contains(option.1), "\(command) \(option.1)\n\(page)")
            }
            for example in help.matches(of: #/(?:USAGE:|      ) (sprun .*)/#) {
                #expect(page.contains(example.1), "\(page)")
            }
            #expect(page.contains("SPRUN-\(command.uppercased())(1)"))
            #expect(page.contains("2026-11-30"))
        }
    }

    @Test("the page of sprun explains each exit status, as the README does")
    func exitStatus() async throws {
        let (user, _) = try await Self.pages()
        let page = try await user.shell("MANWIDTH=200 man -l sprun.1 | col -bx").output
        let readme = try String(contentsOfFile: Installation.script("../README.md"), encoding: .utf8)
        for status in ExitStatus.allCases {
            #expect(
                page.contains(
                    try Regex("\n +\(status.rawValue) +\(NSRegularExpression.escapedPattern(for: status.meaning))\n")))
            guard status.rawValue < 128 else { continue }
            let row = "| \(status.rawValue) | \(status.meaning) |"
            #expect(readme.replacing("`", with: "").contains(row), "\(row)")
        }
    }

    @Test("an invalid date and a missing folder are errors")
    func wrong() async throws {
        let user = try User()
        let date = try await user.sprun("man-pages", ".", "--date", "yesterday")
        #expect(date.status == .exited(64))
        let folder = try await user.sprun("man-pages", "missing")
        #expect(folder.status == .exited(1))
        #expect(folder.error.contains("missing/sprun.1' cannot be written"), "\(folder)")
    }

    @Test("the command that writes them is hidden")
    func hidden() async throws {
        let user = try User()
        for arguments in [["--help"], ["--generate-completion-script", "bash"]] {
            #expect(try await !user.launch(arguments).run().output.contains("man-pages"))
        }
    }
}
