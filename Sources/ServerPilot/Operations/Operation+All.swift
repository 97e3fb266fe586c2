extension Operation {
    /// Every operation of ServerPilot's API v1, in the order of its document.
    public static let all: [Operation] = servers + sshkeys + sysusers + apps + ssl + databases + actions

    private static let byName: [Name: Operation] = Dictionary(
        all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// Returns the operation with a name; `nil` if there is none.
    public static func named(_ name: Name) -> Operation? { byName[name] }
}
