import Foundation
import Subprocess
import Testing

@testable import SprunCommands

@Suite("Explanations of errors", .timeLimit(.minutes(5)))
struct LessonTests {
    @Test("every code has a lesson, and every lesson a code")
    func complete() {
        #expect(Set(FailureLesson.all.keys) == Set(FailureCatalogue.all.map(\.code)))
        for (code, lesson) in FailureLesson.all {
            #expect(!lesson.next.isEmpty, "\(code)")
            #expect((lesson.wrong == nil) == (lesson.right == nil), "\(code)")
        }
        #expect(FailureLesson.all.values.count { $0.wrong == nil } == 2)
    }

    @Test(
        "each lesson shows cause, examples and commands",
        arguments: FailureCatalogue.all.map(\.number))
    func rendered(_ number: String) async throws {
        let run = try await VerbBench(try User(), [:]).sprun("explain", number)
        #expect(run.status == .done && run.output.hasPrefix("\(number): "), "\(run)")
        #expect(run.output.contains("\nnext\n  sprun "), "\(run)")
        let long = run.output.split(separator: "\n").filter { $0.count > 100 }
        #expect(long.isEmpty, "\(long)")
    }

    @Test("each next command is a valid command of sprun", arguments: FailureLesson.all.keys.sorted())
    func next(_ code: String) async throws {
        for line in try #require(FailureLesson.all[code]).next where line != "sprun --version" {
            let words = line.split(separator: " ").map(String.init)
            #expect(words.count > 1 && words[0] == "sprun" && Sprun.command(named: words[1]) != nil, "\(line)")
            await #expect(throws: Never.self, "\(line)") { try await Sprun.command(Array(words.dropFirst())) }
        }
    }

    private static let runnable = FailureLesson.all.filter { $0.value.wrong?.recipe != nil }.keys.sorted()

    @Test("the wrong recipe fails with the code, and the right recipe runs", arguments: runnable)
    func examples(_ code: String) async throws {
        let lesson = try #require(FailureLesson.all[code])
        let number = FailureCatalogue.kind(code).number
        let user = try User()
        try user.write("wrong.lua", try #require(lesson.wrong?.recipe))
        try user.write("right.lua", try #require(lesson.right?.recipe, "\(code) has no right recipe"))
        let wrong = try await user.sprun("run", "--simulate", "--yes", "wrong.lua")
        #expect(wrong.error.contains("error[\(number)]"), "\(wrong)")
        let right = try await User(copying: user).sprun("run", "--simulate", "--yes", "right.lua")
        #expect(right.status == .exited(0), "\(right)")
    }

    @Test("at least 25 lessons are run")
    func count() { #expect(Self.runnable.count >= 25, "\(Self.runnable.count)") }

    @Test("the list has one line of at most 80 columns for each error, or JSON")
    func list() async throws {
        let bench = VerbBench(try User(), [:])
        let list = try await bench.sprun("explain").output.split(separator: "\n")
        #expect(list.count == FailureCatalogue.all.count && list.allSatisfy { $0.count <= 80 })
        let json = try await bench.sprun("explain", "--json").output
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect((object?["errors"] as? [Any])?.count == FailureCatalogue.all.count)
    }

    @Test("for a function, explain names the help command")
    func function() async throws {
        let run = try await VerbBench(try User(), [:]).sprun("explain", "sp.create_app")
        #expect(run.status == .usage && run.error.contains("hint: sprun help sp.create_app"), "\(run)")
    }
}

extension FailureLesson.Example {
    fileprivate var recipe: String? { if case .recipe(let text) = self { text } else { nil } }
}

extension User {
    /// Creates another user with the same Lua files.
    fileprivate convenience init(copying other: User) throws {
        try self.init()
        for name in other.names(in: ".") where name.hasSuffix(".lua") { try write(name, try other.read(name)) }
    }
}
