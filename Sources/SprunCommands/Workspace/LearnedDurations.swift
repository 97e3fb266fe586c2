internal import Groundwork
internal import OrderedCollections
internal import ServerPilot
internal import ServerPilotClient
internal import SystemPackage

/// The file in the state folder that keeps how long the actions of each operation take, by endpoint.
///
/// It only schedules looks: a run checks the values early, and a file that cannot be read counts as empty.
struct LearnedDurations {
    private let path: FilePath
    private let endpoint: String

    /// Creates the file of a target; `nil` for a simulated account.
    init?(_ account: AccountIdentity, in paths: Paths) {
        guard case .live(let endpoint, _) = account else { return nil }
        path = paths.state.appending("durations.json")
        self.endpoint = endpoint.identity
    }

    /// Reads the durations.
    func read() -> ActionDurations {
        let records = all[endpoint]?.objectValue ?? [:]
        var durations: [ServerPilot.Operation.Name: ActionDurations.Record] = [:]
        for (name, value) in records {
            let operation = ServerPilot.Operation.Name(rawValue: name)
            guard let count = value["count"]?.integerValue, let mean = value["mean"]?.seconds,
                let variance = value["variance"]?.seconds, (1...100).contains(count), mean > 0, mean < 86_400,
                variance >= 0, variance < mean * mean * 100, ServerPilot.Operation.named(operation) != nil
            else { continue }
            durations[operation] = ActionDurations.Record(
                count: Int(count), mean: mean, variance: variance)
        }
        return ActionDurations(durations)
    }

    /// Writes the durations if they differ from those that were read; a failure is ignored.
    func write(_ durations: ActionDurations, over earlier: ActionDurations) {
        guard durations.records != earlier.records else { return }
        var records = JSONObject()
        for (name, record) in durations.records.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where record.count > 0
        {
            records[name.rawValue] = [
                "count": .integer(Int64(record.count)), "mean": .double(record.mean),
                "variance": .double(record.variance),
            ]
        }
        var document = all
        document[endpoint] = .object(records)
        try? AtomicFile(path).write(JSONValue.object(document).bytes)
    }

    private var all: JSONObject {
        guard let bytes = try? PrivateFile.read(path, what: "the learned durations") else { return [:] }
        return (try? JSONValue(bytes: bytes))?.objectValue ?? [:]
    }
}

extension JSONValue {
    fileprivate var seconds: Double? {
        switch self {
        case .double(let number): number
        case .integer(let number): Double(number)
        default: nil
        }
    }
}
