internal import Groundwork
internal import OrderedCollections
internal import HTTPTypes

/// Three operations share `POST /apps/:id/ssl`; each has its own body members, which never go together.
extension Operation {
    static let ssl: [Operation] = [
        Operation(
            "add_ssl", .post, "/apps/:id/ssl", about: .app, pathParameters: [.pathID(.app)],
            body: [
                .required("key", .string, secrecy: .secret, Constraint.privateKey, "The private key, in PEM."),
                .required("cert", .string, Constraint.certificate, "The certificate, in PEM."),
                .required(
                    "cacerts", .string, nullable: true, Constraint.certificate,
                    "The certificate chain in PEM, "
                        + "or null."),
            ],
            effect: .update, result: .object(.ssl), queues: .always,
            rules: [.exists(.app), .autoSSLIsOff, .changesCertificate],
            "Installs a custom certificate on an app without AutoSSL."),
        Operation(
            "enable_autossl", .post, "/apps/:id/ssl", about: .app, pathParameters: [.pathID(.app)],
            fixedBody: ["auto": true], argumentStyle: .positional, effect: .update, result: .object(.ssl),
            queues: .always, rules: [.exists(.app), .autoSSLCanBeEnabled],
            "Enables AutoSSL on an app, if AutoSSL is available and no custom certificate is installed."),
        Operation(
            "force_ssl", .post, "/apps/:id/ssl", about: .app, pathParameters: [.pathID(.app)],
            body: [.required("force", .boolean, "Whether plain HTTP is redirected to HTTPS.")],
            argumentStyle: .positional, effect: .update, result: .object(.ssl), queues: .always,
            rules: [.exists(.app), .hasSSL, .hasSSLToUnforce, .changesForceSSL],
            "Turns the redirect from HTTP to HTTPS on or off, on an app that has SSL."),
        Operation(
            "delete_ssl", .delete, "/apps/:id/ssl", about: .app, pathParameters: [.pathID(.app)],
            effect: .delete, result: .nothing, queues: .always, rules: [.exists(.app), .hasSSL],
            "Removes the certificate or AutoSSL of an app, and turns the redirect off."),
    ]
}
