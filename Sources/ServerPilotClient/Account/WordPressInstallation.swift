public import Groundwork

/// The settings with which WordPress is installed in a new app.
///
/// ```swift
/// func createBlog(in account: ServerPilotAccount, for user: SysuserID, password: Secret<String>) async throws {
///     let wordpress = WordPressInstallation(
///         siteTitle: "Acme", adminUser: "olive", adminPassword: password, adminEmail: "olive@acme.example")
///     let app = try await account.createApp(
///         name: "acmeblog", sysuser: user, runtime: "php8.4", domains: ["acme.example"], wordpress: wordpress)
///     try await account.wait(for: app.actionID)
/// }
/// ```
public struct WordPressInstallation: Hashable, Sendable {
    /// The title of the site.
    public var siteTitle: String
    /// The user name of the administrator.
    public var adminUser: String
    /// The administrator's password: 8 to 200 characters.
    public var adminPassword: Secret<String>
    /// The email address of the administrator.
    public var adminEmail: String

    /// Creates the settings.
    public init(siteTitle: String, adminUser: String, adminPassword: Secret<String>, adminEmail: String) {
        self.siteTitle = siteTitle
        self.adminUser = adminUser
        self.adminPassword = adminPassword
        self.adminEmail = adminEmail
    }

    /// The settings as the `wordpress` argument of a request.
    var argument: JSONValue {
        [
            "site_title": .string(siteTitle), "admin_user": .string(adminUser),
            "admin_password": .secret(adminPassword), "admin_email": .string(adminEmail),
        ]
    }
}
