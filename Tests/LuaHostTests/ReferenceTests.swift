import Foundation
import LuaHost
import SprunTesting
import Testing

/// The functions of the standard library that are the bridge's own, beside those of the `lua5.4` program.
///
/// Each script makes calls from a seed, with arguments right and wrong, and prints what they give and raise.
@Suite struct ReferenceTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")

    /// A script with what all share before it.
    static func source(_ name: String) throws -> String {
        try ["support", name]
            .map { try String(contentsOf: folder.appending(path: "\($0).lua"), encoding: .utf8) }
            .joined()
    }

    /// What Lua's own interpreter prints; `scripts/bootstrap --tests` installs it.
    static func reference(_ source: String, _ arguments: [String]) throws -> [Substring] {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["lua5.4", "-"] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(source.utf8))
        try input.fileHandleForWriting.close()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "lua5.4 is missing or failed")
        return String(decoding: printed, as: UTF8.self).split(separator: "\n")
    }

    @Test(
        arguments: [
            ("formats", 5_000), ("packing", 5_000), ("patterns", 5_000), ("strings", 3_000), ("tables", 3_000),
        ])
    func `scripts see what they see in Lua's own interpreter`(script: String, cases: Int) async throws {
        var random = TestRandom("\(script).lua")
        let arguments = ["\(Int64(truncatingIfNeeded: random.next()))", "\(cases)"]
        let source = try Self.source(script)
        let lines = Recorder<String>()
        _ = try await makeHost(print: lines.add).run(
            source: source, name: "\(script).lua", arguments: arguments.map { .string($0) })
        let (given, expected) = (lines.all, try Self.reference(source, arguments))
        #expect(given.count == expected.count)
        #expect(given.count > cases)
        if let place = zip(given, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset {
            let first = given[...place].lastIndex { $0.hasPrefix("case ") } ?? place
            Issue.record("\(given[first...place].joined(separator: "\n"))\nbut Lua: \(expected[place])")
        }
    }
}
