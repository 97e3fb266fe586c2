internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// Reconciliation of an effect whose reply was lost.
extension EffectExecutor {
    /// Handles a failed request, after which it may be unknown whether the change was made.
    mutating func sendFailed(_ failure: RecordedFailure) -> Action {
        lastFailure = failure
        switch failure.delivery {
        case .ambiguous:
            wasAmbiguous = true
            return settle(0)
        case .notSent, .throttled, .rejected:
            let isGone = target.effect == .delete && failure.code == ServerPilotError.Code.notFound.rawValue
            if isGone, wasAmbiguous || isKnownToExist {
                return finish(.done(Reply(data: .object([:])), by: .adopted))
            }
            if isRepeated(after: failure) {
                state = .coolingDown
                return .pause(min(failure.retryAfter ?? EffectLimits.settling[0], EffectLimits.coolingDown))
            }
            guard wasAmbiguous else { return refused(failure) }
            // An earlier try of the same request may have been executed; this refusal may be a consequence.
            switch (target.effect, failure.code) {
            case (.create, _) where failure.delivery == .rejected: return look(EffectLimits.settling.count - 1)
            case (.update, _) where target.look != .none && failure.delivery == .rejected:
                return look(EffectLimits.settling.count - 1)
            default:
                // It is unknown whether an earlier try was executed: only a person or a resume can find out.
                return failure.delivery == .rejected ? finish(.refused(failure)) : finish(.unfinished(failure))
            }
        }
    }

    // MARK: Refusals

    /// Handles a refusal: behind proxies, an executed request can be refused too, so the current state decides.
    ///
    /// Credentials and account (401, 402) are checked before anything else, and a 400 means that a setting was not
    /// accepted. So these refusals are not checked.
    private mutating func refused(_ failure: RecordedFailure) -> Action {
        let isPlain =
            [401, 402].contains(failure.status) || (failure.status == 400 && target.effect != .create)
            // A key that is attached already is refused with 409, and would look as if this request had attached it.
            || (failure.status == 409 && target.effect == .update && !target.key.isEmpty)
            // A 404 for a resource that the run has not seen means that the id is wrong.
            || (failure.status == 404 && target.effect == .delete && !isKnownToExist)
        guard failure.delivery != .notSent, failure.status != nil, !isPlain, target.lookAfterRefusal != .none else {
            return finish(.refused(failure))
        }
        return verify()
    }

    /// Returns whether the executor repeats a throttled request, because the transport sends it only once.
    private func isRepeated(after failure: RecordedFailure) -> Bool {
        failure.delivery == .throttled && !target.repeatsUnseen && attempt < EffectLimits.attempts
    }

    mutating func verify() -> Action {
        state = .verifying
        return .look(target.lookAfterRefusal)
    }

    /// Decides from the current state whether a refused request was executed.
    mutating func judge(_ things: [JSONValue]) -> Action {
        guard let lastFailure else { return unexpected("a verdict") }
        switch target.effect {
        case .create:
            let made = created(among: things)
            if made.count == 1, target.differences(made[0]).isEmpty { return found(made[0]) }
            return made.isEmpty && isRepeated(after: lastFailure) ? resend() : finish(.refused(lastFailure))
        case .update where target.key.isEmpty:
            guard let thing = things.first, target.holds(thing) else { return finish(.refused(lastFailure)) }
            return finish(.done(Reply(data: target.settled(thing) ?? thing), by: .adopted))
        case .update:
            // An attachment of a key.
            return things.contains(where: target.matches)
                ? finish(.done(Reply(data: .object([:])), by: .adopted)) : finish(.refused(lastFailure))
        case .delete:
            if let thing = things.first, target.settled(thing) != nil {
                return finish(.done(Reply(data: .object([:])), by: .adopted))
            }
            return isRepeated(after: lastFailure) ? resend() : finish(.refused(lastFailure))
        case .read: return finish(.refused(lastFailure))
        }
    }

    /// Handles a failed look after a refusal: the refusal stands, unless the resource to delete is gone.
    mutating func judge(_ failure: RecordedFailure) -> Action {
        let isGone = target.effect == .delete && failure.code == ServerPilotError.Code.notFound.rawValue
        return isGone
            ? finish(.done(Reply(data: .object([:])), by: .adopted)) : finish(.refused(lastFailure ?? failure))
    }

    // MARK: Lost replies

    mutating func settle(_ round: Int) -> Action {
        state = .settling(round: round)
        return .pause(EffectLimits.settling[round])
    }

    mutating func look(_ round: Int) -> Action {
        guard target.look != .none else { return resend() }
        state = .looking(round: round)
        return .look(target.look)
    }

    mutating func lookFailed(_ failure: RecordedFailure, _ round: Int) -> Action {
        failedLooks += 1
        // The resource of an update or a deletion is gone, so the question is settled.
        if failure.code == ServerPilotError.Code.notFound.rawValue, target.effect != .create {
            return target.effect == .delete
                ? finish(.done(Reply(data: .object([:])), by: .adopted)) : finish(.refused(failure))
        }
        guard failedLooks < EffectLimits.looks else { return finish(.unfinished(failure)) }
        state = .waitingToLook(round: round)
        return .pause(EffectLimits.lookPause)
    }

    /// Decides from the current state whether the effect was executed.
    mutating func evaluate(_ things: [JSONValue], _ round: Int) -> Action {
        switch target.effect {
        case .create: return evaluateCreate(things, round)
        case .update where target.key.isEmpty, .delete:
            if let object = things.first.flatMap(target.settled) {
                return finish(.done(Reply(data: object), by: .adopted))
            }
            return resend()
        case .update:
            // An attachment of a key.
            return things.contains(where: target.matches)
                ? finish(.done(Reply(data: .object([:])), by: .adopted)) : resend()
        case .read: return resend()
        }
    }

    private mutating func evaluateCreate(_ things: [JSONValue], _ round: Int) -> Action {
        let candidates = created(among: things)
        let ids = candidates.compactMap { $0["id"]?.stringValue }
        switch candidates.count {
        case 0:
            // The conflicting resource was not created by an earlier try, whose resource would be listed by now.
            if let lastFailure, lastFailure.delivery == .rejected { return finish(.refused(lastFailure)) }
            return round + 1 < EffectLimits.settling.count ? settle(round + 1) : notFound()
        case 1:
            let differences = target.differences(candidates[0])
            guard differences.isEmpty else {
                return undecided(
                    "what was found differs from what was asked for in \(differences.joined(separator: ", "))", ids)
            }
            return found(candidates[0])
        default: return undecided("several things could be what was made", ids)
        }
    }

    /// Returns the resources that have the natural key and did not exist before.
    private func created(among things: [JSONValue]) -> [JSONValue] {
        things.filter { thing in
            target.matches(thing) && !(thing["id"]?.stringValue.map(before.contains) ?? true)
        }
    }

    /// Handles a resource that the request created, with all requested values.
    private mutating func found(_ thing: JSONValue) -> Action {
        let ids = [thing["id"]?.stringValue].compactMap(\.self)
        guard target.hasOneTimeSecret else { return finish(.done(Reply(data: thing), by: .adopted)) }
        if target.recreatesUnconnected, thing["lastconn"] == .null, let id = ids.first { return delete(id) }
        return undecided("it was made, and the reply with its key, which is shown only once, was lost", ids)
    }

    /// Handles an effect without any sign that it was executed.
    private mutating func notFound() -> Action {
        // If two resources can share the key, a late request would create a second resource. A caller that recreates
        // looks for it.
        guard target.recreatesUnconnected || (target.isUnique && !target.hasOneTimeSecret) else {
            return undecided("its answer was lost, nothing shows that it was done, and it could still arrive", [])
        }
        return resend()
    }

    private mutating func undecided(_ reason: String, _ ids: [String]) -> Action {
        var choices: [EffectDecision.Choice] = []
        if !ids.isEmpty, !target.hasOneTimeSecret { choices.append(.adopt) }
        choices += [.recreate, .skip]
        return finish(.undecided(Undecided(reason: reason, candidates: ids, choices: choices)))
    }

    mutating func resend() -> Action { writeIntent() }

    // MARK: Decisions

    mutating func decide(_ decision: EffectDecision) -> Action {
        switch decision.choice {
        case .skip:
            // The recipe needs the id of a created resource; for all other changes, it can continue without the reply.
            guard let reply = target.skipped else {
                return finish(
                    .refused(
                        RecordedFailure(code: RecipeError.skipped, message: "left out by the decision of a person")))
            }
            return finish(.done(Reply(data: reply), by: .skipped))
        case .adopt:
            guard let id = decision.id else { return settle(0) }
            state = .adopting(id: id)
            return .look(target.look)
        case .yes: return resend()
        case .recreate:
            attempt = 0
            guard target.operation == "create_server", let id = decision.id else { return resend() }
            return delete(id)
        }
    }

    private mutating func delete(_ id: String) -> Action {
        state = .deleting(id: id)
        return .deleteServer(id: id)
    }

    /// Handles a server that was kept because it is in use: its key is no longer needed, so it can be adopted.
    mutating func keep(_ id: String, _ reason: String) -> Action {
        finish(.undecided(Undecided(reason: reason, candidates: [id], choices: [.adopt, .skip])))
    }

    mutating func adopt(_ id: String, from things: [JSONValue]) -> Action {
        guard let thing = things.first(where: { $0["id"]?.stringValue == id }) else {
            return finish(
                .undecided(
                    Undecided(
                        reason: "there is no \(id) to adopt", candidates: [], choices: [.recreate, .skip])))
        }
        // A person may adopt a resource that arrived late or differs, but not a resource with another natural key.
        guard target.matches(thing) else {
            return finish(
                .undecided(
                    Undecided(
                        reason: "\(id) is not what was asked for", candidates: [],
                        choices: [.adopt, .recreate, .skip])))
        }
        return finish(.done(Reply(data: thing), by: .adopted))
    }
}
