import Foundation
import RecipeLanguage
import SprunTesting
import Testing

@testable import RecipeEngine

@Suite("The reference of functions")
struct FunctionReferenceTests {
    private static let functions = FunctionReference.modules.flatMap(\.functions)

    @Test("the page matches the table of host functions; SPRUN_RECORD=1 rewrites it")
    func pageIsCurrent() throws {
        let path =
            String(#filePath).components(separatedBy: "/Tests/")[0]
            + "/Sources/RecipeEngine/RecipeEngine.docc/Recipes.md"
        if ProcessInfo.processInfo.environment["SPRUN_RECORD"] == "1" {
            try FunctionReference.markdown.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == FunctionReference.markdown)
    }

    @Test("each function has a purpose, an example that calls it, and a type for each field")
    func complete() {
        #expect(Self.functions.count > 90)
        for function in Self.functions {
            #expect(!function.documentation.isEmpty, "\(function.name)")
            #expect(function.example.contains(function.name), "\(function.name): \(function.example)")
            for field in function.fields { #expect(!field.type.isEmpty, "\(function.name): \(field.name)") }
        }
        #expect(Set(FunctionReference.examples.keys) == Set(Self.functions.map(\.name)))
    }

    @Test(
        "each example of a declaration is read, with the options that the reference shows",
        arguments: functions.filter { $0.name.hasPrefix("param.") || $0.name == "recipe" }.map(\.name))
    func declaration(_ name: String) async throws {
        let example = try #require(FunctionReference.examples[name])
        let text =
            name == "recipe"
            ? example
            : """
            return recipe { name = "x", version = "1", summary = "x", params = { \(example) }, run = function() end }
            """
        let description = try await RecipeEngine.describe(RecipeSource(name: "x.lua", text: Array(text.utf8)))
        #expect(description.header?.parameters.isEmpty == false)
    }

    @Test("a header takes each key of the table that the reference shows, and each option of its kind")
    func keys() async throws {
        let header = """
            return recipe {
                name = "x", version = "1", sprun = ">=0.1", summary = "x", description = "x", author = "x", license = "x",
                needs = {
                    create = { "apps" }, update = { "apps" }, delete = { "apps" }, http = { "a.example" }, ssh = true,
                    dns = true, read = { "." }, secrets = "reveal",
                },
                limits = { create = 1, delete = 1 }, params = { a = param.string{} }, returns = { a = "string" },
                examples = { "sprun run x.lua" }, run = function() end, undo = function() end,
            }
            """
        let source = RecipeSource(name: "x.lua", text: Array(header.utf8))
        let read = try await RecipeEngine.describe(source, surroundings: RecipeSurroundings(program: "0.1.0")).header
        #expect(read?.needs.all.count == HeaderKey.needs.count)
        for key in HeaderKey.all + HeaderKey.needs + HeaderKey.limits where key.name != "exports" {
            #expect(header.contains("\(key.name) ="), "\(key.name)")
        }
        for kind in RecipeParameter.Kind.allCases {
            for option in HeaderKey.allOptions(of: kind) {
                let report = await RecipeStage().run("param.\(kind.rawValue){ \(option.name) = print }")
                let message = report.failure?.message ?? ""
                #expect(!message.contains("unknown option"), "\(kind) \(option.name): \(message)")
            }
            let unknown = await RecipeStage().run("param.\(kind.rawValue){ nope = 1 }")
            #expect(unknown.failure?.message.contains("unknown option 'nope'") == true)
        }
    }

    @Test("a page has the rules that sprun checks, those of ServerPilot, and the codes of both")
    func page() throws {
        let create = try #require(Self.functions.first { $0.name == "sp.create_app" })
        #expect(create.signature == "sp.create_app{ name, sysuserid, runtime, … }")
        #expect(create.group == "apps")
        let name = try #require(create.fields.first { $0.name == "name" })
        #expect(!name.checked.isEmpty)
        #expect(create.fields.contains { $0.name == "wordpress.admin_password" && !$0.isOptional })
        #expect(create.refusals.contains { $0.code == "conflict" && $0.sentence.contains("already has an app") })
        #expect(create.errors == ["invalid_arguments", "not_granted", "not_found", "bad_request", "conflict"])
        #expect(create.shapes.first?.hasPrefix("App: id, ") == true)
        // It reads the app first, and sends nothing that ServerPilot would refuse as unchanged.
        let ensure = try #require(Self.functions.first { $0.name == "sp.ensure_ssl" })
        #expect(!ensure.refusals.isEmpty && !ensure.refusals.contains { $0.sentence.contains("already") })
    }
}
