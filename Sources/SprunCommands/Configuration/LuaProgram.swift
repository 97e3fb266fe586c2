internal import Foundation
internal import LuaHost

/// The program that runs the Lua of recipes, in a process of its own.
enum LuaProgram {
    private static let name = "sprun-lua"

    /// Where it is: beside `sprun`, or in `../libexec`; `nil` where it is at neither place.
    static let path: String? = {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let places = [own, own.deletingLastPathComponent().appending(path: "libexec")]
        return places.map { $0.appending(path: name).path }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Where recipes run.
    ///
    /// Without the program it is this process: `sprun doctor` says so.
    static var isolation: LuaIsolation { path.map { .process($0) } ?? .inProcess }

    /// What `sprun doctor` says of it.
    ///
    /// - Throws: `CommandFailure` where it is there and cannot be used.
    static func state() throws -> String {
        guard let path else {
            return "recipes run in this process, since there is no \(name) beside sprun or in ../libexec"
        }
        do throws(LuaError) {
            let missing = try isolation.missingWalls()
            guard !missing.isEmpty else { return "recipes run in \(path), without files, network and environment" }
            return "recipes run in \(path); this kernel has no wall around \(missing.joined(separator: ", "))"
        } catch {
            throw CommandFailure("internal", error.message, hint: "install sprun and \(name) of one version")
        }
    }
}
