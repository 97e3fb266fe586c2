internal import Groundwork
package import LuaHost

/// The conversion of parameters that need no lookup in the account.
package enum PlainParameter {
    /// Returns the elements of a list, which is words with commas on the command line.
    package static func elements(of value: LuaValue) -> [LuaValue] {
        switch value {
        case .table(let table) where table.fields.isEmpty && table.sparse.isEmpty: return table.array
        case .string(let text):
            return text.split(separator: ",", omittingEmptySubsequences: false).map { word in
                let trimmed = word.drop { $0 == " " }
                return .string(String(trimmed.reversed().drop { $0 == " " }.reversed()))
            }
        default: return [value]
        }
    }

    /// Returns the problem of a default, as far as it can be checked without the account.
    package static func problem(ofDefault parameter: RecipeParameter) -> String? {
        guard parameter.kind.resource == nil, parameter.kind != .list else { return nil }
        return value(LuaValue(parameter.defaultValue), parameter).problem
    }

    /// Converts a value that needs no lookup, or returns its problem.
    package static func value(_ value: LuaValue, _ parameter: RecipeParameter) -> (LuaValue, problem: String?) {
        switch (parameter.kind, value) {
        case (.string, .string), (.secret, .string), (.file, .string), (.runtime, .string), (.integer, .integer),
            (.number, .number), (.boolean, .boolean):
            return (value, nil)
        case (.string, .integer(let number)): return (.string(String(number)), nil)
        case (.number, .integer(let number)): return (.number(Double(number)), nil)
        case (.integer, .string(let text)):
            if let number = Int64(text) { return (.integer(number), nil) }
        case (.integer, .number(let number)):
            if let whole = Int64(exactly: number) { return (.integer(whole), nil) }
        case (.number, .string(let text)):
            if let number = Double(text), number.isFinite { return (.number(number), nil) }
        case (.boolean, .string(let text)):
            switch text.lowercased() {
            case "true", "yes", "1": return (true, nil)
            case "false", "no", "0": return (false, nil)
            default: return (.nil, "'\(text.shown)' is neither true nor false")
            }
        case (.enumeration, .string(let text)):
            if parameter.values.contains(text) { return (value, nil) }
            let nearest = parameter.values.nearest(to: text).map { "; did you mean '\($0)'?" }
            return (.nil, "'\(text.shown)' is not \(parameter.kindWords)" + (nearest ?? ""))
        case (.duration, .integer(let seconds)) where seconds >= 0: return (.integer(seconds), nil)
        case (.duration, .number(let seconds)) where seconds >= 0 && seconds.isFinite: return (value, nil)
        case (.duration, .string(let text)):
            guard let duration = Duration(text: text) else {
                return (.nil, "'\(text.shown)' is not a duration such as 45s, 30m or 2h")
            }
            let seconds = duration.inSeconds
            return (Int64(exactly: seconds).map { .integer($0) } ?? .number(seconds), nil)
        case (.domain, .string(let text)):
            guard let domain = domain(text) else {
                return (.nil, "'\(text.shown)' is not a domain such as acme.example")
            }
            return (.string(domain), nil)
        default: break
        }
        if parameter.kind == .runtime {
            return (.nil, "must be a PHP runtime such as \"php8.2\", not \(value.typeName)")
        }
        let shown =
            if case .string(let text) = value, parameter.kind != .secret { "'\(text.shown)'" } else { value.typeName }
        return (.nil, "\(shown) is not a valid \(parameter.kindWords)")
    }

    /// Returns a valid domain in lower case, otherwise `nil`.
    ///
    /// A domain consists of labels of letters, digits and `-`, of 63 bytes each and 253 in all (RFC 1035, RFC 1123).
    /// ServerPilot also accepts `*.` at the beginning.
    private static func domain(_ text: String) -> String? {
        var name = text.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.enumerated().allSatisfy { index, label in
            if index == 0 && label == "*" { return labels.count > 2 }
            return (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy(\.isLabelByte)
        }
        return isName && labels.count > 1 && name.utf8.count <= 253 ? name : nil
    }
}

extension UInt8 {
    /// Whether the byte can be in a label of a domain: one of a–z, a digit or `-`.
    var isLabelByte: Bool { self == UInt8(ascii: "-") || isDigit || isLowercaseLetter }
}
