internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// Makes one plan of several trials: the first is its trunk, and where another leaves the ways that are known, a branch
/// comes to it.
///
/// A branch comes back to the trunk as soon as both do the same again. So recipes that decide about many apps, one after
/// the other, have one branch for each of them and not one for each combination.
struct BranchFinder {
    /// The plan so far.
    private(set) var plan: Plan
    /// Whether all trials are ways of the plan.
    private(set) var isExact = true
    private let trunk: PlanTrial
    private var trials: [PlanTrial]
    /// By branch, the answers of which each alone tells it from the trunk, as far as the trials show.
    private var telling: [[PlanAnswer]] = []

    /// Branches that one trial may bring; each is one more place at which a recipe decides.
    private static let mostOfOneTrial = 500

    /// Where a trial leaves the ways that are known.
    private struct Divergence {
        let line: String
        /// How many events of the line come first.
        let event: Int
        let place: PlanWays.Place
        /// How many events of all lines come first.
        let total: Int
    }

    init(_ plan: Plan, trunk: PlanTrial) {
        self.plan = plan
        self.trunk = trunk
        trials = [trunk]
    }

    /// Takes one more trial.
    mutating func add(_ trial: PlanTrial) {
        var ids = TrialIDs(plan, trial: trials.count)
        let trial = trial.with(ids.renamed(trial.events))
        trials.append(trial)
        var reached = -1
        for _ in 0..<Self.mostOfOneTrial {
            guard let divergence = divergence(of: trial) ?? untoldFailure(of: trial) else { return }
            // One branch has to lead further than the way before it did.
            guard divergence.total > reached, add(trial, divergence) else { break }
            reached = divergence.total
        }
        isExact = false
    }

    /// Looks whether each trial is still a way of the plan: a branch may have been found after it.
    mutating func check() {
        if !trials.allSatisfy({ divergence(of: $0) == nil }) { isExact = false }
    }

    // MARK: Walking

    private func divergence(of trial: PlanTrial) -> Divergence? {
        var ways = PlanWays(plan)
        return divergence(of: trial, on: &ways)
    }

    /// The end of a trial that fails after what the trunk does too: nothing else would tell it.
    private func untoldFailure(of trial: PlanTrial) -> Divergence? {
        guard let failure = trial.failure, !plan.branches.contains(where: { $0.failure == failure.message }) else {
            return nil
        }
        var ways = PlanWays(plan)
        _ = divergence(of: trial, on: &ways)
        return Divergence(
            line: Self.mainLine, event: trial.events(in: Self.mainLine).count, place: ways.place(in: Self.mainLine),
            total: trial.events.count + 1)
    }

    /// The line of the recipe's own calls.
    private static let mainLine = StepID(coroutine: "/", call: 1, part: 1).line

    private func divergence(of trial: PlanTrial, on ways: inout PlanWays) -> Divergence? {
        var seen: [String: Int] = [:]
        for (total, event) in trial.events.enumerated() {
            switch event {
            case .answer(let answer, _): ways.note(answer)
            case .change(let change):
                let place = ways.place(in: event.line)
                guard ways.take(in: event.line, where: { Self.isSame($0, change) }) != nil else {
                    return Divergence(line: event.line, event: seen[event.line] ?? 0, place: place, total: total)
                }
            }
            seen[event.line, default: 0] += 1
        }
        for line in ways.allLines where ways.leftover(in: line) != nil {
            return Divergence(
                line: line, event: seen[line] ?? 0, place: ways.place(in: line), total: trial.events.count)
        }
        return nil
    }

    fileprivate static func isSame(_ planned: PlannedChange, _ change: PlannedChange) -> Bool {
        planned.operation == change.operation && planned.object == change.object
            && (planned.refusal == nil) == (change.refusal == nil)
            && planned.arguments.sorted() == change.arguments.sorted()
    }

    // MARK: One branch

    /// Adds the branch that a trial takes, or finds it to be a known one that is taken in more cases.
    ///
    /// - Returns: `false` where nothing that the trial met explains it.
    private mutating func add(_ trial: PlanTrial, _ divergence: Divergence) -> Bool {
        let differing = differing(trial, divergence)
        guard let latest = differing.last else { return false }
        let telling = differing.filter { $0.subject.place == latest.subject.place }
        let known = plan.branches.indices.filter { plan.branches[$0].leaves(divergence.place, in: divergence.line) }
        let conditions = [[telling[0]], differing, met(trial, divergence)].first { conditions in
            !known.contains { Set(plan.branches[$0].conditions) == Set(conditions) }
        }
        guard let conditions else { return false }
        let branch = branch(trial, divergence, conditions)
        // One fact can be read at several lines, and come to hold between them: what both cases met is what decides.
        let twin = known.first { self.telling[$0].contains(where: telling.contains) && plan.branches[$0].does(branch) }
        if let twin, conditions == [telling[0]] {
            self.telling[twin] = self.telling[twin].filter(telling.contains)
            plan.branches[twin] = branch.when([self.telling[twin][0]])
        } else {
            plan.branches.append(branch)
            self.telling.append(telling)
        }
        return true
    }

    private func branch(_ trial: PlanTrial, _ divergence: Divergence, _ conditions: [PlanAnswer]) -> PlanBranch {
        let (line, place) = (divergence.line, divergence.place)
        let events = trial.events(in: line)
        let ways = PlanWays(plan)
        let parent = ways.changes(at: place, in: line)
        // Up to the next fact that the line asks for: what comes then is that fact's business.
        let asked = Set(events[..<divergence.event].compactMap(\.answer?.subject.place))
        let fresh = events[divergence.event...].firstIndex { event in
            event.answer.map { !asked.contains($0.subject.place) } ?? false
        }
        var (last, end) = (events.count, parent.count)
        if let fresh, place.branch == nil, let subject = events[fresh].answer?.subject,
            let before = trunkChanges(before: subject, in: line), before >= place.index
        {
            (last, end) = (fresh, before)
        }
        var changes = events[divergence.event..<last].compactMap(\.change)
        var replaced = Array(parent[place.index..<end])
        while let own = changes.last, let other = replaced.last, Self.isSame(other, own) {
            changes.removeLast()
            replaced.removeLast()
        }
        return PlanBranch(
            line: line, parent: place.branch, before: place.index, replaces: replaced.count, conditions: conditions,
            changes: changes, failure: last == events.count ? trial.failure?.message : nil)
    }

    /// How many changes of a line's trunk come before a fact is first asked for.
    private func trunkChanges(before subject: TimedSubject, in line: String) -> Int? {
        let events = trunk.events(in: line)
        guard let index = events.firstIndex(where: { $0.answer?.subject.place == subject.place }) else { return nil }
        return events[..<index].count { $0.change != nil }
    }

    /// What a trial met in its line before it left the known ways, the last answer to each question.
    private func met(_ trial: PlanTrial, _ divergence: Divergence) -> [PlanAnswer] {
        Array(Self.latest(trial.events(in: divergence.line)[..<divergence.event]).values)
    }

    /// What of it the trunk met otherwise, or did not ask.
    private func differing(_ trial: PlanTrial, _ divergence: Divergence) -> [PlanAnswer] {
        let met = Self.latest(trial.events(in: divergence.line)[..<divergence.event])
        let expected = Self.latest(trunkEvents(until: divergence.place, in: divergence.line)[...])
        let differing = met.filter { key, answer in expected[key]?.holds != answer.holds }
        guard differing.isEmpty else { return Array(differing.values) }
        // Another line has met it, and this one goes by what that did.
        let everywhere = Self.latest(trunk.events[...])
        return Array(
            Self.latest(trial.events[..<divergence.total]).filter { key, answer in
                everywhere[key]?.holds != answer.holds
            }.values)
    }

    private func trunkEvents(until place: PlanWays.Place, in line: String) -> [PlanRecorder.Event] {
        let events = trunk.events(in: line)
        guard place.branch == nil else { return events }
        var changes = 0
        return events.filter { event in
            if event.change != nil { changes += 1 }
            return changes <= place.index
        }
    }

    private struct Key: Hashable {
        let place: String
        let site: String
    }

    /// The last answer to each question, in the order of the first.
    private static func latest(_ events: ArraySlice<PlanRecorder.Event>) -> OrderedDictionary<Key, PlanAnswer> {
        var latest: OrderedDictionary<Key, PlanAnswer> = [:]
        for answer in events.compactMap(\.answer) {
            latest[Key(place: answer.subject.place, site: answer.site)] = answer
        }
        return latest
    }
}

extension PlanBranch {
    /// Whether it leaves its line there.
    fileprivate func leaves(_ place: PlanWays.Place, in line: String) -> Bool {
        self.line == line && parent == place.branch && before == place.index
    }

    /// Whether it does the same at the same place.
    fileprivate func does(_ other: PlanBranch) -> Bool {
        replaces == other.replaces && failure == other.failure && changes.count == other.changes.count
            && zip(changes, other.changes).allSatisfy(BranchFinder.isSame)
    }

    /// The same under other conditions.
    fileprivate func when(_ conditions: [PlanAnswer]) -> PlanBranch {
        PlanBranch(
            line: line, parent: parent, before: before, replaces: replaces, conditions: conditions, changes: changes,
            failure: failure)
    }
}

extension PlanRecorder.Event {
    fileprivate var change: PlannedChange? {
        if case .change(let change) = self { change } else { nil }
    }

    fileprivate var answer: PlanAnswer? {
        if case .answer(let answer, _) = self { answer } else { nil }
    }
}
