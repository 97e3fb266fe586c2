internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The way to find out whether a change of the account was made, from the operations table.
struct AccountLookup: Sendable {
    /// The ways to find out.
    enum Look: Hashable, Sendable {
        /// List the resources of the kind and compare their natural keys.
        case list(ServerPilot.Operation.Name, JSONObject)
        /// Read the resource of the path.
        case read(ServerPilot.Operation.Name, JSONObject)
        /// Nothing shows it; sending the request again has the same result.
        case none
    }

    let operation: ServerPilot.Operation
    let arguments: JSONObject
    let look: Look
    /// The way to find out whether a refused request was executed.
    let lookAfterRefusal: Look
    /// The natural key, as far as the arguments contain it.
    let key: JSONObject
    /// Whether two resources cannot share the key, as far as is known.
    let isUnique: Bool
    /// Whether the API refuses a request that changes nothing, so that the current state must be read first.
    let refusesRepetition: Bool

    init(_ operation: ServerPilot.Operation, _ arguments: JSONObject) {
        self.operation = operation
        self.arguments = arguments
        let rules = operation.rules.map(\.check)
        refusesRepetition =
            rules.contains(.changesForceSSL) || rules.contains(.changesCertificate)
            || rules.contains(.autoSSLCanBeEnabled) || rules.contains(.keyIsAttached(false))
            || (operation.effect == .delete && rules.contains(.hasSSL))
        isUnique = operation.naturalKey?.uniqueness != nil
        key = Self.key(operation, arguments)
        look = Self.look(operation, arguments, refusesRepetition: refusesRepetition)
        if look == .none, let reading = ServerPilot.Operation.reading(operation.kind), let id = arguments["id"] {
            lookAfterRefusal = .read(reading.name, ["id": id])
        } else {
            lookAfterRefusal = look
        }
    }

    /// The fields of the resource that the operation returns.
    private var shown: [Field] { if case .object(let shape) = operation.result { shape.fields } else { [] } }

    /// The reply if a person leaves the step out: the requested values without secrets; `nil` for a creation.
    private var skipped: JSONValue? {
        guard operation.effect != .create else { return nil }
        let open = operation.effect == .update ? Set(shown.filter { $0.secrecy == .open }.map(\.name)) : []
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

    /// Returns the fields of a listed resource that the arguments determine.
    ///
    /// These are its natural key, or references that stand for a part of it: an app's system user stands for its
    /// server.
    private static func key(_ operation: ServerPilot.Operation, _ arguments: JSONObject) -> JSONObject {
        guard let natural = operation.naturalKey, let listing = ServerPilot.Operation.named(natural.listing),
            case .list(let shape) = listing.result
        else { return [:] }
        if operation.effect != .create {
            // An attachment: the arguments name the listed resource beside the path.
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

    // MARK: Rules and sightings

    /// Returns the rules of the change.
    ///
    /// - Parameters:
    ///   - replacesUnused: whether a server that was created, never connected and whose key is lost is deleted and
    ///     created again.
    ///   - isKnownToExist: for a deletion, whether the run has seen its resource.
    /// - Returns: the rules.
    func rules(replacesUnused: Bool, isKnownToExist: Bool) -> ChangeRules {
        let lookup = Lookup(
            isUnique: isUnique, hasOneTimeReply: shown.contains { $0.secrecy == .secret },
            replacesUnused: replacesUnused, discardsOnRecreate: operation.name == "create_server")
        var rules = ChangeRules(changeEffect, look == .none ? .repeatable : .lookup(lookup), key: key)
        rules.skipped = skipped
        rules.verifiesRefusals = lookAfterRefusal != .none
        rules.certainRefusals = certainRefusals
        rules.repeatsThrottled = !operation.repeatsUnseen
        rules.isKnownToExist = isKnownToExist
        return rules
    }

    private var changeEffect: ChangeRules.Effect {
        switch operation.effect {
        case .create: .create
        case .delete: .delete
        case .read, .update: .update
        }
    }

    /// The statuses of refusals after which the change was certainly not made.
    ///
    /// ServerPilot checks credentials and account (401, 402) before anything else, and a 400 means that a setting was
    /// not accepted. A key that is attached already is refused with 409, and would look as if this request had attached
    /// it. A 404 for a resource that the run has not seen means that the id is wrong.
    private var certainRefusals: Set<Int> {
        switch operation.effect {
        case .create: [401, 402]
        case .delete: [401, 402, 400, 404]
        case .read, .update: key.isEmpty ? [401, 402, 400] : [401, 402, 400, 409]
        }
    }

    /// Returns the meaning of the resources that a lookup has read.
    func sighting(_ things: [JSONValue], _ reason: LookReason) -> Sighting {
        switch operation.effect {
        case .create: return .resources(things.map(candidate))
        case .update where !key.isEmpty:
            // An attachment of a key.
            return .state(things.contains(where: matches) ? .object([:]) : nil)
        case .update where reason == .refusal:
            guard let thing = things.first, holds(thing) else { return .state(nil) }
            return .state(settled(thing) ?? thing)
        case .read, .update, .delete: return .state(things.first.flatMap(settled))
        }
    }

    private func candidate(_ thing: JSONValue) -> Sighting.Candidate {
        let isMatch = matches(thing)
        return Sighting.Candidate(
            id: thing["id"]?.stringValue, value: thing, isMatch: isMatch,
            differences: isMatch ? differences(thing) : [], isUnused: thing["lastconn"] == .null)
    }

    /// Returns whether a listed resource has the key.
    private func matches(_ element: JSONValue) -> Bool {
        !key.isEmpty
            && key.allSatisfy { name, wanted in
                guard let found = element[name] else { return false }
                if name == "public_key", let wanted = wanted.stringValue, let found = found.stringValue {
                    return NaturalKey.withoutComment(wanted) == NaturalKey.withoutComment(found)
                }
                return wanted == found
            }
    }

    /// Returns the fields in which a resource differs from the request.
    ///
    /// Lists are compared as sets: ServerPilot keeps no order of domains (live).
    private func differences(_ element: JSONValue) -> [String] {
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

    /// Returns the reply about a setting if the resource shows that the setting already holds; otherwise `nil`.
    private func settled(_ object: JSONValue) -> JSONValue? {
        let ssl = object["ssl"] ?? .null
        switch operation.name {
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

    /// Returns whether the resource shows that an update was executed: all comparable fields have the requested values.
    private func holds(_ object: JSONValue) -> Bool {
        if refusesRepetition { return settled(object) != nil }
        return arguments.keys.contains { $0 != "id" && object[$0] != nil } && differences(object).isEmpty
    }

    private static func words(_ text: JSONValue?) -> [Substring]? {
        text?.stringValue?.split(whereSeparator: \.isWhitespace)
    }
}
