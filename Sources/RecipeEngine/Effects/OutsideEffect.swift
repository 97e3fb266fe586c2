internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The reaction to a lost reply of a change outside the account.
enum OutsideRecovery: Hashable, Sendable {
    /// Repeat the change, which has the same result.
    ///
    /// It has an idempotency key, is a PUT or a DELETE, or leaves a marker at its target that is checked before it
    /// runs.
    case repeatable
    /// Record an error with the code `lost_answer` and raise it in the recipe, whose author looks for the result.
    case raised
    /// Let a person decide.
    case undecided
}

/// One try of a change outside the account.
struct OutsideAttempt: Hashable, Sendable {
    /// The number of the try, from 1, including tries of earlier executions of the run.
    let number: Int
    /// Whether an earlier try may have been executed.
    let isRecovery: Bool
    /// A unique name of the change, of letters, digits and dashes, the same in every execution of the run.
    ///
    /// A change that starts again, because it certainly failed or because a person decided so, gets another name.
    let marker: String
    /// The permit to check before each time that the change is sent.
    let permit: SendPermit
}

/// A change outside the account, as one step of the run.
struct OutsideEffect: Sendable {
    /// The step, with the function, such as `http.post`.
    let call: StepCall
    /// The target as shown to people, such as `POST https://api.example/v2/droplets`.
    let object: String?
    let recovery: OutsideRecovery
    /// The content to send, by argument name (`script`, `body`), without the run's secrets; only set while planning.
    let contents: JSONObject
    /// See `OutsideAttempt.marker`.
    let marker: String
    /// The names of the generated secrets that it sends; `nil` if none were generated yet.
    let secrets: [String]?

    var step: StepID { call.step }
    var site: String { call.site }
    /// The function, such as `http.post`.
    var name: String { call.call.name }
    /// The change as shown to people: `http.post POST https://api.example/v2/droplets`.
    var words: String { object.map { "\(name) \($0)" } ?? name }

    /// Returns the marker for this number of starts; see `OutsideAttempt.marker`.
    func marker(_ beginnings: Int) -> String { beginnings < 2 ? marker : "\(marker)-again\(beginnings)" }

    /// Returns the error that says in the recipe that the change may have been made or not.
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
    /// The step as letters, digits and dashes, different for each step.
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
