public import Groundwork
public import OrderedCollections
internal import HTTPTypes

extension Operation {
    /// Returns the request of a call.
    ///
    /// - Parameter arguments: the arguments of path and body together, by wire name. `null` is sent as `null`. A
    ///   missing argument is left out, or sent as `null` if the API requires the member (documented for `cacerts`).
    /// - Returns: the request, without credentials.
    /// - Throws: `ServerPilotError` with the code `invalidArguments` and all problems; nothing was sent.
    public func request(_ arguments: JSONObject) throws(ServerPilotError) -> WireRequest {
        let problems = problems(in: arguments) + parameters.placeholders(in: .object(arguments))
        guard problems.isEmpty else { throw refusal(problems) }
        var variables: [String: String] = [:]
        for parameter in pathParameters { variables[parameter.name] = arguments[parameter.name]?.stringValue }
        guard let path = path.path(variables) else {
            throw refusal(pathParameters.map { ArgumentProblem(argument: $0.name, kind: .missing) })
        }
        var request = WireRequest(method: method, path: path)
        request.repeatsWhenThrottled = repeatsUnseen
        guard method == .post else { return request }
        var body = fixedBody
        for parameter in bodyParameters {
            body[parameter.name] = arguments[parameter.name] ?? (parameter.isRequired ? JSONValue.null : nil)
        }
        request.headers = [.contentType: "application/json"]
        request.body = JSONValue.object(body).bytes
        return request
    }

    private func refusal(_ problems: [ArgumentProblem]) -> ServerPilotError {
        ServerPilotError(
            code: .invalidArguments, message: problems.map(\.message).joined(separator: "; "), operation: name,
            delivery: .notSent, problems: problems)
    }

    /// Returns the secret values in the arguments, for a `Redactor`.
    public func secrets(in arguments: JSONObject) -> [String] {
        parameters.secrets(in: .object(arguments))
    }
}

extension [Field] {
    /// The fields that are secret or hidden, or have such members: only these are searched for secrets.
    var closed: [Field] {
        filter { field in
            switch field.type {
            case .object(let fields), .array(.object(let fields), _): field.secrecy != .open || !fields.closed.isEmpty
            default: field.secrecy != .open
            }
        }
    }

    /// Returns the string values of secret and hidden fields in an object with these fields.
    package func secrets(in value: JSONValue) -> [String] {
        guard case .object(let members) = value else { return [] }
        return flatMap { field -> [String] in
            guard let value = members[field.name] else { return [] }
            switch (field.type, value) {
            case (.string, .string(let text)): return field.secrecy == .open ? [] : [text]
            case (.object(let fields), _): return fields.secrets(in: value)
            case (.array(.object(let fields), _), .array(let values)): return values.flatMap(fields.secrets)
            default: return []
            }
        }
    }

    /// Returns the object with the values of hidden fields replaced.
    func hidingHidden(in value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        var hidden = members
        for field in self {
            guard let value = members[field.name], value != .null else { continue }
            switch (field.type, value) {
            case (_, _) where field.secrecy == .hidden: hidden[field.name] = .string(Redactor.replacement)
            case (.object(let fields), _): hidden[field.name] = fields.hidingHidden(in: value)
            case (.array(.object(let fields), _), .array(let values)):
                hidden[field.name] = .array(values.map(fields.hidingHidden))
            default: break
            }
        }
        return .object(hidden)
    }
}
