import DurableSteps
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

extension StepCall {
    /// A step as runs have them.
    static func sample(_ name: String = "create_app") -> StepCall {
        StepCall(
            StepID(.coroutine(.root), call: 1, part: 1), Call(recorded: name), digest: "0a1b", site: "site.lua:12")
    }
}

extension JournalEntry {
    /// An entry as a run has them, so many seconds after its beginning, with a value wherever its kind has one.
    static func sample(
        _ kind: Kind = .observed, after seconds: Int64 = 1, operation: String = "create_app", value: JSONValue = .null
    ) -> JournalEntry {
        let call = StepCall.sample(operation)
        let content: Entry =
            switch kind {
            case .intent: .intent(call, Entry.Intent(.lookup(key: ["name": value], before: []), attempt: 1))
            case .outcome: .outcome(call, Entry.Outcome(.done(data: value, action: nil, by: .reply)))
            case .observed: .observed(call, Entry.Observation(.value(value)))
            case .secret: .secret(name: operation, value: value.text())
            case .stopped: .stopped(call, Entry.Stop(reason: value.text(), candidates: [], choices: []))
            case .ended: .ended(Entry.End(.done(value)))
            }
        return JournalEntry(content, at: beginning + .seconds(seconds))
    }
}
