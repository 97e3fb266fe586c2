/// A read-only global table of host functions and constants, such as `sp`.
///
/// Reading a name that it does not have is an error that says which name is nearest.
public struct HostModule: Sendable {
    /// The name of the global.
    public var name: String
    /// What the module is for, one sentence first.
    public var documentation: String
    /// Its functions.
    public var functions: [HostFunction]
    /// Its other values, in order.
    ///
    /// Tables among them are built anew in each state and are not read-only.
    public var constants: [Constant]

    /// A named value of a module.
    public struct Constant: Sendable, Hashable {
        /// The name inside the module.
        public var name: String
        /// The value; not a function.
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
