internal import Groundwork
internal import RecipeEngine

/// The functions of a module, one line each, grouped by resource.
struct ModulePage: Report {
    let module: ReferenceModule

    func lines(on page: Page) -> [String] {
        let style = page.style
        var lines = "\(module.name): \(module.documentation)".rows(of: page.width ?? NameList.usualWidth)
        for (title, functions) in groups {
            let entries = functions.map { (name: $0.name, text: Self.summary(of: $0)) }
            lines += [""] + (title.isEmpty ? [] : [style.bold(title)]) + NameList(entries, on: page).shortened(style)
        }
        if !module.constants.isEmpty {
            let entries = module.constants.map { (name: "\(module.name).\($0.name)", text: $0.documentation) }
            lines += ["", style.bold("values")] + NameList(entries, on: page).shortened(style)
        }
        let example = module.functions.max { $0.example.count < $1.example.count }
        return lines + ["", "One function: sprun help \(example?.name ?? module.name)"]
    }

    /// The functions by their groups, in the order in which the groups appear first.
    private var groups: [(title: String, functions: [ReferencedFunction])] {
        var titles: [String] = []
        for function in module.functions where !titles.contains(function.group) { titles.append(function.group) }
        return titles.map { title in (title, module.functions.filter { $0.group == title }) }
    }

    /// Returns the first sentence of the documentation.
    static func summary(of function: ReferencedFunction) -> String {
        let text = function.documentation
        guard let end = text.firstRange(of: ". ") else { return text }
        return String(text[..<end.lowerBound]) + "."
    }

    var json: JSONValue {
        [
            "format_version": 1, "module": .string(module.name), "documentation": .string(module.documentation),
            "functions": .array(module.functions.map { .object(FunctionPage(function: $0).members) }),
        ]
    }
}
