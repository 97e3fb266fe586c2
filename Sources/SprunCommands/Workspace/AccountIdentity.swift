internal import DurableSteps
internal import RecipeEngine
internal import ServerPilotClient

/// The account that a verb works on.
enum AccountIdentity: Sendable {
    case live(Endpoint, clientID: String)
    case simulated

    /// The name for people.
    var name: String {
        switch self {
        case .live(let endpoint, let clientID): "\(clientID) at \(endpoint.shortName)"
        case .simulated: "the simulated account"
        }
    }

    /// Returns the account's key in a journal or a plan; it does not reveal a real account.
    func key(in store: any RunStore) -> String {
        switch self {
        case .live(let endpoint, let clientID): store.digest(Array("\(endpoint.identity) \(clientID)".utf8))
        case .simulated: "simulated"
        }
    }
}
