internal import Groundwork
internal import LuaHost
internal import RecipeLanguage

/// A usual mistake in Lua, found in the message of an error and the recipe's text, with a hint how to correct it.
enum LuaSlip {
    /// The largest recipe in bytes whose assignments are searched: people write shorter ones.
    private static let largestText = 1 << 18

    /// Returns the hint; `nil` if the error is no usual mistake.
    ///
    /// - Parameters:
    ///   - error: The innermost error.
    ///   - source: The recipe or module with the error.
    ///   - number: The line of the error, from 1.
    /// - Returns: The hint.
    static func hint(for error: LuaError, in source: RecipeSource, at number: Int) -> String? {
        guard let line = source.line(number).map({ LineOfCode($0) }) else { return nil }
        return switch error.code {
        case .syntax: ofSyntax(error.message, line)
        case .runtime: ofName(error.message) ?? ofValue(error.message, line, source)
        default: nil
        }
    }

    // MARK: Syntax

    /// Operators of other languages; the longest come first.
    private static let operators = [
        ("!=", "Lua writes 'not equal' as ~="), ("&&", "Lua writes && as and"), ("||", "Lua writes || as or"),
        ("++", "Lua has no ++: write x = x + 1"), ("+=", "Lua has no +=: write x = x + 1"),
        ("-=", "Lua has no -=: write x = x - 1"), ("!", "Lua writes ! as not"),
    ]

    private static func ofSyntax(_ message: String, _ line: LineOfCode) -> String? {
        guard message.contains(" near '"), let near = message.split(separator: "'").last else { return nil }
        return operators.first { sign, _ in
            sign.contains(near.prefix(1)) && line.code.contains(sign)
        }?.1
    }

    // MARK: Names

    private static let globals = [
        "io": "recipes have no io. To read a file: param.file{}, or import for Lua; to write one: ssh.copy, or "
            + "sprun run --result FILE",
        "os": "recipes have no os. The time: sp.time(); values from the environment: a parameter, such as "
            + "token=@env:TOKEN; a command on a host: ssh.run",
        "require": "recipes have no require: import \"name\" reads name.lua beside the recipe, or a shipped recipe",
        "dofile": "recipes have no dofile: import \"name\" reads name.lua beside the recipe",
        "loadfile": "recipes have no loadfile: import \"name\" reads name.lua beside the recipe",
        "package": "recipes have no package: import \"name\" reads name.lua beside the recipe",
        "debug": "recipes have no debug: print and sp.log show values",
        "null": "the value null is sp.null",
        "params": "the words of the command line are in sp.params; with a header, in the argument of run",
    ]

    private static func ofName(_ message: String) -> String? {
        let words = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1 else { return nil }
        if message.hasPrefix("undefined global '") { return globals[words[1]] }
        guard message.contains(" has no function '"), !message.contains("did you mean"),
            let module = FunctionReference.modules.first(where: { words[0].hasPrefix($0.name + " ") })
        else { return nil }
        let meant = FunctionReference.meant(by: "\(module.name).\(words[1])")
        if !meant.isEmpty {
            let calls = meant.compactMap { name in module.functions.first { $0.name == name }?.signature }
            return "use \(calls.joined(separator: " or "))"
        }
        guard module.functions.count <= 20 else { return "sprun help \(module.name) lists its functions" }
        let names = module.functions.map { String($0.name.dropFirst(module.name.count + 1)) }
        return "\(module.name) has \(names.joined(separator: ", "))"
    }

    // MARK: Values

    private static func ofValue(_ message: String, _ line: LineOfCode, _ source: RecipeSource) -> String? {
        if message.hasPrefix("attempt to call a table value (for iterator") {
            let loop = String(line.characters).firstMatch(of: #/\bfor\s+(\w+)(?:\s*,\s*(\w+))?\s+in\s+(.+?)\s+do\b/#)
            return loop.map { "a list needs ipairs: for _, \($0.2 ?? $0.1) in ipairs(\($0.3)) do" }
        }
        if let table = message.firstMatch(of: #/^attempt to concatenate a table value \(\w+ '(\w+)'\)/#) {
            return "\(table.1) is a table: join one of its fields, such as \(table.1).name"
        }
        guard message.contains(" a nil value") else { return nil }
        let name = message.split(separator: "'").dropFirst().first.map(String.init)
        if let name, message.contains("(local '") || message.contains("(upvalue '") {
            return origin(of: name, in: source)
        }
        if let name, message.contains("(field '"), line.code.contains("sp.params.\(name)") {
            return missingParameter(name)
        }
        // Without a name, the value is that of a call in the line.
        guard name == nil else { return nil }
        let calls = line.code.matches(of: #/\bsp\.find_(\w+)\s*[({]/#)
        return calls.count == 1 ? notFound(String(calls[0].1)) : nil
    }

    /// Returns the hint for a variable that is nil, if its only assignment in the file says why.
    private static func origin(of name: String, in source: RecipeSource) -> String? {
        guard source.text.count <= largestText else { return nil }
        let lines = String(decoding: source.text, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let code = lines.map { LineOfCode(String($0)).code }.joined(separator: "\n")
        // A parameter or a loop variable of the name could be meant.
        let lists = code.matches(of: #/\bfunction\b[^(]*\(([^)]*)\)|\bfor\s+([\w\s,]+?)\s*(?:=|\bin\b)/#)
        let isOther = lists.contains { list in
            (list.1 ?? list.2 ?? "").split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains(Substring(name))
        }
        let values = code.matches(of: #/(?:^|[^\w.])(\w+)\s*=(?!=)\s*/#).filter { $0.1 == name }
            .map { code[$0.range.upperBound...] }
        guard !isOther, values.count == 1, let value = values.first else { return nil }
        if let find = value.prefixMatch(of: #/sp\.find_(\w+)\s*/#), isCall(value[find.range.upperBound...]) {
            return notFound(String(find.1))
        }
        if let parameter = value.prefixMatch(of: #/sp\.params\.(\w+)\s*(?:\n|;|$)/#) {
            return missingParameter(String(parameter.1))
        }
        return nil
    }

    /// Whether the text begins with the arguments of a call, and nothing is done to the result.
    private static func isCall(_ text: Substring) -> Bool {
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "(", "{", "[": depth += 1
            case ")", "}", "]": depth -= 1
            default: break
            }
            if depth == 0 {
                let rest = text[text.index(after: index)...].drop { $0 == " " }
                return index > text.startIndex && rest.prefixMatch(of: #/[.:\[({]|or\b|and\b/#) == nil
            }
        }
        return false
    }

    private static func notFound(_ kind: String) -> String {
        "sp.find_\(kind) returned nil: there is no such \(kind). Test the result before you use it"
    }

    private static func missingParameter(_ name: String) -> String {
        "sp.params.\(name) is nil: pass \(name)=VALUE on the command line"
    }
}
