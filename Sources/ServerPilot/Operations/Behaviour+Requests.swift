internal import Groundwork

/// Rules about a request as a whole, apart from its arguments.
extension Behaviour {
    /// The check of the credentials, which comes before all others.
    package static let credentialsFirst = Behaviour(
        "request-credentials", .production, status: 401,
        "ServerPilot checks the credentials first.")
    /// A path that no operation has.
    package static let pathIsKnown = Behaviour(
        "request-path", .documented, status: 404, "ServerPilot rejects an unknown path.")
    /// A method that the path does not have.
    package static let methodIsKnown = Behaviour(
        "request-method", .inferred, status: 405, "ServerPilot rejects a method that the path does not support.",
        otherwise: .isRefused(status: 404))
    /// A `HEAD` request.
    package static let headIsRefused = Behaviour(
        "request-head", .inferred, "ServerPilot rejects HEAD, like any unsupported method.",
        settings: .oneOf(("refused", .holds), ("as-get", .happens("it replies as to GET, without a body"))))
    /// An `OPTIONS` request.
    package static let optionsAreRefused = Behaviour(
        "request-options", .inferred, "ServerPilot rejects OPTIONS, like any unsupported method.",
        settings: .oneOf(
            ("refused", .holds),
            (
                "answered",
                .happens(
                    "it replies 200 with the methods of the path in "
                        + "Allow")
            )))
    /// A request with `Expect: 100-continue`.
    package static let expectationIsAnswered = Behaviour(
        "expect-continue", .documented,
        "ServerPilot replies to Expect: 100-continue at once: 100, or the error for credentials, path, method or size.")
    /// A connection with an old version of TLS.
    package static let tlsIsRecent = Behaviour(
        "tls-version", .inferred, "ServerPilot rejects TLS 1.0 and 1.1.",
        settings: .oneOf(("1.2", .holds), ("1.0", .isAccepted)))
    /// The `WWW-Authenticate` header of a 401.
    package static let credentialsChallenge = Behaviour(
        "credentials-challenge", .inferred, "A 401 has the header WWW-Authenticate: Basic realm=\"ServerPilot API\".",
        settings: .oneOf(("basic", .holds), ("none", .happens("it has no WWW-Authenticate"))))
    /// The message of a 401.
    package static let credentialsText = Behaviour(
        "credentials-text", .inferred, "The message of a 401 is a sentence about client id and API key.",
        settings: .oneOf(("sentence", .holds), ("word", .happens("the message is Unauthorized"))))
    /// A body that is not JSON.
    package static let bodyIsJSON = Behaviour(
        "request-json", .live, status: 400,
        "ServerPilot rejects a body that is not JSON, and its error message "
            + "repeats the body.")
    /// A POST without a body.
    package static let bodyIsGiven = Behaviour(
        "body-empty", .inferred, status: 400, "ServerPilot rejects a POST without a body.",
        settings: .oneOf(("refused", .holds), ("object", .happens("no body counts as {}"))))
    /// A JSON body that is not an object.
    package static let bodyIsObject = Behaviour(
        "body-not-object", .inferred, status: 400,
        "ServerPilot rejects a JSON body that is not an object, such as "
            + "null or [].",
        settings: .oneOf(("refused", .holds), ("object", .happens("null and [] count as {}"))))
    /// A body in form encoding, as browsers send it.
    package static let bodyIsNoForm = Behaviour(
        "body-form", .inferred, status: 400, "A body of type application/x-www-form-urlencoded must also be JSON.",
        settings: .oneOf(("refused", .holds), ("read", .happens("ServerPilot reads the form, each value as a string"))))
    /// A body with a repeated member name.
    package static let lastMemberCounts = Behaviour(
        "body-double-member", .inferred, "If a body has two members with the same name, the last one counts.",
        settings: .oneOf(
            ("last", .holds), ("first", .happens("the first counts")), ("refused", .isRefused(status: 400))))
    /// A body that is too large.
    package static let bodyIsSmall = Behaviour(
        "request-size", .inferred, status: 413, "ServerPilot rejects a body of more than 1 MiB.",
        otherwise: .isRefused(status: 400))
    /// A header larger than any client sends.
    package static let headerIsSmall = Behaviour(
        "request-header-size", .inferred, status: 431, "ServerPilot rejects headers that are too large.",
        otherwise: .isRefused(status: 400))
    /// A request that is not HTTP/1.1.
    package static let requestIsHTTP = Behaviour(
        "request-http", .documented, status: 400, "ServerPilot rejects a request that is not HTTP/1.1.")
    /// A body with members of several operations that share the path.
    package static let oneKind = Behaviour(
        "request-one-kind", .documented, status: 400,
        "A request cannot combine auto, force, and key with cert.")
    /// A body with members of none of the operations that share the path.
    package static let someKind = Behaviour(
        "request-kind", .documented, status: 400, "A request about SSL needs auto, force, or key with cert.")
    /// The `Content-Type` of a JSON body.
    package static let anyContentType = Behaviour(
        "content-type-optional", .documented, "ServerPilot reads a JSON body with any Content-Type.")

    static let requests = [
        tlsIsRecent, requestIsHTTP, headerIsSmall, expectationIsAnswered, credentialsFirst, credentialsChallenge,
        credentialsText, pathIsKnown, methodIsKnown, headIsRefused, optionsAreRefused, bodyIsSmall, bodyIsJSON,
        bodyIsGiven, bodyIsObject, bodyIsNoForm, lastMemberCounts, anyContentType, someKind, oneKind,
    ]
}
