internal import DurableSteps
internal import Groundwork
internal import OrderedCollections

extension ListedRun {
    /// The recipe and its parameters as a person would type them; secrets are redacted.
    var call: String {
        let words = header.shownParameters.map { name, value in
            [Redactor.replacement, RunHeader.leftOut].contains(value)
                ? "\(name)=\(value)" : "\(name)=\(value)".shellQuoted
        }
        return ([header.recipe] + words).joined(separator: " ").withoutControls
    }
}

extension RunHeader {
    /// The parameters as shown to people.
    ///
    /// Secrets are redacted. A recipe without a header does not declare its secrets, so all its values are left out.
    var shownParameters: [(name: String, value: String)] {
        parameters.map { name, value in
            guard let secretParameters else { return (name, Self.leftOut) }
            return (name, secretParameters.contains(name) ? Redactor.replacement : value.shortened(to: 60))
        }
    }

    /// The value of a parameter that may be a secret or not.
    static let leftOut = "…"

    /// The shown parameters for programs; `null` for a value that is left out.
    var parametersJSON: JSONValue {
        .object(
            JSONObject(
                uniqueKeysWithValues: shownParameters.map { name, value in
                    (name, value == Self.leftOut ? .null : .string(value))
                }))
    }
}

extension Duration {
    /// The age of something in one unit: `12s`, `5m`, `3h`, `12d`.
    var ageText: String {
        let seconds = max(0, Int(inSeconds))
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }
}
