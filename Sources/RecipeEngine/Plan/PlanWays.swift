internal import OrderedCollections
internal import ServerPilot

/// The ways that a plan allows, and how far a run has come on them, line by line of coroutines.
///
/// A value: the planner walks it with each trial of a recipe, and a run that follows the plan walks it call by call.
package struct PlanWays: Sendable {
    /// A place between two changes of the trunk or of a branch.
    package struct Place: Hashable, Sendable {
        /// The branch, by its place in the plan; `nil` for the trunk.
        package var branch: Int?
        /// How many of its changes are behind it.
        package var index = 0
    }

    /// What a line has come through.
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
    /// By line and place, the branches that leave there, those with most conditions first.
    private let leaving: [String: [Place: [Int]]]
    private var lines: [String: Progress] = [:]
    private var answers: [Question: Bool] = [:]

    /// The beginning of all ways.
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
                // What asks for more is the narrower case; of equals the first found.
                indices.sorted {
                    (-plan.branches[$0].conditions.count, $0) < (-plan.branches[$1].conditions.count, $1)
                }
            }
        }
    }

    /// All lines that have changes.
    package var allLines: [String] {
        Array(trunk.keys) + branches.map(\.line).filter { trunk[$0] == nil }
    }

    /// A fact was read; the last answer counts.
    package mutating func note(_ answer: PlanAnswer) { answers[Question(answer)] = answer.holds }

    /// Where a line is: behind its last change, and out of branches that are finished.
    package func place(in line: String) -> Place { finished(lines[line] ?? Progress(), line).place }

    /// The change that comes next in a line as far as is known; `nil` at its end.
    package func next(in line: String) -> PlannedChange? {
        advanced(lines[line] ?? Progress(), line).change
    }

    /// The change that comes next in a line, or else in any other; `nil` at the end of all.
    package func next(near line: String) -> PlannedChange? {
        next(in: line) ?? allLines.lazy.compactMap { next(in: $0) }.first
    }

    /// Goes past the next change of a line, if it fits, or past changes outside of the account to one that does: these
    /// may be left out.
    ///
    /// - Returns: the change; `nil` where none fits, and nothing is gone past.
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

    /// The first change that is still to come and cannot be left out; `nil` at the end of the line.
    package func leftover(in line: String) -> PlannedChange? {
        var progress = lines[line] ?? Progress()
        while true {
            let (change, next) = advanced(progress, line)
            guard let change, change.isOutside else { return change }
            progress = next
        }
    }

    /// The first change of any line that is still to come and cannot be left out.
    package var leftover: PlannedChange? { allLines.lazy.compactMap { leftover(in: $0) }.first }

    /// The changes of a place's branch, or of the line's trunk.
    package func changes(at place: Place, in line: String) -> [PlannedChange] {
        place.branch.map { branches[$0].changes } ?? trunk[line] ?? []
    }

    /// The next change, and the progress behind it.
    private func advanced(_ progress: Progress, _ line: String) -> (change: PlannedChange?, next: Progress) {
        var progress = progress
        // Bounded: each turn but the last takes a branch that was not taken yet.
        while true {
            progress = finished(progress, line)
            let open = leaving[line]?[progress.place] ?? []
            if let index = open.first(where: { !progress.taken.contains($0) && isMet(branches[$0]) }) {
                // The narrower case takes the place of the wider ones.
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

    /// Out of branches whose changes are all behind, where nothing leaves their ends.
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
