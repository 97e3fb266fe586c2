internal import DurableSteps
internal import OrderedCollections
internal import ServerPilot

/// The paths that a plan allows, and the progress of a run on them, for each line of coroutines.
///
/// It is a value. The planner advances it with each trial of a recipe, and a run that follows the plan with each call.
package struct PlanWays: Sendable {
    /// A position between two changes of the trunk or of a branch.
    package struct Place: Hashable, Sendable {
        /// The index of the branch in the plan; `nil` for the trunk.
        package var branch: Int?
        /// The number of changes before the position.
        package var index = 0
    }

    /// The progress of a line.
    private struct Progress: Hashable {
        var place = Place()
        var taken: Set<Int> = []
    }

    private struct Question: Hashable {
        let fact: TimedFact
        let id: String
        let site: String

        init(_ answer: PlanAnswer) {
            fact = answer.subject.fact
            id = answer.subject.id
            site = answer.site
        }
    }

    private let trunk: OrderedDictionary<String, [PlannedChange]>
    private let branches: [PlanBranch]
    /// The branches that leave at each position of a line, those with the most conditions first.
    private let leaving: [String: [Place: [Int]]]
    private var lines: [String: Progress] = [:]
    private var answers: [Question: Bool] = [:]

    /// Creates the start of all paths.
    package init(_ plan: Plan) {
        trunk = OrderedDictionary(grouping: plan.changes, by: \.step.line)
        branches = plan.branches
        var leaving: [String: [Place: [Int]]] = [:]
        for (index, branch) in plan.branches.enumerated() {
            let place = Place(branch: branch.parent, index: branch.before)
            leaving[branch.line, default: [:]][place, default: []].append(index)
        }
        self.leaving = leaving.mapValues { places in
            places.mapValues { indices in
                // More conditions mean a narrower case; among equals, the branch that was found first comes first.
                indices.sorted {
                    (-plan.branches[$0].conditions.count, $0) < (-plan.branches[$1].conditions.count, $1)
                }
            }
        }
    }

    /// All lines with changes.
    package var allLines: [String] {
        Array(trunk.keys) + branches.map(\.line).filter { trunk[$0] == nil }
    }

    /// Records a fact that was read; the last answer counts.
    package mutating func note(_ answer: PlanAnswer) { answers[Question(answer)] = answer.holds }

    /// Returns the position of a line: behind its last change, and outside branches that are finished.
    package func place(in line: String) -> Place { finished(lines[line] ?? Progress(), line).place }

    /// Returns the next change of a line, as far as known; `nil` at its end.
    package func next(in line: String) -> PlannedChange? {
        advanced(lines[line] ?? Progress(), line).change
    }

    /// Returns the next change of a line, or else of any other line; `nil` at the end of all lines.
    package func next(near line: String) -> PlannedChange? {
        next(in: line) ?? allLines.lazy.compactMap { next(in: $0) }.first
    }

    /// Advances a line past the next change that fits; before it, only changes outside the account may be left out.
    ///
    /// - Returns: the change; `nil` if none fits, and then the line does not advance.
    package mutating func take(in line: String, where fits: (PlannedChange) -> Bool) -> PlannedChange? {
        var progress = lines[line] ?? Progress()
        while true {
            let (change, next) = advanced(progress, line)
            guard let change else { return nil }
            if fits(change) {
                lines[line] = next
                return change
            }
            guard change.isOutside else { return nil }
            progress = next
        }
    }

    /// Returns the next change of a line that cannot be left out; `nil` at the end of the line.
    package func leftover(in line: String) -> PlannedChange? {
        var ahead = self
        return ahead.take(in: line) { !$0.isOutside }
    }

    /// The next change of any line that cannot be left out.
    package var leftover: PlannedChange? { allLines.lazy.compactMap { leftover(in: $0) }.first }

    /// Returns the changes of the position's branch, or of the line's trunk.
    package func changes(at place: Place, in line: String) -> [PlannedChange] {
        place.branch.map { branches[$0].changes } ?? trunk[line] ?? []
    }

    /// Returns the next change, and the progress behind it.
    private func advanced(_ progress: Progress, _ line: String) -> (change: PlannedChange?, next: Progress) {
        var progress = progress
        // Bounded: each iteration but the last takes a branch that was not taken before.
        while true {
            progress = finished(progress, line)
            let open = leaving[line]?[progress.place] ?? []
            if let index = open.first(where: { !progress.taken.contains($0) && isMet(branches[$0]) }) {
                // Taking the narrower case also rules out the wider cases.
                let narrow = branches[index].conditions
                progress.taken.formUnion(open.filter { branches[$0].conditions.allSatisfy(narrow.contains) })
                progress.place = Place(branch: index, index: 0)
                continue
            }
            let changes = changes(at: progress.place, in: line)
            guard progress.place.index < changes.count else { return (nil, progress) }
            var next = progress
            next.place.index += 1
            return (changes[progress.place.index], next)
        }
    }

    /// Returns the progress after leaving all finished branches; no branch leaves at the end of another branch.
    private func finished(_ progress: Progress, _ line: String) -> Progress {
        var progress = progress
        while let index = progress.place.branch, progress.place.index >= branches[index].changes.count {
            progress.place = Place(
                branch: branches[index].parent, index: branches[index].before + branches[index].replaces)
        }
        return progress
    }

    private func isMet(_ branch: PlanBranch) -> Bool {
        branch.conditions.allSatisfy { answers[Question($0)] == $0.holds }
    }
}
