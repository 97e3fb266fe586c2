internal import Groundwork
internal import OrderedCollections

extension JSONValue {
    /// Returns the value with the members of each object in another order, the same on every call.
    ///
    /// The order depends on the names and on the object's id, so that two objects of a list differ.
    func shuffled() -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.shuffled() })
        case .object(let members):
            let salt = members["id"]?.stringValue ?? ""
            let pairs = members.map { (key: $0, order: (salt + $0).utf8.stableHash, value: $1.shuffled()) }
                .sorted { ($0.order, $0.key) < ($1.order, $1.key) }
            return .object(JSONObject(uniqueKeysWithValues: pairs.map { ($0.key, $0.value) }))
        default: return self
        }
    }
}
