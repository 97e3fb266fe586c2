internal import ArgumentParser
internal import Groundwork

/// An argument of a command, as the argument parser describes it.
struct DescribedArgument {
    /// The names of an option or a flag, with their hyphens; empty for a positional argument.
    let names: [String]
    /// The placeholder of the value; `nil` for a flag.
    let value: String?
    /// The help, with the values to choose from and the default.
    let text: String

    /// Returns the arguments that the help of a command shows, in its order.
    static func all(of command: any ParsableCommand.Type) throws -> [DescribedArgument] {
        let document = try JSONValue(text: command._dumpHelp())
        return (document["command"]?["arguments"]?.arrayValue ?? []).compactMap(Self.init)
    }

    private init?(_ document: JSONValue) {
        guard document["shouldDisplay"]?.boolValue == true, let kind = document["kind"]?.stringValue else { return nil }
        names = (document["names"]?.arrayValue ?? []).compactMap { name in
            name["name"]?.stringValue.map { (name["kind"]?.stringValue == "long" ? "--" : "-") + $0 }
        }
        value = kind == "flag" ? nil : document["valueName"]?.stringValue
        let choices = (document["allValues"]?.arrayValue ?? []).compactMap(\.stringValue)
        text = [
            document["abstract"]?.stringValue,
            choices.isEmpty ? nil : "Values: \(choices.joined(separator: ", ")).",
            document["defaultValue"]?.stringValue.map { "Default: \($0)." },
        ].compactMap(\.self).joined(separator: " ")
    }
}
