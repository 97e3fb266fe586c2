internal import Groundwork
internal import SystemPackage

/// The recipe that `sprun new` writes.
///
/// It plans and runs on the simulated account as it is: its parameters have defaults that fit that account.
struct RecipeTemplate {
    /// The name in the header, from the name of the file.
    private let name: String

    /// Creates the template for a file; `nil` if the file has no name besides its ending.
    init?(file: String) {
        let stem = FilePath(file).lastComponent?.stem ?? ""
        let letters = stem.lowercased().utf8.map { byte in
            byte.isDigit || byte.isLowercaseLetter ? byte : UInt8(ascii: "-")
        }
        let name = String(decoding: letters, as: UTF8.self).split(separator: "-").joined(separator: "-")
        guard !name.isEmpty else { return nil }
        self.name = name
    }

    /// The text of the recipe.
    var text: String {
        """
        return recipe {
            name = "\(name)", version = "1.0.0",
            summary = "A system user on a server",

            -- Everything that this recipe may change. sprun stops any other change.
            needs = { create = { "sysusers" } },

            -- Set a parameter with name=value: sprun run --simulate \(name).lua user=acme
            params = {
                server = param.server{ default = "www1", doc = "The server: its name or id." },
                user = param.string{ default = "acme", min = 3, max = 32, doc = "The name of the system user." },
            },

            -- The result. "string?" and "secret?" mark values that can be missing.
            returns = { user = "string", status = "string", password = "secret?" },

            run = function(p)
                -- Generate a password only for a new user: nobody can read the password of an existing user.
                local known = sp.find_sysuser{ serverid = p.server.id, name = p.user }
                local password = not known and sp.secret("password of " .. p.user) or nil

                -- Create the user, or keep it. A second run changes nothing.
                local user, status = sp.ensure_sysuser{
                    serverid = p.server.id, name = p.user, password = password,
                }

                -- To continue: sprun help sp lists all functions, and sprun help sp.ensure_app explains one.
                return { user = user.name, status = status, password = password }
            end,
        }

        """
    }
}
