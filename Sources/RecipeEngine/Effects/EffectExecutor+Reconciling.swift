internal import OrderedCollections
internal import ServerPilot

/// What becomes of an effect whose answer was lost.
extension EffectExecutor {
    /// The request failed: whether it was done may be a question now.
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
            // An earlier try of the same may have been done; this refusal can be the proof.
            switch (target.effect, failure.code) {
            case (.create, _) where failure.delivery == .rejected: return look(EffectLimits.settling.count - 1)
            case (.update, _) where target.look != .none && failure.delivery == .rejected:
                return look(EffectLimits.settling.count - 1)
            default:
                // That an earlier try was not done is not known: only a person's look or a resume can tell.
                return failure.delivery == .rejected ? finish(.refused(failure)) : finish(.unfinished(failure))
            }
        }
    }

    // MARK: Refusals

    /// Answers a refusal: behind proxies it can be said of a request that was done, so what exists now decides.
    ///
    /// A refusal of the credentials or the account (401, 402) comes before anything else, and one of the arguments (400)
    /// says that a setting was not taken: neither is looked into.
    private mutating func refused(_ failure: RecordedFailure) -> Action {
        let isPlain =
            [401, 402].contains(failure.status) || (failure.status == 400 && target.effect != .create)
            // A key that is attached already is refused with 409, and looks as if it had been attached.
            || (failure.status == 409 && target.effect == .update && !target.key.isEmpty)
            // Of what nobody has seen it says that the id is wrong.
            || (failure.status == 404 && target.effect == .delete && !isKnownToExist)
        guard failure.delivery != .notSent, failure.status != nil, !isPlain, target.lookAfterRefusal != .none else {
            return finish(.refused(failure))
        }
        return verify()
    }

    /// Whether a refusal for now is answered here, since the transport sends it only once.
    private func isRepeated(after failure: RecordedFailure) -> Bool {
        failure.delivery == .throttled && !target.repeatsUnseen && attempt < EffectLimits.attempts
    }

    mutating func verify() -> Action {
        state = .verifying
        return .look(target.lookAfterRefusal)
    }

    /// Judges by what is there whether a refused request was done.
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
            // An attachment.
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

    /// What was refused could not be looked at: the refusal stands, unless what was to be deleted is gone.
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
        // What an update or a delete was about is gone: so is the question.
        if failure.code == ServerPilotError.Code.notFound.rawValue, target.effect != .create {
            return target.effect == .delete
                ? finish(.done(Reply(data: .object([:])), by: .adopted)) : finish(.refused(failure))
        }
        guard failedLooks < EffectLimits.looks else { return finish(.unfinished(failure)) }
        state = .waitingToLook(round: round)
        return .pause(EffectLimits.lookPause)
    }

    /// Judges by what is there whether the effect was done.
    mutating func evaluate(_ things: [JSONValue], _ round: Int) -> Action {
        switch target.effect {
        case .create: return evaluateCreate(things, round)
        case .update where target.key.isEmpty, .delete:
            if let object = things.first.flatMap(target.settled) {
                return finish(.done(Reply(data: object), by: .adopted))
            }
            return resend()
        case .update:
            // An attachment.
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
            // What is in the way is not what an earlier try made: that one would be here by now.
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

    /// What has the natural key and was not there before.
    private func created(among things: [JSONValue]) -> [JSONValue] {
        things.filter { thing in
            target.matches(thing) && !(thing["id"]?.stringValue.map(before.contains) ?? true)
        }
    }

    /// What the request made was found, with all that was asked for.
    private mutating func found(_ thing: JSONValue) -> Action {
        let ids = [thing["id"]?.stringValue].compactMap(\.self)
        guard target.hasOneTimeSecret else { return finish(.done(Reply(data: thing), by: .adopted)) }
        if target.recreatesUnconnected, thing["lastconn"] == .null, let id = ids.first { return delete(id) }
        return undecided("it was made, and the reply with its key, which is shown only once, was lost", ids)
    }

    /// Nothing shows that it was done.
    private mutating func notFound() -> Action {
        // Where two things can share the key, one that arrives late would be a second; who recreates looks for it.
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
            // Of what was to be made the recipe needs the id; of everything else it can do without the reply.
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

    /// A server that is in use is not deleted; its key is needed no more, so it can be taken as what was made.
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
        // A person may take one that came late or differs, but not make something else of it.
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
