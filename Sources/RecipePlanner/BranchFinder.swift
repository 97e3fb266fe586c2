internal import DurableSteps
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// Merges several trials into one plan: one trial is the trunk, and another course of events becomes a branch.
///
/// A way is a path through the trunk and its branches (`PlanWays`). A coroutine line is a coroutine without the numbers
/// of its calls (`StepID.line`).
///
/// A branch returns to the trunk as soon as both do the same again. A recipe that decides about many apps, one after
/// another, therefore has a branch for each app, not for each combination.
struct BranchFinder {
    /// The plan so far.
    private(set) var plan: Plan
    /// Whether each trial follows a way of the plan.
    private(set) var isExact = true
    private let trunk: PlanTrial
    private var trials: [PlanTrial]
    /// For each branch, the answers that each alone distinguish it from the trunk, as far as the trials show.
    private var telling: [[PlanAnswer]] = []

    /// The maximum number of branches that one trial may add, each for one more place at which the recipe decides.
    private static let mostOfOneTrial = 500

    /// The place at which a trial leaves the known ways.
    private struct Divergence {
        let line: String
        /// The number of events of the coroutine line before it.
        let event: Int
        let place: PlanWays.Place
        /// The number of events of all coroutine lines before it.
        let total: Int
    }

    init(_ plan: Plan, trunk: PlanTrial) {
        self.plan = plan
        self.trunk = trunk
        trials = [trunk]
    }

    /// Adds a trial, with branches if it leaves the known ways.
    mutating func add(_ trial: PlanTrial) {
        var ids = TrialIDs(plan, trial: trials.count)
        let trial = trial.with(ids.renamed(trial.events))
        trials.append(trial)
        var reached = -1
        for _ in 0..<Self.mostOfOneTrial {
            guard let divergence = divergence(of: trial) ?? untoldFailure(of: trial) else { return }
            // Each new branch must lead the trial further than the last, so the loop ends.
            guard divergence.total > reached, add(trial, divergence) else { break }
            reached = divergence.total
        }
        isExact = false
    }

    /// Checks that each trial still follows a way of the plan, because branches may have been added after it.
    mutating func check() {
        if !trials.allSatisfy({ divergence(of: $0) == nil }) { isExact = false }
    }

    // MARK: Walking

    private func divergence(of trial: PlanTrial) -> Divergence? {
        var ways = PlanWays(plan)
        return divergence(of: trial, on: &ways)
    }

    /// Returns the end of a trial that fails without leaving the trunk: without a branch, the plan would not show the
    /// failure.
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

    /// The coroutine line of the recipe's main function.
    private static let mainLine = StepID(.coroutine(.root), call: 1, part: 1).line

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

    /// Adds the branch that a trial takes, or extends a known branch that does the same to more cases.
    ///
    /// - Returns: `false` if no answer in the trial explains the divergence.
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
        // Several source lines can read a fact, and it can come to hold between them. The answers common to both cases
        // decide.
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
        // The branch ends before the next fact that the coroutine line reads: that fact has branches of its own.
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

    /// Returns the number of the trunk's changes in a coroutine line before the first reading of a fact; `nil` if none
    /// reads it.
    private func trunkChanges(before subject: TimedSubject, in line: String) -> Int? {
        let events = trunk.events(in: line)
        guard let index = events.firstIndex(where: { $0.answer?.subject.place == subject.place }) else { return nil }
        return events[..<index].count { $0.change != nil }
    }

    /// Returns the answers that a trial met in its coroutine line before the divergence, the last to each question.
    private func met(_ trial: PlanTrial, _ divergence: Divergence) -> [PlanAnswer] {
        Array(Self.latest(trial.events(in: divergence.line)[..<divergence.event]).values)
    }

    /// Returns those of these answers that the trunk met differently or not at all.
    private func differing(_ trial: PlanTrial, _ divergence: Divergence) -> [PlanAnswer] {
        let met = Self.latest(trial.events(in: divergence.line)[..<divergence.event])
        let expected = Self.latest(trunkEvents(until: divergence.place, in: divergence.line)[...])
        let differing = met.filter { key, answer in expected[key]?.holds != answer.holds }
        guard differing.isEmpty else { return Array(differing.values) }
        // Another coroutine line read the deciding fact, and this line depends on the result.
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

    /// Returns the last answer to each question, in the order of the first answers.
    private static func latest(_ events: ArraySlice<PlanRecorder.Event>) -> OrderedDictionary<Key, PlanAnswer> {
        var latest: OrderedDictionary<Key, PlanAnswer> = [:]
        for answer in events.compactMap(\.answer) {
            latest[Key(place: answer.subject.place, site: answer.site)] = answer
        }
        return latest
    }
}

extension PlanBranch {
    /// Whether the branch leaves its coroutine line at that place.
    fileprivate func leaves(_ place: PlanWays.Place, in line: String) -> Bool {
        self.line == line && parent == place.branch && before == place.index
    }

    /// Whether the branch does the same at the same place.
    fileprivate func does(_ other: PlanBranch) -> Bool {
        replaces == other.replaces && failure == other.failure && changes.count == other.changes.count
            && zip(changes, other.changes).allSatisfy(BranchFinder.isSame)
    }

    /// Returns the branch with other conditions.
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
