import DurableSteps
import Groundwork
import OrderedCollections
import RecipeEngine
import ServerPilot
import SprunTesting
import Testing

@Suite("Every store of runs", .timeLimit(.minutes(5)))
struct RunStoreContractTests {
    @Test("returns a run as it began, unfinished", arguments: StoreKind.allCases)
    func begin(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            #expect(try await store.runs() == [])
            var header = RunHeader.sample(parameters: ["zone": "b", "area": "", "name\0": "\u{1F600} \"\\\n"])
            header.secretParameters = ["zone"]
            let epoch = try await store.takeOver(header.account)
            try await store.begin(header, epoch: epoch)
            let overview = RunOverview(header: header, status: .unfinished, changes: 0, updated: header.started)
            #expect(try await store.runs() == [overview])
            #expect(try await store.entries(of: header.id) == [])
        }
    }

    @Test(
        "takes an account over and begins a run in one step, unless another owner came in between",
        arguments: StoreKind.allCases)
    func beginAfter(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            #expect(try await store.epoch(of: "account") == 0)
            let entries: [JournalEntry] = [.sample(), .sample(.intent)]
            #expect(try await store.begin(.sample(), with: entries, after: 0) == 1)
            #expect(try await store.entries(of: RunID(rawValue: "aaaaaa")) == entries)
            #expect(try await store.epoch(of: "account") == 1)
            try await store.append([.sample(.outcome)], to: RunID(rawValue: "aaaaaa"), epoch: 1)
            // Two owners saw epoch 1: the first that writes wins.
            #expect(try await store.begin(.sample("bbbbbb"), with: [], after: 1) == 2)
            await expect(.fenced) { _ = try await store.begin(.sample("cccccc"), with: entries, after: 1) }
            await expect(.fenced) {
                try await store.append([.sample(.intent)], to: RunID(rawValue: "aaaaaa"), epoch: 1)
            }
            // A run that cannot begin takes nothing over.
            await expect(.unwritten) { _ = try await store.begin(.sample(), with: entries, after: 2) }
            #expect(try await store.epoch(of: "account") == 2)
            #expect(try await store.epoch(of: "other") == 0)
            #expect(try await store.runs().map(\.header.id.rawValue) == ["bbbbbb", "aaaaaa"])
        }
    }

    @Test("returns entries in the order in which they were written", arguments: StoreKind.allCases)
    func append(_ kind: StoreKind) async throws {
        let seed = TestRandom.seed()
        try await kind.withStore { store in
            let epoch = try await store.takeOver("account")
            var random = RandomEntries(seed: seed)
            var written: [RunID: [JournalEntry]] = [:]
            for id in ["aaaaaa", "bbbbbb"] { try await store.begin(.sample(id), epoch: epoch) }
            for round in 0..<60 {
                let run = RunID(rawValue: round.isMultiple(of: 3) ? "aaaaaa" : "bbbbbb")
                let entries = (0..<(round % 5)).map { _ in random.next() }
                try await store.append(entries, to: run, epoch: epoch)
                written[run, default: []] += entries
            }
            for (run, entries) in written { #expect(try await store.entries(of: run) == entries, "seed \(seed)") }
        }
    }

    @Test("keeps unusual content", arguments: StoreKind.allCases)
    func unusual(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let epoch = try await store.takeOver("account")
            try await store.begin(.sample(), epoch: epoch)
            let entries: [JournalEntry] = [
                JournalEntry(.ended(Entry.End(.done(nil))), at: beginning),
                .sample(value: ["": ""]),
                .sample(value: ["nul": "a\0b\0", "\0": "\0"]),
                .sample(value: ["emoji": "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F1E9}\u{1F1EA} e\u{301}"]),
                .sample(value: ["long": .string(String(repeating: "0123456789abcdef", count: 1 << 16))]),
                .sample(value: ["null": .null, "least": .integer(.min), "most": .integer(.max), "half": 0.5]),
                .sample(operation: "\u{1F600} 'quoted' \"twice\""),
            ]
            try await store.append(entries, to: RunID(rawValue: "aaaaaa"), epoch: epoch)
            #expect(try await store.entries(of: RunID(rawValue: "aaaaaa")) == entries)
        }
    }

    @Test("raises the epoch of an account with every owner, and no other epoch", arguments: StoreKind.allCases)
    func epochs(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let first = try await store.takeOver("account")
            let other = try await store.takeOver("other")
            #expect(try await store.takeOver("account") > first)
            try await store.begin(.sample(account: "other"), epoch: other)
        }
    }

    @Test("gives each of many concurrent owners an epoch of its own", arguments: StoreKind.allCases)
    func contended(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let epochs = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<20 { group.addTask { try await store.takeOver("account") } }
                return try await group.reduce(into: Set<Int64>()) { _ = $0.insert($1) }
            }
            #expect(epochs.count == 20)
        }
    }

    @Test("rejects writes of an owner after another owner took over the account", arguments: StoreKind.allCases)
    func fencing(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let run = RunID(rawValue: "aaaaaa")
            let old = try await store.takeOver("account")
            try await store.begin(.sample(), epoch: old)
            try await store.append([.sample(.intent)], to: run, epoch: old)
            let new = try await store.takeOver("account")
            await expect(.fenced) { try await store.append([.sample(.intent)], to: run, epoch: old) }
            await expect(.fenced) { try await store.append([], to: run, epoch: old) }
            await expect(.fenced) { try await store.begin(.sample("bbbbbb"), epoch: old) }
            await expect(.fenced) { try await store.begin(.sample("bbbbbb", account: "never taken"), epoch: new) }
            #expect(try await store.entries(of: run).count == 1)
            #expect(try await store.runs().count == 1)
            try await store.append([.sample(.outcome)], to: run, epoch: new)
            #expect(try await store.entries(of: run).map(\.kind) == [.intent, .outcome])
        }
    }

    @Test("does not know a run that never began or was removed", arguments: StoreKind.allCases)
    func unknown(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let run = RunID(rawValue: "aaaaaa")
            let epoch = try await store.takeOver("account")
            for _ in 0..<2 {
                await expect(.unknownRun) { _ = try await store.entries(of: run) }
                await expect(.unknownRun) { try await store.append([.sample()], to: run, epoch: epoch) }
                await expect(.unknownRun) { try await store.remove(run) }
                try await store.begin(.sample(), epoch: epoch)
                try await store.append([.sample()], to: run, epoch: epoch)
                try await store.remove(run)
                #expect(try await store.runs() == [])
            }
            try await store.begin(.sample(), epoch: epoch)
            #expect(try await store.entries(of: run) == [])
        }
    }

    @Test("rejects a second run with the same id, and keeps the first", arguments: StoreKind.allCases)
    func twice(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let epoch = try await store.takeOver("account")
            try await store.begin(.sample(parameters: ["which": "first"]), epoch: epoch)
            try await store.append([.sample()], to: RunID(rawValue: "aaaaaa"), epoch: epoch)
            await expect(.unwritten) { try await store.begin(.sample(), epoch: epoch) }
            #expect(try await store.runs().map(\.header) == [RunHeader.sample(parameters: ["which": "first"])])
            #expect(try await store.entries(of: RunID(rawValue: "aaaaaa")).count == 1)
        }
    }

    @Test("derives the status of a run from its last entry, and counts its changes", arguments: StoreKind.allCases)
    func status(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let run = RunID(rawValue: "aaaaaa")
            let epoch = try await store.takeOver("account")
            try await store.begin(.sample(), epoch: epoch)
            let failure = StepFailure(code: "refused", message: "refused", delivery: .rejected)
            let refused = Entry.outcome(.sample(), Entry.Outcome(.failed(failure)))
            let failed = Entry.ended(Entry.End(.failed(code: "refused", message: "refused")))
            let steps: [([JournalEntry], RunOverview.Status, Int)] = [
                ([.sample(.intent, after: 1)], .unfinished, 0),
                ([.sample(.outcome, after: 2, value: [:])], .unfinished, 1),
                ([JournalEntry(refused, at: beginning + .seconds(3))], .unfinished, 1),
                ([.sample(.observed, after: 4, value: 1)], .unfinished, 1),
                ([.sample(.stopped, after: 5)], .stopped, 1),
                ([.sample(.outcome, after: 6)], .unfinished, 2),
                ([JournalEntry(failed, at: beginning + .seconds(7))], .failed, 2),
                ([.sample(.intent, after: 8), .sample(.outcome, after: 9, value: 1)], .unfinished, 3),
                ([], .unfinished, 3),
                ([.sample(.ended, after: 10)], .done, 3),
                ([.undone(at: beginning + .seconds(11))], .undone, 3),
            ]
            var updated = beginning
            for (entries, status, changes) in steps {
                try await store.append(entries, to: run, epoch: epoch)
                updated = entries.last?.time ?? updated
                let expected = RunOverview(header: .sample(), status: status, changes: changes, updated: updated)
                #expect(try await store.runs() == [expected])
            }
        }
    }

    @Test("lists the newest run first, whatever the clock was", arguments: StoreKind.allCases)
    func order(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let epoch = try await store.takeOver("account")
            // The clock is set back a month, then forth again.
            for (id, seconds) in [("first", 9), ("second", -2_592_000), ("third", -2_592_000), ("last", 5)] {
                try await store.begin(.sample(id, started: beginning + .seconds(seconds)), epoch: epoch)
            }
            #expect(try await store.runs().map(\.header.id.rawValue) == ["last", "third", "second", "first"])
            try await store.remove(RunID(rawValue: "last"))
            try await store.begin(.sample("again", started: beginning + .seconds(-99)), epoch: epoch)
            #expect(try await store.runs().map(\.header.id.rawValue) == ["again", "third", "second", "first"])
        }
    }

    @Test("begins a run with its plan and recipe in one transaction", arguments: StoreKind.allCases)
    func beginsWhole(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let old = try await store.takeOver("account")
            let entries: [JournalEntry] = [
                JournalEntry(.recipe("return 1"), at: beginning),
                JournalEntry(.plan(["changes": []]), at: beginning + .seconds(2)),
            ]
            try await store.begin(.sample(), with: entries, epoch: old)
            #expect(try await store.entries(of: RunID(rawValue: "aaaaaa")) == entries)
            let overview = RunOverview(
                header: .sample(), status: .unfinished, changes: 0, updated: beginning + .seconds(2))
            #expect(try await store.runs() == [overview])
            await expect(.unwritten) { try await store.begin(.sample(), with: entries, epoch: old) }
            #expect(try await store.entries(of: RunID(rawValue: "aaaaaa")) == entries)
            _ = try await store.takeOver("account")
            await expect(.fenced) { try await store.begin(.sample("bbbbbb"), with: entries, epoch: old) }
            await expect(.unknownRun) { _ = try await store.entries(of: RunID(rawValue: "bbbbbb")) }
        }
    }

    @Test("writes the entries of a cancelled task", arguments: StoreKind.allCases)
    func cancelled(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let run = RunID(rawValue: "aaaaaa")
            let epoch = try await store.takeOver("account")
            try await store.begin(.sample(), epoch: epoch)
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await store.append([.sample(.outcome)], to: run, epoch: epoch)
                return try await store.entries(of: run).count
            }
            task.cancel()
            #expect(try await task.value == 1)
        }
    }

    @Test("returns equal digests for equal bytes, and digests do not reveal the bytes", arguments: StoreKind.allCases)
    func digest(_ kind: StoreKind) async throws {
        let secret = "hunter2 and more"
        var digests: Set<String> = []
        for _ in 0..<2 {
            try await kind.withStore { store in
                let digest = store.digest(Array(secret.utf8))
                #expect(digest == store.digest(Array(secret.utf8)))
                #expect(digest != store.digest(Array(secret.utf8) + [0]))
                #expect(digest != store.digest([]))
                #expect(!digest.contains(secret))
                digests.insert(digest)
            }
        }
        #expect(digests.count == 2, "another store has another key")
    }
}
