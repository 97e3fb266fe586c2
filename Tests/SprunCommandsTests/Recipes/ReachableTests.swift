import Foundation
import Subprocess
import Testing

/// Everything that a recipe can reach, as a list that changes only when somebody means it.
@Suite("What recipes can reach", .timeLimit(.minutes(2)))
struct ReachableTests {
    /// `SPRUN_RECORD=1` writes the list anew; each line of the difference is something that recipes get or lose.
    @Test("is what reachable.txt lists, and nothing else")
    func golden() async throws {
        let user = try User()
        let run = try await user.sprun("run", "--simulate", Installation.fixture("reachable.lua"))
        #expect(run.status == .exited(0), "\(run)")
        let file = Installation.fixture("reachable.txt")
        if ProcessInfo.processInfo.environment["SPRUN_RECORD"] != nil {
            try run.output.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let known = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(run.lines.filter { !known.contains($0) } == [], "can be reached and is not in reachable.txt")
        #expect(known.filter { !run.lines.contains($0) } == [], "is in reachable.txt and cannot be reached")
        #expect(run.lines == known)
    }

    @Test("is the same in each process, also in a module and in the body of a header")
    func everywhere() async throws {
        let user = try User()
        try user.write("walk.lua", try String(contentsOfFile: Installation.fixture("reachable.lua"), encoding: .utf8))
        try user.write("main.lua", "import 'walk'")
        let recorded = try String(contentsOfFile: Installation.fixture("reachable.txt"), encoding: .utf8)
        for _ in 0..<2 {
            let run = try await user.sprun("run", "--simulate", "walk.lua")
            #expect(run.status == .exited(0) && run.output == recorded, "\(run)")
        }
        let imported = try await user.sprun("run", "--simulate", "main.lua")
        #expect(imported.status == .exited(0) && imported.output == recorded, "\(imported)")
        let text = try user.read("walk.lua")
        let header = "return recipe { name = 'walk', version = '1.0.0', summary = 'Walks', run = function(...)"
        try user.write("header.lua", "\(header)\n\(text)\nend }")
        let body = try await user.sprun("run", "--simulate", "header.lua")
        // It gets its parameters.
        let lines = body.output.replacing("...  1 values", with: "...  0 values")
        #expect(body.status == .exited(0) && lines == recorded, "\(body)")
    }

    /// With `sp`, `http`, `ssh`, `param` and all else that a recipe without a header has.
    @Test("can be called with every kind of value in every argument place")
    func hostileCalls() async throws {
        let user = try User()
        let script = Installation.script("../Tests/LuaHostTests/Scripts/hostile-calls.lua")
        let run = try await user.sprun("run", "--simulate", "--max-cpu", "1000", script)
        #expect(run.status == .exited(0), "\(run.error.suffix(2000))")
        let last = try #require(run.lines.last { $0.contains(" functions, ") })
        #expect((Int(last.prefix { $0 != " " }) ?? 0) > 300, "\(last)")
    }
}
