internal import Foundation
internal import LuaHost
internal import RecipeSharing

/// The program that runs the Lua code of recipes in a separate process.
enum LuaProgram {
    private static let name = "sprun-lua"

    /// The program's path: beside `sprun`, or in `../libexec`; `nil` if it is in neither place.
    static let path: String? = {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let places = [own, own.deletingLastPathComponent().appending(path: "libexec")]
        return places.map { $0.appending(path: name).path }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// The isolation of recipes: in the program, or in this process if the program is missing.
    ///
    /// `sprun doctor` reports a missing program.
    static var isolation: LuaIsolation { path.map { .process($0) } ?? .inProcess }

    /// Returns why a module must not run here; `nil` if it is the user's own, or if every wall around it stands.
    static func danger(of module: ModuleSource, isUnsafe: Bool) -> String? {
        guard module.place.isOfOthers, !isUnsafe, let danger else { return nil }
        return "'\(module.displayName)' is somebody else's, and \(danger)"
    }

    /// The wall that is missing around recipes; `nil` if all stand.
    private static let danger: String? = {
        guard path != nil else { return "there is no \(name) beside sprun, so recipes run in sprun's own process" }
        do throws(LuaError) {
            let missing = try isolation.missingWalls()
            return missing.isEmpty ? nil : "this kernel has no wall around \(missing.joined(separator: ", "))"
        } catch {
            return error.message
        }
    }()

    /// The advice for a recipe that is refused because of `danger`.
    static let dangerHint = "sprun doctor says more; --unsafe runs recipes of others all the same"

    /// The memory of this process, from the first recipe on.
    static let memory = ProcessMemory()

    /// Returns the report for `sprun doctor`.
    ///
    /// - Throws: `CommandFailure` if the program exists but cannot be used.
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
