internal import FoundationEssentials
internal import LuaHost
internal import RecipeSharing
internal import SystemPackage

/// The program that runs the Lua code of recipes in a separate process.
enum LuaProgram {
    private static let name = "sprun-lua"

    /// The program's path: beside `sprun`, or in `../libexec`; `nil` if it is in neither place.
    static let path: String? = {
        let files = FileManager.default
        guard let program = try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let slash = program.lastIndex(of: "/")
        else { return nil }
        let folder = FilePath(String(program[...slash]))
        let places = [{ folder }, { folder.removingLastComponent().appending("libexec") }]
        return places.lazy.map { $0().appending(name).string }.first { files.isExecutableFile(atPath: $0) }
    }()

    /// The isolation of recipes: in the program, or in this process if the program is missing.
    ///
    /// `sprun doctor` reports a missing program.
    static var isolation: LuaIsolation { path.map { .process($0) } ?? .inProcess }

    /// Returns why a module must not run here; `nil` if it is the user's own, or if the isolation is complete.
    static func danger(of module: ModuleSource, isUnsafe: Bool) -> String? {
        guard module.place.isOfOthers, !isUnsafe, let danger else { return nil }
        return "'\(module.displayName)' is someone else's recipe, and \(danger)"
    }

    /// The missing part of the isolation of recipes; `nil` if it is complete.
    private static let danger: String? = {
        guard path != nil else { return "\(name) is not beside sprun, so recipes run in sprun's own process" }
        do throws(LuaError) {
            let missing = try isolation.missingWalls()
            return missing.isEmpty ? nil : "this kernel does not isolate \(missing.joined(separator: ", "))"
        } catch {
            return error.message
        }
    }()

    /// The advice for a recipe that is refused because of `danger`.
    static let dangerHint = "sprun doctor shows details; --unsafe runs the recipe anyway"

    /// The memory of this process, from the first recipe on.
    static let memory = ProcessMemory()

    /// Returns the report for `sprun doctor`.
    ///
    /// - Throws: `CommandFailure` if the program exists but cannot be used.
    static func state() throws -> String {
        guard let path else {
            return "recipes run in this process: \(name) is neither beside sprun nor in ../libexec"
        }
        do throws(LuaError) {
            let missing = try isolation.missingWalls()
            guard !missing.isEmpty else {
                return "recipes run in \(path), without access to files, network and environment"
            }
            return "recipes run in \(path); this kernel does not isolate \(missing.joined(separator: ", "))"
        } catch {
            throw CommandFailure("internal", error.message, hint: "install sprun and \(name) of the same version")
        }
    }
}
