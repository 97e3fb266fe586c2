internal import OrderedCollections
internal import ServerPilot

/// What can be done about a change outside of the account whose answer was lost.
enum OutsideRecovery: Hashable, Sendable {
    /// Doing it again does the same: it has an idempotency key, is a PUT or a DELETE, or leaves a mark where it happens
    /// that is looked at before it is done.
    case repeatable
    /// The recipe is told by an error of the code `lost_answer`, which is recorded: its author looks for what was made.
    case raised
    /// A person decides.
    case undecided
}

/// One try of a change outside of the account.
struct OutsideAttempt: Hashable, Sendable {
    /// Which try it is, from 1, those of earlier lives of the run counted.
    let number: Int
    /// Whether an earlier try may have been done.
    let isRecovery: Bool
    /// A name for the change, of letters, digits and dashes: the same in each life of the run, and no other change's.
    ///
    /// One that is begun anew, after it failed for certain or because a person has decided so, has another.
    let marker: String
    /// Asked before each time that it is sent.
    let permit: SendPermit
}

/// One change outside of the account, as a step of the run.
struct OutsideEffect: Sendable {
    /// What is done: `http.post`.
    let name: String
    /// What people call what it is done to: `POST https://api.example/v2/droplets`.
    let object: String?
    let recovery: OutsideRecovery
    let step: StepID
    let digest: String
    let site: String
    /// What is sent, by what it is: `script`, `body`; without the run's secrets.
    let contents: JSONObject
    /// See `OutsideAttempt.marker`.
    let marker: String
    /// The names of the generated secrets that it sends; `nil` where there are none yet.
    let secrets: [String]?

    /// It as people read it: `http.post POST https://api.example/v2/droplets`.
    var words: String { object.map { "\(name) \($0)" } ?? name }

    /// See `OutsideAttempt.marker`.
    func marker(_ beginnings: Int) -> String { beginnings < 2 ? marker : "\(marker)-again\(beginnings)" }

    func entry(_ kind: JournalEntry.Kind, at time: Timestamp, _ body: JSONObject) -> JournalEntry {
        var body = body
        if let object { body["object"] = .string(object) }
        if kind == .intent { body["secrets"] = secrets.map { .array($0.map { .string($0) }) } }
        return JournalEntry(
            kind, step: step, operation: name, digest: digest, site: site, time: time, body: body)
    }

    /// The failure by which the recipe learns that it may have been done or not.
    func lostAnswer(_ cause: RecipeError?) -> RecipeError {
        RecipeError(
            code: RecipeError.lostAnswer,
            message: "\(words): the answer was lost, so that it may have been done or not"
                + (cause.map { ": \($0.message)" } ?? ""), status: cause?.status, operation: name, object: object,
            hint: "look for what it makes before it is made again",
            token: name.split(separator: ".").last.map(String.init),
            delivery: .ambiguous)
    }
}

extension StepID {
    /// The step of a run as letters, digits and dashes, differently for each.
    var marker: String {
        description.map { character in
            switch character {
            case "/": "c"
            case ".": "-"
            case ":": "s"
            case _ where character.isASCII && character.isNumber: String(character)
            default: "x" + character.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: "x")
            }
        }.joined()
    }
}
