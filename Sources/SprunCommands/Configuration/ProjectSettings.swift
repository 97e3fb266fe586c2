internal import SystemPackage

/// The settings of a project: `sprun.toml` in the working folder.
///
/// The file belongs to the project and is shared, so it can name neither credentials nor an address of the API.
struct ProjectSettings {
    /// The name of the file.
    static let fileName = "sprun.toml"

    /// The name of the profile of the project's account.
    private(set) var profile: String?
    /// The most resources that a run may create and delete.
    private(set) var maxCreate: Int?
    private(set) var maxDelete: Int?
    private let parameters: SettingsTable?
    private let recipes: SettingsTable?

    /// Reads the file; a missing file contains no settings.
    ///
    /// - Throws: `CommandFailure` for invalid TOML, unknown keys and values of the wrong type.
    init(in folder: FilePath) throws {
        guard
            let table = try SettingsTable.read(folder.appending(Self.fileName), what: "the project's settings")
        else {
            (parameters, recipes) = (nil, nil)
            return
        }
        try table.checkKeys(["profile", "max_create", "max_delete", "params", "recipes"])
        profile = try table.string("profile")
        maxCreate = try table.count("max_create")
        maxDelete = try table.count("max_delete")
        parameters = try table.table("params")
        recipes = try table.table("recipes")
    }

    /// Returns the value of a parameter: for this recipe, else for all recipes; `nil` if the file has none.
    func parameter(_ name: String, of recipe: String) throws -> String? {
        try recipes?.table(recipe)?.parameter(name) ?? parameters?.parameter(name)
    }
}
