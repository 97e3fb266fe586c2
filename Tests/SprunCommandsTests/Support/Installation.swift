import Foundation
import Testing

/// What the tests work with: the program that was built together with them, and the other programs of the machine.
enum Installation {
    /// The folder that `sprun` was built into, found from the test bundle: it lies beside it or, on some systems,
    /// some folders above it.
    static func folder() throws -> String {
        for argument in CommandLine.arguments where argument.contains("/") {
            var folder = URL(fileURLWithPath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
            while folder.path != "/" {
                if isProgram(folder.appending(path: "sprun").path) { return folder.path }
                folder.deleteLastPathComponent()
            }
        }
        throw Missing(description: "there is no sprun beside \(CommandLine.arguments)")
    }

    /// The `sprun` that is tested.
    static func sprun() throws -> String { try folder() + "/sprun" }

    /// A Python with the packages of `Tests/requirements.txt`, which `scripts/bootstrap --tests` makes.
    static func python() throws -> String {
        let path = String(#filePath).components(separatedBy: "/Tests/")[0] + "/.build/python/bin/python3"
        guard isProgram(path) else { throw Missing(description: "there is no \(path): scripts/bootstrap --tests") }
        return path
    }

    /// A script of `Fixtures`.
    static func fixture(_ name: String) -> String {
        String(#filePath).components(separatedBy: "/Support/")[0] + "/Fixtures/\(name)"
    }

    /// A recipe that ships.
    static func recipe(_ name: String) -> String {
        String(#filePath).components(separatedBy: "/Tests/")[0] + "/scripts/recipes/\(name)"
    }

    /// A script for people.
    static func script(_ name: String) -> String {
        String(#filePath).components(separatedBy: "/Tests/")[0] + "/scripts/\(name)"
    }

    /// Where programs such as `sh`, `curl` and `python3` are looked for.
    static var searchPath: String {
        "/usr/bin:/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    }

    /// Whether the tests run as somebody whom file permissions do not stop.
    static var isSuperuser: Bool { getuid() == 0 }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    /// Something without which no test can say anything.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether programs can be traced: it takes `strace`, and a system that allows it.
    static let canTrace: Bool = {
        let strace = Process()
        strace.executableURL = URL(filePath: "/usr/bin/env")
        strace.arguments = ["strace", "-f", "-o", "/dev/null", "true"]
        strace.standardError = FileHandle.nullDevice
        guard (try? strace.run()) != nil else { return false }
        strace.waitUntilExit()
        return strace.terminationStatus == 0
    }()
}
