internal import OrderedCollections
internal import ServerPilot

/// What an effect is about, and how to find at the API whether it was done: derived from the operations table.
struct EffectTarget: Hashable, Sendable {
    /// How to find out.
    enum Look: Hashable, Sendable {
        /// List the kind and compare natural keys.
        case list(ServerPilot.Operation.Name, JSONObject)
        /// Read the thing that the path names.
        case read(ServerPilot.Operation.Name, JSONObject)
        /// Nothing shows it; sending it again does the same.
        case none
    }

    let operation: ServerPilot.Operation.Name
    let arguments: JSONObject
    let effect: ServerPilot.Operation.Effect
    let look: Look
    /// How to find out whether it was done although the API refused it.
    let lookAfterRefusal: Look
    /// The natural key, as far as the arguments tell it.
    let key: JSONObject
    /// Whether two things cannot share the key, as far as is known.
    let isUnique: Bool
    /// Whether the reply holds something that is shown only once.
    let hasOneTimeSecret: Bool
    /// Whether a server that was made, whose key is lost and that never connected is deleted and made anew.
    ///
    /// Else a person decides; what calls for it knows that nothing else can have been done with the server.
    var recreatesUnconnected = false
    /// What the call gives where a person left it out: what was asked for, without secrets; `nil` of a creation.
    let skipped: JSONValue?
    /// Whether repeating what holds is an error, so that it must be looked at first.
    let refusesRepetition: Bool
    /// Whether the transport sends it again by itself after a 429.
    let repeatsUnseen: Bool

    init(_ operation: ServerPilot.Operation, _ arguments: JSONObject) {
        self.operation = operation.name
        self.arguments = arguments
        effect = operation.effect
        repeatsUnseen = operation.repeatsUnseen
        if case .object(let shape) = operation.result {
            hasOneTimeSecret = shape.fields.contains { $0.secrecy == .secret }
        } else {
            hasOneTimeSecret = false
        }
        let rules = operation.rules.map(\.check)
        refusesRepetition =
            rules.contains(.changesForceSSL) || rules.contains(.changesCertificate)
            || rules.contains(.autoSSLCanBeEnabled) || rules.contains(.keyIsAttached(false))
            || (operation.effect == .delete && rules.contains(.hasSSL))
        isUnique = operation.naturalKey?.uniqueness != nil
        skipped = Self.skipped(operation, arguments)
        key = Self.key(operation, arguments)
        look = Self.look(operation, arguments, refusesRepetition: refusesRepetition)
        if look == .none, let reading = ServerPilot.Operation.reading(operation.kind), let id = arguments["id"] {
            lookAfterRefusal = .read(reading.name, ["id": id])
        } else {
            lookAfterRefusal = look
        }
    }

    private static func skipped(_ operation: ServerPilot.Operation, _ arguments: JSONObject) -> JSONValue? {
        guard operation.effect != .create else { return nil }
        guard operation.effect == .update, case .object(let shape) = operation.result else { return .object([:]) }
        let open = Set(shape.fields.filter { $0.secrecy == .open }.map(\.name))
        return .object(arguments.filter { open.contains($0.key) })
    }

    private static func look(
        _ operation: ServerPilot.Operation, _ arguments: JSONObject, refusesRepetition: Bool
    ) -> Look {
        if let natural = operation.naturalKey, let listing = ServerPilot.Operation.named(natural.listing) {
            var path: JSONObject = [:]
            for parameter in listing.pathParameters { path[parameter.name] = arguments[parameter.name] }
            return .list(natural.listing, path)
        }
        guard refusesRepetition, let reading = ServerPilot.Operation.reading(operation.kind), let id = arguments["id"]
        else { return .none }
        return .read(reading.name, ["id": id])
    }

    /// The fields of a listed thing that the arguments determine: its natural key, or what stands for a part of it, as
    /// an app's system user stands for its server.
    private static func key(_ operation: ServerPilot.Operation, _ arguments: JSONObject) -> JSONObject {
        guard let natural = operation.naturalKey, let listing = ServerPilot.Operation.named(natural.listing),
            case .list(let shape) = listing.result
        else { return [:] }
        if operation.effect != .create {
            // An attachment: the listed thing is what the arguments name beside the path.
            return arguments["sshkey_id"].map { ["id": $0] } ?? [:]
        }
        var key: JSONObject = [:]
        let listed = Set(shape.fields.map(\.name))
        for field in operation.bodyParameters where listed.contains(field.name) {
            var isReference = false
            if case .identifier = field.type { isReference = true }
            if natural.fields.contains(field.name) || isReference { key[field.name] = arguments[field.name] }
        }
        return key
    }

    /// Whether a listed thing has the key.
    func matches(_ element: JSONValue) -> Bool {
        !key.isEmpty
            && key.allSatisfy { name, wanted in
                guard let found = element[name] else { return false }
                if name == "public_key", let wanted = wanted.stringValue, let found = found.stringValue {
                    return NaturalKey.withoutComment(wanted) == NaturalKey.withoutComment(found)
                }
                return wanted == found
            }
    }

    /// The fields in which a thing that was found differs from what was asked for.
    ///
    /// Lists are sets: ServerPilot keeps no order of domains (live).
    func differences(_ element: JSONValue) -> [String] {
        arguments.compactMap { name, wanted in
            guard let found = element[name] else { return nil }
            switch (found, wanted) {
            case (.array(let found), .array(let wanted)): return Set(found) == Set(wanted) ? nil : name
            case (.object(let found), .object(let wanted)):
                return wanted.contains { $1 != found[$0] && found[$0] != nil } ? name : nil
            default: return found == wanted ? nil : name
            }
        }
    }

    /// Whether what was read shows that a setting holds already, and what the reply about it would have been.
    func settled(_ object: JSONValue) -> JSONValue? {
        let ssl = object["ssl"] ?? .null
        switch operation {
        case "force_ssl" where ssl != .null:
            return (ssl["force"]?.boolValue ?? false) == arguments["force"]?.boolValue ? ssl : nil
        case "enable_autossl": return ssl["auto"]?.boolValue == true ? ssl : nil
        case "add_ssl":
            let isSame = Self.words(ssl["cert"]) == Self.words(arguments["cert"]) && ssl["auto"]?.boolValue != true
            return ssl != .null && isSame ? ssl : nil
        case "delete_ssl": return ssl == .null ? .object([:]) : nil
        default: return nil
        }
    }

    /// Whether what was read shows that an update was done: what can be compared is as it was asked for.
    func holds(_ object: JSONValue) -> Bool {
        if refusesRepetition { return settled(object) != nil }
        return arguments.keys.contains { $0 != "id" && object[$0] != nil } && differences(object).isEmpty
    }

    private static func words(_ text: JSONValue?) -> [Substring]? {
        text?.stringValue?.split(whereSeparator: \.isWhitespace)
    }
}
