internal import Groundwork

/// The decisions after a failure, after a lost reply, and by a person.
extension ChangeMachine {
    /// Handles a failed request, after which it may be unknown whether the change was made.
    mutating func failed(_ failure: StepFailure) -> Action {
        lastFailure = failure
        guard !failure.mayHaveChanged else {
            mayHaveChanged = true
            return recover()
        }
        if rules.effect == .delete, failure.code == StepFailure.notFound, mayHaveChanged || rules.isKnownToExist {
            return finish(.done(.empty, by: .adopted))
        }
        if isRepeated(after: failure) {
            state = .coolingDown
            return .pause(min(retryAfter ?? ChangeLimits.settling[0], ChangeLimits.coolingDown))
        }
        guard mayHaveChanged else { return refused(failure) }
        // An earlier try of the same request may have been executed; this failure may be a consequence.
        guard failure.delivery == .rejected else { return notSent(failure) }
        return rules.lookup != nil && rules.effect != .delete
            ? look(ChangeLimits.settling.count - 1) : finish(.refused(failure))
    }

    /// Returns whether the machine repeats a throttled request, because the transport sends it only once.
    private func isRepeated(after failure: StepFailure) -> Bool {
        failure.delivery == .throttled && rules.repeatsThrottled && attempt < ChangeLimits.attempts
    }

    /// Handles a try that certainly sent nothing, after a try whose reply was lost.
    private mutating func notSent(_ failure: StepFailure) -> Action {
        switch rules.recovery {
        case .raised, .askPerson: return recover()
        // Only a later execution can find out.
        case .lookup: return finish(.unfinished(failure))
        case .repeatable:
            unsent += 1
            guard unsent < ChangeLimits.attempts else { return finish(.unfinished(failure)) }
            attempt -= 1
            state = .settling(round: 0)
            return .pause(ChangeLimits.settling[min(unsent, ChangeLimits.settling.count - 1)])
        }
    }

    // MARK: Refusals

    /// Handles a refusal: behind proxies, an executed request can be refused too, so the current state decides.
    private mutating func refused(_ failure: StepFailure) -> Action {
        guard rules.verifiesRefusals, failure.delivery != .notSent, let status = failure.status,
            !rules.certainRefusals.contains(status)
        else { return finish(.refused(failure)) }
        return verify()
    }

    /// Looks after a refusal; without a way to look, the change was not made.
    mutating func verify() -> Action {
        guard rules.verifiesRefusals else { return judge(.state(nil)) }
        state = .verifying
        return .look(.refusal)
    }

    /// Decides from the current state whether a refused request was executed.
    mutating func judge(_ sighting: Sighting) -> Action {
        switch sighting {
        case .state(let reply?): return finish(.done(ChangeReply(reply), by: .adopted))
        case .state(nil): return notMade()
        case .resources(let candidates):
            let made = created(among: candidates)
            if made.count == 1, made[0].differences.isEmpty { return found(made[0]) }
            return made.isEmpty ? notMade() : notMade(repeats: false)
        }
    }

    /// Finishes a refused change, or repeats it if the refusal was temporary.
    private mutating func notMade(repeats: Bool = true) -> Action {
        guard let lastFailure else { return undecided("it was refused, and no reason is known") }
        return repeats && isRepeated(after: lastFailure) ? writeIntent() : finish(.refused(lastFailure))
    }

    /// Handles a failed look after a refusal: the refusal stands, unless the resource to delete is gone.
    mutating func judge(_ failure: StepFailure) -> Action {
        rules.effect == .delete && failure.code == StepFailure.notFound
            ? finish(.done(.empty, by: .adopted)) : finish(.refused(lastFailure ?? failure))
    }

    // MARK: Lost replies

    /// Handles a change that may have been made.
    mutating func recover() -> Action {
        switch rules.recovery {
        case .lookup: return settle(0)
        case .repeatable:
            guard attempt < ChangeLimits.attempts else { return writeIntent() }
            return settle(min(max(attempt, 1), ChangeLimits.settling.count) - 1)
        case .raised: return finish(.lost(lastFailure))
        case .askPerson: return undecided("no reply arrived, so the change may have been made\(lastWords)")
        }
    }

    private mutating func settle(_ round: Int) -> Action {
        state = .settling(round: round)
        return .pause(ChangeLimits.settling[round])
    }

    /// Looks for the result; without a lookup, sends the request again.
    mutating func look(_ round: Int) -> Action {
        guard rules.lookup != nil else { return writeIntent() }
        state = .looking(round: round)
        return .look(.lostReply)
    }

    mutating func lookFailed(_ failure: StepFailure, _ round: Int) -> Action {
        failedLooks += 1
        // The resource of an update or a deletion is gone, so the question is settled.
        if failure.code == StepFailure.notFound, rules.effect != .create {
            return rules.effect == .delete ? finish(.done(.empty, by: .adopted)) : finish(.refused(failure))
        }
        guard failedLooks < ChangeLimits.looks else { return finish(.unfinished(failure)) }
        state = .waitingToLook(round: round)
        return .pause(ChangeLimits.lookPause)
    }

    /// Decides from the current state whether the change was made.
    mutating func evaluate(_ sighting: Sighting, _ round: Int) -> Action {
        switch sighting {
        case .state(let reply?): return finish(.done(ChangeReply(reply), by: .adopted))
        case .state(nil): return writeIntent()
        case .resources(let candidates): return evaluate(created(among: candidates), round)
        }
    }

    private mutating func evaluate(_ made: [Sighting.Candidate], _ round: Int) -> Action {
        let ids = made.compactMap(\.id)
        switch made.count {
        case 0:
            // The conflicting resource was not created by an earlier try, whose resource would be listed by now.
            if let lastFailure, lastFailure.delivery == .rejected { return finish(.refused(lastFailure)) }
            return round + 1 < ChangeLimits.settling.count ? settle(round + 1) : notFound()
        case 1:
            guard made[0].differences.isEmpty else {
                let fields = made[0].differences.joined(separator: ", ")
                return undecided("a matching resource exists, but it differs from the request in \(fields)", ids)
            }
            return found(made[0])
        default: return undecided("several resources match the request", ids)
        }
    }

    /// Returns the resources that have the natural key and did not exist before.
    private func created(among candidates: [Sighting.Candidate]) -> [Sighting.Candidate] {
        candidates.filter { $0.isMatch && !($0.id.map(before.contains) ?? true) }
    }

    /// Handles a resource that the request created, with all requested values.
    private mutating func found(_ made: Sighting.Candidate) -> Action {
        guard let lookup = rules.lookup, lookup.hasOneTimeReply else {
            return finish(.done(ChangeReply(made.value), by: .adopted))
        }
        if lookup.replacesUnused, made.isUnused, let id = made.id { return discard(id) }
        return undecided(
            "the resource was created, but the only reply with its key was lost", [made.id].compactMap(\.self))
    }

    /// Handles a creation without any sign that it was executed.
    private mutating func notFound() -> Action {
        // If two resources can share the key, a late request would create a second resource. A caller that replaces
        // resources looks for it.
        guard let lookup = rules.lookup, lookup.replacesUnused || (lookup.isUnique && !lookup.hasOneTimeReply) else {
            return undecided("no reply arrived and no result was found, but the request could still arrive")
        }
        return writeIntent()
    }

    // MARK: Decisions

    mutating func decide(_ decision: EffectDecision) -> Action {
        switch decision.choice {
        case .skip:
            // A program needs the id of a created resource; after other changes, it can continue without the reply.
            guard let reply = rules.skipped else {
                return finish(
                    .refused(
                        StepFailure(
                            code: StepFailure.skipped, message: "skipped by a decision",
                            delivery: .rejected)))
            }
            return finish(.done(ChangeReply(reply), by: .skipped))
        case .adopt:
            guard rules.lookup != nil else { return undecided("this change cannot adopt a resource") }
            guard let id = decision.id else { return settle(0) }
            state = .adopting(id: id)
            return .look(.adoption)
        case .yes: return writeIntent()
        case .recreate:
            attempt = 0
            guard rules.lookup?.discardsOnRecreate == true, let id = decision.id else { return writeIntent() }
            return discard(id)
        }
    }

    private mutating func discard(_ id: String) -> Action {
        state = .discarding(id: id)
        return .discard(id: id)
    }

    mutating func adopt(_ id: String, from candidates: [Sighting.Candidate]) -> Action {
        guard let candidate = candidates.first(where: { $0.id == id }) else {
            return undecided("no resource with the id \(id) exists to adopt")
        }
        // A person may adopt a resource that arrived late or differs, but not a resource with another natural key.
        guard candidate.isMatch else {
            return undecided("the resource \(id) does not match the request", choices: [.adopt, .recreate, .skip])
        }
        return finish(.done(ChangeReply(candidate.value), by: .adopted))
    }
}
