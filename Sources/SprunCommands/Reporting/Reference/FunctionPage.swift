internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine

/// Everything about one function that recipes can call.
struct FunctionPage: Report {
    let function: ReferencedFunction

    func lines(on page: Page) -> [String] {
        let style = page.style
        let width = page.width ?? NameList.usualWidth
        func section(_ title: String, _ body: [String]) -> [String] {
            body.isEmpty ? [] : ["", style.bold(title)] + body
        }
        func rows(_ text: String) -> [String] { text.rows(of: width - 2).map { "  " + $0 } }
        let results = [function.results.joined(separator: ", ")] + function.shapes
        let refusals = function.refusals.map { (name: number($0.code), text: $0.sentence) }
        let errors = function.errors.map { (name: number($0), text: FailureCatalogue.kind($0).title) }
        var lines = [style.bold(function.signature)] + rows(function.documentation)
        lines += section(fieldsTitle, NameList(function.fields.map(Self.entry), on: page).wrapped(style))
        lines += section("returns", function.results.isEmpty ? [] : results.flatMap(rows))
        lines += section("ServerPilot refuses", NameList(refusals, on: page).wrapped(style))
        lines += section("errors", NameList(errors, on: page).wrapped(style))
        if !function.refusals.isEmpty {
            let numbers = FunctionReference.errorsOfEveryRequest.map(number).joined(separator: ", ")
            lines += rows("Every request: \(numbers). sprun explain CODE explains each.")
        } else if !function.errors.isEmpty {
            lines += rows("sprun explain CODE explains each.")
        }
        let example = function.example.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
        return lines + section("example", example)
    }

    private var isDeclaration: Bool { function.name.hasPrefix("param.") }

    private var fieldsTitle: String { isDeclaration ? "options" : function.name == "recipe" ? "keys" : "arguments" }

    private func number(_ code: String) -> String { FailureCatalogue.kind(code).number }

    /// Returns the field's name, and its type, its meaning and its rules as sentences.
    private static func entry(_ field: ReferencedField) -> (name: String, text: String) {
        var words = [field.type + (field.isOptional ? "." : ", required.")]
        if !field.documentation.isEmpty { words.append(field.documentation) }
        if !field.checked.isEmpty { words.append("sprun checks: it must \(field.checked.joined(separator: ", ")).") }
        if !field.unchecked.isEmpty {
            words.append("ServerPilot checks: it must \(field.unchecked.joined(separator: ", ")).")
        }
        return (field.name + (field.isOptional ? "?" : ""), words.joined(separator: " "))
    }

    var json: JSONValue { .object(["format_version": 1, "function": .object(members)]) }

    /// The members of the function in JSON.
    var members: JSONObject {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        let fields = function.fields.map { field -> JSONValue in
            [
                "name": .string(field.name), "type": .string(field.type), "required": .bool(!field.isOptional),
                "doc": .string(field.documentation), "checked_by_sprun": list(field.checked),
                "checked_by_serverpilot": list(field.unchecked),
            ]
        }
        let refusals = function.refusals.map { refusal -> JSONValue in
            ["number": .string(number(refusal.code)), "sentence": .string(refusal.sentence)]
        }
        return [
            "name": .string(function.name), "signature": .string(function.signature),
            "documentation": .string(function.documentation), "group": .string(function.group),
            "fields": .array(fields), "results": list(function.results), "shapes": list(function.shapes),
            "refusals": .array(refusals), "errors": list(function.errors.map(number)),
            "example": .string(function.example),
        ]
    }
}
