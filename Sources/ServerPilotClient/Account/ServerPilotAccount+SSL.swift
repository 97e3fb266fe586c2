public import Groundwork
public import ServerPilot

extension ServerPilotAccount {
    /// Installs a certificate on an app without AutoSSL.
    ///
    /// - `key`: the private key, in PEM. The client does not check that it belongs to the certificate.
    /// - `certificate`: the certificate, in PEM.
    /// - `chain`: the certificates between it and the root, in PEM; `nil` if there are none.
    /// - Throws: `ServerPilotError`; `notFound` if no app has the id, `badRequest` if AutoSSL is on or the
    ///   certificate is already installed.
    public func addSSL(
        to app: AppID, key: Secret<String>, certificate: String, chain: String?
    ) async throws(ServerPilotError) -> Change<SSL> {
        try await change(
            "add_ssl",
            [
                "id": .id(app), "key": .secret(key), "cert": .string(certificate),
                "cacerts": chain.map(JSONValue.string) ?? .null,
            ])
    }

    /// Enables AutoSSL, if the app's `autossl` is available and no certificate is installed.
    ///
    /// - Throws: `ServerPilotError`; `notFound` if no app has the id, `badRequest` if AutoSSL is not available, or
    ///   SSL is already on.
    public func enableAutoSSL(of app: AppID) async throws(ServerPilotError) -> Change<SSL> {
        try await change("enable_autossl", ["id": .id(app)])
    }

    /// Turns the redirect from HTTP to HTTPS on or off, for an app that has SSL.
    ///
    /// - Throws: `ServerPilotError`; `notFound` if no app has the id, `badRequest` if the app has no SSL, or the
    ///   redirect already has this setting.
    public func forceSSL(of app: AppID, _ isForced: Bool) async throws(ServerPilotError) -> Change<SSL> {
        try await change("force_ssl", ["id": .id(app), "force": .bool(isForced)])
    }

    /// Removes the certificate or AutoSSL, and turns the redirect off.
    ///
    /// - Throws: `ServerPilotError`; `notFound` if no app has the id, `badRequest` if the app has no SSL.
    @discardableResult
    public func deleteSSL(of app: AppID) async throws(ServerPilotError) -> ActionID? {
        try await call("delete_ssl", ["id": .id(app)]).actionID
    }
}
