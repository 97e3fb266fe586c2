internal import LuaHost

/// The output of `--version`.
enum VersionText {
    static var text: String { "sprun \(Version.number)\nSwift \(swift)\n\(LuaHost.luaVersion)" }

    private static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
