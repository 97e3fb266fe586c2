/// A read-only global table of host functions and constants, such as `sp`.
///
/// Reading an unknown name raises an error that suggests the nearest name.
///
/// ```swift
/// let sp = HostModule(
///     name: "sp", documentation: "Functions of ServerPilot.",
///     functions: [HostFunction("log", sync: { arguments in print(try arguments.string(0)); return [] })],
///     constants: [.init("null", .null), .init("version", "1.0")])
/// let host = try LuaHost(modules: [sp])
/// ```
public struct HostModule: Sendable {
    /// The name of the global.
    public var name: String
    /// The purpose of the module, with a one-sentence summary first.
    public var documentation: String
    /// The functions of the module.
    public var functions: [HostFunction]
    /// The other values of the module, in order.
    ///
    /// Each environment gets new copies of tables among them, and scripts can change those copies.
    public var constants: [Constant]

    /// A named value of a module.
    public struct Constant: Sendable, Hashable {
        /// The name inside the module.
        public var name: String
        /// The value, which cannot be a function.
        public var value: LuaValue

        /// Creates a constant.
        public init(_ name: String, _ value: LuaValue) {
            self.name = name
            self.value = value
        }
    }

    /// Creates a module.
    public init(name: String, documentation: String = "", functions: [HostFunction], constants: [Constant] = []) {
        self.name = name
        self.documentation = documentation
        self.functions = functions
        self.constants = constants
    }
}
