import RecipeSharing
import SprunTesting
import Subprocess
import SystemPackage
import Testing

@Suite("Differences of texts")
struct TextDifferenceTests {
    private static func difference(_ old: String, _ new: String) -> TextDifference {
        TextDifference(old: Array(old.utf8), new: Array(new.utf8))
    }

    @Test("changes are shown with three lines of context")
    func context() {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 10\n", with: "line ten\nline ten and a half\n").replacing("line 20\n", with: "")
        #expect(
            Self.difference(old, new).description == """
                @@ -7,7 +7,8 @@
                 line 7
                 line 8
                 line 9
                -line 10
                +line ten
                +line ten and a half
                 line 11
                 line 12
                 line 13
                @@ -17,4 +18,3 @@
                 line 17
                 line 18
                 line 19
                -line 20

                """)
    }

    @Test("equal texts have no difference, a new text is all added, and a missing line feed is reported")
    func edges() {
        #expect(Self.difference("a\nb", "a\nb").hunks.isEmpty)
        #expect(Self.difference("", "").description.isEmpty)
        #expect(Self.difference("", "a\nb\n").description == "@@ -0,0 +1,2 @@\n+a\n+b\n")
        #expect(Self.difference("a\n", "").description == "@@ -1 +0,0 @@\n-a\n")
        #expect(
            Self.difference("a\n", "a").description == "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n")
    }

    @Test("git apply turns the old text and the difference into the new text")
    func apply() async throws {
        var random = TestRandom()
        let folder = try TestFolder()
        for round in 0..<40 {
            func text() -> String {
                (0..<Int.random(in: 0...40, using: &random)).map { _ in "l\(Int.random(in: 0...9, using: &random))" }
                    .joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "")
            }
            let (old, new) = (text(), text())
            if old == new || old.isEmpty || new.isEmpty { continue }
            try folder.write(old, "text")
            try folder.write("--- a/text\n+++ b/text\n" + Self.difference(old, new).description, "patch")
            let result = try await run(
                .name("git"), arguments: ["apply", "patch"], workingDirectory: FilePath(folder.path),
                output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
            #expect(result.terminationStatus.isSuccess, "\(round): \(result.standardError)")
            #expect(try folder.bytes("text") == Array(new.utf8), "\(round)")
        }
    }

    @Test("texts without common lines are compared in limited time")
    func large() {
        let old = (0..<30_000).map { "a\($0)\n" }.joined()
        let new = (0..<30_000).map { "b\($0)\n" }.joined()
        #expect(Self.difference(old, new).hunks.count == 1)
        let few = (0..<1900).map { "a\($0)\n" }.joined()
        #expect(Self.difference(few, few.replacing("a", with: "b")).hunks.count == 1)
    }
}
