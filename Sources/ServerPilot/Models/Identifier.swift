/// The id of a ServerPilot resource: an opaque string, usually of 16 letters and digits.
///
/// `Subject` keeps ids of different kinds of resources apart.
///
/// ```swift
/// let server: ServerID = "nlcN0TwdZAyNEgdp"
/// let user = SysuserID(rawValue: "RvnwAIfuENyjUVnl")
/// print("/servers/\(server)", user.rawValue)
/// ```
public struct Identifier<Subject>: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The id as ServerPilot writes it.
    public let rawValue: String

    /// Creates an id without checking that a resource has it.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Creates an id without checking that a resource has it.
    public init(_ value: String) { rawValue = value }
    /// Creates an id without checking that a resource has it.
    public init(stringLiteral value: String) { rawValue = value }
    /// The id as ServerPilot writes it.
    public var description: String { rawValue }
}

/// The id of a server.
public typealias ServerID = Identifier<Server>
/// The id of an SSH key.
public typealias SSHKeyID = Identifier<SSHKey>
/// The id of a system user.
public typealias SysuserID = Identifier<Sysuser>
/// The id of an app.
public typealias AppID = Identifier<App>
/// The id of a database.
public typealias DatabaseID = Identifier<Database>
/// The id of a database's user.
public typealias DatabaseUserID = Identifier<Database.User>
/// The id of an action.
public typealias ActionID = Identifier<Action>
