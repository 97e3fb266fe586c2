internal import Crypto
internal import FoundationEssentials
internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// The endpoint for reading and changing the faults of a served simulation: `/_simulator/faults`.
///
/// `GET` returns the plan and its counts, `POST` adds a plan, `DELETE` removes all faults. The endpoint is not part of
/// the API: it has a token of its own, and its requests are not logged.
struct FaultControl {
    /// The path of the endpoint.
    static let path = "/_simulator/faults"

    let serverPilot: SimulatedServerPilot
    let token: Secret<String>

    func answer(_ request: WireRequest) -> WireResponse {
        guard isAllowed(request.headers[.authorization]) else {
            return WireResponse(
                status: 401, failure: "The simulator's token is wrong or missing.",
                headers: [.wwwAuthenticate: #"Bearer realm="ServerPilot simulator""#])
        }
        switch request.method {
        case .get: return Self.success(serverPilot.faults)
        case .delete:
            return Self.success(
                serverPilot.changeFaults { faults in
                    faults.removeAll()
                    return faults
                })
        case .post:
            do throws(FaultPlanError) {
                return Self.success(try add(try FaultPlan(bytes: request.body)))
            } catch {
                return WireResponse(status: 400, failure: "\(error)")
            }
        default: return WireResponse(status: 405, failure: "Only GET, POST, DELETE can be sent to this path.")
        }
    }

    private func add(_ plan: FaultPlan) throws(FaultPlanError) -> FaultState {
        let result = serverPilot.changeFaults { faults -> Result<FaultState, FaultPlanError> in
            var more = faults
            more.add(plan)
            do throws(FaultPlanError) {
                try more.plan.checkSize()
            } catch {
                return .failure(error)
            }
            faults = more
            return .success(more)
        }
        return try result.get()
    }

    /// Compares digests in constant time, so that the duration reveals nothing of the token.
    private func isAllowed(_ authorization: String?) -> Bool {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
        return SHA256.hash(data: Data(parts[1].utf8)) == SHA256.hash(data: Data(token.reveal().utf8))
    }

    private static func success(_ state: FaultState) -> WireResponse {
        let counts = state.counts.map { count -> JSONValue in
            ["calls": .integer(Int64(count.calls)), "struck": .integer(Int64(count.struck))]
        }
        let document: JSONValue = ["data": state.plan.document, "counts": .array(counts)]
        return WireResponse(status: .ok, headers: [.contentType: "application/json"], body: document.bytes)
    }
}
