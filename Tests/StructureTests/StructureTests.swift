import Foundation
import Testing

/// Holds the code to the map of the code (`Sources/README.md`): which part may know which.
@Suite("The structure")
struct StructureTests {
    /// What each target may import: the arrows of the map, and the packages that it stands on.
    ///
    /// Nothing in the program may import `Foundation`: it adds 44 MB, most of it the data of ICU.
    private static let allowed: [String: Set<String>] = [
        "LuaHost": ["CLuaBridge", "Dispatch", "Synchronization"],
        "Groundwork": ["OrderedCollections", "Synchronization", "SystemPackage", "Glibc", "Musl", "Darwin"],
        "DurableSteps": ["Groundwork", "OrderedCollections", "Synchronization"],
        "ServerPilot": ["Groundwork", "HTTPTypes", "OrderedCollections"],
        "ServerPilotClient": [
            "Groundwork", "ServerPilot", "AsyncHTTPClient", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
            "OrderedCollections", "SwiftASN1", "Synchronization", "X509", "Glibc", "Musl", "Darwin",
        ],
        "StoreFile": ["CSQLite", "Dispatch", "SystemPackage", "Glibc", "Musl", "Darwin"],
        "ServerPilotSimulator": [
            "Groundwork", "ServerPilot", "StoreFile", "Crypto", "FoundationEssentials", "HTTPTypes",
            "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypes",
            "NIOHTTPTypesHTTP1", "NIOSSL",
            "OrderedCollections", "ServiceLifecycle",
            "Synchronization", "SystemPackage",
        ],
        "RecipeLanguage": ["Groundwork", "LuaHost", "ServerPilot", "OrderedCollections"],
        "RecipeEngine": [
            "RecipeLanguage",
            "DurableSteps", "Groundwork", "LuaHost", "ServerPilot", "FoundationEssentials", "OrderedCollections",
            "SwiftASN1",
            "Synchronization", "X509",
        ],
        "RecipePlanner": [
            "DurableSteps", "Groundwork", "RecipeEngine", "RecipeLanguage", "ServerPilot", "ServerPilotSimulator",
            "OrderedCollections",
            "Synchronization",
        ],
        "RecipeSharing": [
            "Groundwork", "ServerPilot", "Crypto", "Subprocess", "SystemPackage", "Glibc", "Musl", "Darwin",
        ],
        "RunJournal": [
            "DurableSteps", "Groundwork", "StoreFile", "Crypto", "FoundationEssentials",
            "OrderedCollections", "SystemPackage",
        ],
        "SecureShell": [
            "DurableSteps", "Groundwork", "RecipeEngine", "ServerPilot", "Crypto", "FoundationEssentials", "Subprocess",
            "SystemPackage", "Glibc", "Musl", "Darwin",
        ],
        "SprunCommands": [
            "DurableSteps", "Groundwork", "LuaHost", "RecipeEngine", "RecipeLanguage", "RecipePlanner", "RecipeSharing",
            "RunJournal",
            "SecureShell",
            "ServerPilot",
            "ServerPilotClient", "ServerPilotSimulator", "ArgumentParser",
            "Dispatch", "FoundationEssentials", "Glibc", "HTTPTypes", "Logging", "Musl", "Darwin", "OrderedCollections",
            "Subprocess", "Synchronization", "SystemPackage", "TOMLKit",
        ],
        "SprunTesting": [
            "DurableSteps", "Groundwork", "RecipeEngine", "RecipeLanguage", "ServerPilot", "ServerPilotSimulator",
            "FoundationEssentials",
            "HTTPTypes",
            "OrderedCollections", "Synchronization",
        ],
        "sprun": ["SprunCommands"],
        "durable-steps-example": [
            "AsyncHTTPClient", "DurableSteps", "Foundation", "Groundwork", "NIOCore", "NIOHTTP1", "OrderedCollections",
            "RunJournal",
        ],
        "lua-host-example": ["Foundation", "LuaHost", "Synchronization"],
    ]

    private static func swiftFiles() throws -> [Checkout.File] {
        try Checkout.files(below: "Sources", endings: [".swift"])
    }

    @Test("imports point along the arrows of the map")
    func imports() throws {
        let files = try Self.swiftFiles()
        #expect(files.count > 100)
        for file in files {
            let allowed = try #require(Self.allowed[file.target], "\(file.target) is not on the map")
            for line in file.lines {
                guard
                    let match = line.firstMatch(
                        of: #/^\s*(?:@\w+ )?(?:(?:public|package|internal|private) )?import (?:\w+ )?(\w+)/#)
                else { continue }
                #expect(allowed.contains(String(match.1)), "\(file.path) imports \(match.1)")
            }
        }
    }

    @Test("only the bridge's own C files include lua.h, and its public header does not")
    func luaHeader() throws {
        for file in try Checkout.files(below: "Sources", endings: [".swift", ".c", ".h"]) {
            let seesLua = file.lines.contains { line in
                line.contains(#/^\s*#\s*include\s*[<"](lua|lauxlib|lualib|shim)\.h/#)
                    || line.contains(#/import CLua\b(?!Bridge)/#)
            }
            let isAllowed = file.target == "CLua" || (file.target == "CLuaBridge" && !file.path.contains("/include/"))
            #expect(!seesLua || isAllowed, "\(file.path)")
        }
    }

    @Test("only the command line uses the process's environment")
    func surroundings() throws {
        let words: [(String, Regex<Substring>)] = [
            ("Date()", #/\bDate\(\)/#), ("print", #/(?:^|[^\w.])print\(/#), ("ProcessInfo", #/\bProcessInfo\b/#),
            ("FileManager", #/\bFileManager\b/#), ("getenv", #/\bgetenv\b/#), ("sleep", #/(?:^|[^\w.])sleep\(/#),
        ]
        // The test kit prints seeds and makes temporary folders.
        let exceptions = ["SprunCommands", "SprunTesting", "durable-steps-example", "lua-host-example"]
        for file in try Self.swiftFiles() where !exceptions.contains(file.target) {
            for line in file.lines where !line.contains("///") && !line.contains("func ") {
                for (name, word) in words {
                    #expect(line.firstMatch(of: word) == nil, "\(name) in \(file.path): \(line)")
                }
            }
        }
    }

    @Test("the sources contain no construct that can crash, and every unchecked Sendable names its lock")
    func unsafeSpellings() throws {
        let words: [Regex<Substring>] = [#/\btry!/#, #/\bas!/#, #/\bfatalError\(/#, #/\bpreconditionFailure\(/#]
        for file in try Self.swiftFiles() {
            for (index, line) in file.lines.enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
                for word in words { #expect(code.firstMatch(of: word) == nil, "\(file.path):\(index + 1)") }
                if code.contains("@unchecked Sendable") || code.contains("nonisolated(unsafe)") {
                    let before = file.lines[max(0, index - 8)...index].joined(separator: "\n")
                    #expect(before.contains("//"), "\(file.path):\(index + 1) gives no reason")
                }
            }
        }
    }

    @Test("files stay small")
    func sizes() throws {
        let files = try Checkout.files(below: "Sources", endings: [".swift", ".c", ".h"])
        let counts = files.map { ($0.path, $0.lines.count) }.sorted { $0.1 < $1.1 }
        for (path, count) in counts where count > 500 { Issue.record("\(path) has \(count) lines") }
        #expect(counts[counts.count / 2].1 < 150)
    }

    @Test("every target is on the map of the code")
    func map() throws {
        let map = try String(contentsOfFile: "\(Checkout.top)/Sources/README.md", encoding: .utf8)
        let folders = try FileManager.default.contentsOfDirectory(atPath: "\(Checkout.top)/Sources").filter {
            $0 != "README.md"
        }
        for folder in folders { #expect(map.contains("`\(folder)`"), "\(folder) is not in Sources/README.md") }
    }
}
