internal import Groundwork
internal import HTTPTypes
internal import OrderedCollections
internal import ServerPilot

/// The endpoint by which a machine reports that ServerPilot's installer has run on it: `POST /_simulator/connect`.
///
/// It is not part of the API. The body is `{"serverid": …, "apikey": …, "address": …}`. As with the real installer, the
/// only credential is the server's own API key. The default address is 192.0.2.1.
struct ConnectControl {
    /// The path of the endpoint.
    static let path = "/_simulator/connect"
    /// An address that is never routed (RFC 5737).
    static let address = "192.0.2.1"

    let serverPilot: SimulatedServerPilot

    func answer(_ request: WireRequest) -> WireResponse {
        guard request.method == .post else {
            return WireResponse(status: 405, failure: "Only POST can be sent to this path.")
        }
        guard let document = try? JSONValue(bytes: request.body), let id = document["serverid"]?.stringValue,
            let key = document["apikey"]?.stringValue
        else { return WireResponse(status: 400, failure: "The body must be a JSON object with serverid and apikey.") }
        let address = document["address"]?.stringValue ?? Self.address
        let isConnected = serverPilot.change { account, now in
            account.connect(ServerID(id), key: Secret(key), address: address, at: now)
        }
        guard isConnected else { return WireResponse(status: 403, failure: "There is no server of that id and key.") }
        return WireResponse(
            status: .ok, headers: [.contentType: "application/json"], body: JSONValue.object(["data": [:]]).bytes)
    }
}
