import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot

/// When every run of these tests begins.
let beginning = Timestamp(epochSeconds: 1_750_000_000)

extension RunHeader {
    /// A run of an account.
    static func sample(
        _ id: String = "aaaaaa", account: String = "account", parameters: OrderedDictionary<String, String> = [:],
        started: Timestamp = beginning
    ) -> RunHeader {
        RunHeader(
            id: RunID(rawValue: id), recipe: "site.lua", recipeDigest: "5f2a", parameters: parameters,
            account: account, accountName: "api.example cid_test", seed: .max, lua: "5.4.6", program: "1.0",
            started: started)
    }
}

extension JournalEntry {
    /// An entry as a run has them, so many seconds after its beginning.
    static func sample(
        _ kind: Kind = .observed, after seconds: Int64 = 1, operation: String = "create_app", body: JSONObject = [:]
    ) -> JournalEntry {
        JournalEntry(
            kind, step: StepID(coroutine: "/", call: 1, part: 1), operation: operation, digest: "0a1b",
            site: "site.lua:12", time: beginning + .seconds(seconds), body: body)
    }
}
