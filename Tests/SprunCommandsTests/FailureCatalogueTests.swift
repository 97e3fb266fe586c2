import Foundation
import Testing

@testable import SprunCommands

@Suite("The catalogue of failures")
struct FailureCatalogueTests {
    @Test("contains each number and each code once, in order")
    func unique() {
        let numbers = FailureCatalogue.all.map(\.number)
        #expect(numbers == numbers.sorted())
        #expect(Set(numbers).count == numbers.count)
        #expect(Set(FailureCatalogue.all.map(\.code)).count == numbers.count)
        #expect(numbers.allSatisfy { $0.wholeMatch(of: #/SP\d{4}/#) != nil })
    }

    @Test("each kind has a title and an explanation in sentences")
    func texts() {
        for kind in FailureCatalogue.all {
            #expect(!kind.title.isEmpty && !kind.title.hasSuffix("."), "\(kind.number)")
            #expect(kind.explanation.count > 20 && [".", "?"].contains(kind.explanation.suffix(1)), "\(kind.number)")
        }
    }

    @Test("an unknown code belongs to the recipe")
    func unknown() {
        #expect(FailureCatalogue.kind("something_of_a_recipe").number == "SP0200")
        #expect(FailureCatalogue.kind("something_of_a_recipe").exit == .failed)
    }

    /// The places where codes are made, and how they are spelled there.
    static let places: [(file: String, pattern: String)] = [
        ("ServerPilot/Wire/ServerPilotError.swift", #"= Code\("([a-z_]+)"\)"#),
        ("RecipeEngine/Errors/RecipeError.swift", #"static let \w+ = "([a-z_]+)""#),
        ("RecipeEngine/Errors/RecipeFailure+Lua.swift", #"(?:case \.\w+: |default: |code = )"([a-z_]+)""#),
        ("RecipeEngine", #"RecipeError\(\s*code: "([a-z_]+)""#),
        ("SprunCommands", #"CommandFailure\(\s*"([a-z_]+)""#),
        ("SprunCommands", #"\? "([a-z]+_[a-z_]+)" : "[a-z_]+""#),
        ("SprunCommands", #"\? "[a-z]+_[a-z_]+" : "([a-z_]+)""#),
    ]

    @Test("contains every code that any part can raise", arguments: places)
    func complete(_ file: String, _ pattern: String) throws {
        let sources = String(#filePath).components(separatedBy: "/Tests/")[0] + "/Sources/" + file
        let names = file.hasSuffix(".swift") ? [""] : try FileManager.default.subpathsOfDirectory(atPath: sources)
        let text = try names.filter { $0.isEmpty || $0.hasSuffix(".swift") }
            .map { try String(contentsOfFile: $0.isEmpty ? sources : "\(sources)/\($0)", encoding: .utf8) }
            .joined(separator: "\n")
        let codes = Set(text.matches(of: try Regex<(Substring, Substring)>(pattern)).map { String($0.output.1) })
        #expect(!codes.isEmpty)
        let known = Set(FailureCatalogue.all.map(\.code))
        #expect(codes.subtracting(known) == [])
    }

    @Test(
        "has the exit statuses that the command line documents",
        arguments: [
            ("usage", 64), ("unreadable_file", 64), ("invalid_setting", 64), ("no_credentials", 4),
            ("invalid_credentials", 4), ("open_credentials", 4), ("unauthorized", 4), ("account_held", 5),
            ("wait_timed_out", 8), ("memory_limit", 8), ("cpu_limit", 8), ("depth_limit", 8), ("reply_too_large", 8),
            ("cancelled", 130), ("syntax", 1), ("lua_error", 1), ("action_failed", 1), ("not_connected", 1),
            ("unreadable_reply", 1), ("invalid_account", 1), ("unwritable_file", 1),
        ] as [(String, Int32)])
    func statuses(_ code: String, _ status: Int32) {
        #expect(FailureCatalogue.kind(code).exit.rawValue == status)
    }
}
