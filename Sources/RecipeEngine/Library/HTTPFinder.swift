internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage

/// The `find` function of a request: it looks for the result of a request whose reply was lost.
///
/// The function runs before the request is first sent, and again after a lost reply. It only looks, and its calls are no
/// steps of the run: a replay, which has the outcome, does not call it.
struct HTTPFinder: Sendable {
    let function: LuaFunction
    let call: LuaCall
    let session: RunSession

    /// Calls the function.
    ///
    /// - Returns: the resource, if the function returns a table; no resource for `nil` and `false`, and in a plan, which
    ///   sends nothing.
    @Sendable func look() async -> Result<Sighting, StepFailure> {
        guard !session.isDeclared else { return .success(.resources([])) }
        session.beginLooking(in: call)
        do throws(LuaConcurrentFailure) {
            RunningCall.current?.end()
            let values = try await call.concurrently([LuaInvocation(function)]).first ?? []
            return found(values.map { session.secrets.open($0) })
        } catch {
            let message = session.redactor.redact(error.error.description)
            return .failure(StepFailure(code: RecipeError.findFailed, message: "find failed: \(message)"))
        }
    }

    private func found(_ values: [LuaValue]) -> Result<Sighting, StepFailure> {
        let first = values.first ?? .nil
        if first.isNil || first == .boolean(false) { return .success(.resources([])) }
        guard case .table = first, let value = (try? JSONValue(first, empty: .object)) ?? nil else {
            return .failure(
                StepFailure(
                    code: RecipeError.findFailed,
                    message: "find must return a table for the reply's json, or nil; it returned a \(first.typeName)"))
        }
        let given: JSONValue? = values.dropFirst().first.flatMap { try? JSONValue($0, empty: .object) } ?? nil
        let candidate = Sighting.Candidate(id: Self.id(of: value, given), value: HTTPExchange.document(of: value))
        return .success(.resources([candidate]))
    }

    /// Returns the id of a resource: the second result of `find`, its field `id` or that of its only field, or else a
    /// digest of all of it.
    private static func id(of value: JSONValue, _ given: JSONValue?) -> String {
        let only = value.objectValue.flatMap { $0.count == 1 ? $0.values.first?["id"] : nil }
        for id in [given, value["id"], only] {
            if let text = id?.stringValue { return text }
            if let number = id?.integerValue { return String(number) }
        }
        return String(value.bytes.stableHash, radix: 16)
    }
}
