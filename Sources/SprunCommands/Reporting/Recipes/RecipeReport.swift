internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage

/// The description of a recipe in its header, as `sprun show` prints it.
struct RecipeReport: Report {
    let description: RecipeDescription
    /// The origin of the recipe.
    let name: String

    func lines(on page: Page) -> [String] { DescriptionText(description, name, on: page).lines }

    var json: JSONValue {
        let imports = description.imports.map { module -> JSONValue in
            [
                "name": .string(module.name), "importer": .string(module.importer), "later": .bool(module.isLater),
                "problem": Self.text(module.problem),
                "header": module.header.map { .object(Self.json($0)) } ?? .null,
            ]
        }
        return [
            "format_version": 1, "recipe": .string(name),
            "header": description.header.map { .object(Self.json($0)) } ?? .null, "imports": .array(imports),
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func json(_ header: RecipeHeader) -> JSONObject {
        func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
        let parameters = header.parameters.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "kind": .string(parameter.kind.rawValue),
                "required": .bool(parameter.isRequired), "allow_empty": .bool(parameter.allowsEmpty),
                "default": parameter.defaultValue,
                "doc": .string(parameter.documentation), "example": text(parameter.example),
                "values": .array(parameter.values.map { .string($0) }),
            ]
        }
        return [
            "name": .string(header.name), "version": .string(header.version), "sprun": text(header.requirement),
            "summary": .string(header.summary), "description": .string(header.description),
            "author": text(header.author),
            "license": text(header.license), "needs": .array(header.needs.all.map { .string($0.words) }),
            "limits": ["create": number(header.creations), "delete": number(header.deletions)],
            "params": .array(parameters),
            "returns": .object(
                JSONObject(uniqueKeysWithValues: header.returns.map { ($0.key, .string($0.value.words)) })),
            "exports": header.exports.map { .array($0.map { .string($0) }) } ?? .null,
            "undo": .bool(header.canUndo),
            "examples": .array(header.examples.map { .string($0) }),
        ]
    }
}
