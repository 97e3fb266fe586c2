public import ServerPilot

/// What WordPress is installed with in a new app.
public struct WordPressInstallation: Hashable, Sendable {
    /// The title of the site.
    public var siteTitle: String
    /// The name of the administrator.
    public var adminUser: String
    /// The administrator's password: 8 to 200 characters.
    public var adminPassword: Secret<String>
    /// The administrator's address.
    public var adminEmail: String

    /// What WordPress is installed with.
    public init(siteTitle: String, adminUser: String, adminPassword: Secret<String>, adminEmail: String) {
        self.siteTitle = siteTitle
        self.adminUser = adminUser
        self.adminPassword = adminPassword
        self.adminEmail = adminEmail
    }

    /// As the `wordpress` of a request.
    var argument: JSONValue {
        [
            "site_title": .string(siteTitle), "admin_user": .string(adminUser),
            "admin_password": .secret(adminPassword), "admin_email": .string(adminEmail),
        ]
    }
}
