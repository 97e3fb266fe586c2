internal import DurableSteps
internal import FoundationEssentials
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import ServerPilot
internal import SystemPackage

/// A plan in a file: a summary in plain text, and the whole plan encrypted.
///
/// The encryption also authenticates the summary. To apply the plan, sprun needs the key of the same journal.
struct PlanFile {
    /// The plan.
    let plan: Plan
    /// The text of a recipe that has no file (`-e`, standard input); `nil` for others.
    let text: [UInt8]?

    private static let formatVersion: Int64 = 1

    /// Writes the file, readable by its owner only.
    ///
    /// - Throws: `CommandFailure`, `JournalError`.
    func write(_ file: String, sealedBy sealer: any Sealer) throws {
        var open = JSONObject()
        open["sprun_plan"] = .integer(Self.formatVersion)
        open["recipe"] = .string(plan.header.recipe)
        open["account"] = .string(plan.header.accountName)
        open["made"] = .string(plan.header.made.text)
        open["create"] = .integer(Int64(plan.count(.create)))
        open["update"] = .integer(Int64(plan.count(.update)))
        open["delete"] = .integer(Int64(plan.count(.delete)))
        open["outside"] = .integer(Int64(plan.countOutside))
        var secret: JSONObject = ["plan": plan.document]
        if let text { secret["text"] = .string(String(decoding: text, as: UTF8.self)) }
        let sealed = try sealer.seal(JSONValue.object(secret).bytes, beside: JSONValue.object(open).bytes)
        open["sealed"] = .string(Data(sealed).base64EncodedString())
        try PrivateFile(path: FilePath(file)).write(Array((JSONValue.object(open).text(indentation: 2) + "\n").utf8))
    }

    /// Reads a plan file.
    ///
    /// - Throws: `CommandFailure`: `plan_unusable`, `unreadable_file`.
    init(_ file: String, sealedBy sealer: any Sealer) throws {
        let bytes = try PrivateFile.read(FilePath(file), what: "the plan")
        guard var open = (try? JSONValue(bytes: bytes))?.objectValue, let version = open["sprun_plan"]?.integerValue
        else {
            throw CommandFailure(
                "plan_unusable", "'\(file)' is not a plan, or is damaged", hint: "sprun plan --out FILE writes a plan")
        }
        guard version <= Self.formatVersion else {
            throw CommandFailure("plan_unusable", "the plan '\(file)' was written by a newer sprun")
        }
        let sealed = open.removeValue(forKey: "sealed")?.stringValue.flatMap { Data(base64Encoded: $0) }
        guard let sealed, let secret = sealer.unseal(Array(sealed), beside: JSONValue.object(open).bytes),
            let value = try? JSONValue(bytes: secret), let document = value["plan"]
        else {
            throw CommandFailure(
                "plan_unusable", "the plan '\(file)' is damaged, was edited, or is encrypted with another key",
                hint: "make a new plan; the key is beside the journal, in journal.key")
        }
        do throws(Plan.DocumentError) {
            plan = try Plan(document: document)
        } catch {
            throw CommandFailure("plan_unusable", "the plan '\(file)' was written by another version of sprun")
        }
        text = value["text"]?.stringValue.map { Array($0.utf8) }
    }

    init(_ plan: Plan, _ recipe: RecipeArguments) {
        self.plan = plan
        text = recipe.isEphemeral ? recipe.source.text : nil
    }

    /// Throws if the recipe, Lua or sprun are not those that made the plan.
    ///
    /// - Throws: `CommandFailure`, `recipe_changed`.
    func refuseChanged(_ recipe: RecipeArguments, _ journal: Journal) throws {
        guard journal.store.digest(recipe.source.text) == plan.header.recipeDigest else {
            throw CommandFailure(
                "recipe_changed", "the recipe '\(plan.header.recipe)' has changed since the plan was made",
                hint: "make a new plan")
        }
        guard plan.header.lua == LuaHost.luaVersion, plan.header.program == Version.number else {
            throw CommandFailure(
                "recipe_changed", "the plan was made by sprun \(plan.header.program) with \(plan.header.lua)",
                hint: "make a new plan")
        }
    }

    /// Throws if the plan is for another account.
    ///
    /// - Throws: `CommandFailure`, `other_account`.
    func refuseOther(_ account: AccountIdentity, _ journal: Journal) throws {
        guard account.key(in: journal.store) == plan.header.account else {
            throw CommandFailure(
                "other_account", "the plan is for \(plan.header.accountName)",
                hint: "use the credentials and the endpoint of that account, or --simulate for the simulated account")
        }
    }
}
