internal import Groundwork

/// Rules about a request as a whole, apart from its arguments.
extension Behaviour {
    /// The check of the credentials, which comes before all others.
    public static let credentialsFirst = Behaviour(
        "request-credentials", .production, status: 401,
        "Wrong credentials are refused before anything else is looked at.")
    /// A path that no operation has.
    public static let pathIsKnown = Behaviour(
        "request-path", .documented, status: 404, "A path that leads to nothing is refused.")
    /// A method that the path does not have.
    public static let methodIsKnown = Behaviour(
        "request-method", .inferred, status: 405, "A method that a path does not have is refused.",
        otherwise: .isRefused(status: 404))
    /// A `HEAD` request.
    public static let headIsRefused = Behaviour(
        "request-head", .inferred, "HEAD is refused, like every method that a path does not have.",
        settings: .oneOf(("refused", .holds), ("as-get", .happens("it is answered like GET, without a body"))))
    /// An `OPTIONS` request.
    public static let optionsAreRefused = Behaviour(
        "request-options", .inferred, "OPTIONS is refused, like every method that a path does not have.",
        settings: .oneOf(("refused", .holds), ("answered", .happens("200 with the methods of the path in Allow"))))
    /// A request with `Expect: 100-continue`.
    public static let expectationIsAnswered = Behaviour(
        "expect-continue", .documented,
        "Expect: 100-continue is answered at once: with 100, or with the refusal by credentials, path, method or size.")
    /// A connection with an old version of TLS.
    public static let tlsIsRecent = Behaviour(
        "tls-version", .inferred, "A connection with TLS 1.0 or 1.1 is refused.",
        settings: .oneOf(("1.2", .holds), ("1.0", .isAccepted)))
    /// The `WWW-Authenticate` header of a 401.
    public static let credentialsChallenge = Behaviour(
        "credentials-challenge", .inferred, "A 401 has the header WWW-Authenticate: Basic realm=\"ServerPilot API\".",
        settings: .oneOf(("basic", .holds), ("none", .happens("it has no WWW-Authenticate"))))
    /// The message of a 401.
    public static let credentialsText = Behaviour(
        "credentials-text", .inferred, "The message of a 401 is a sentence about client id and API key.",
        settings: .oneOf(("sentence", .holds), ("word", .happens("the message is Unauthorized"))))
    /// A body that is not JSON.
    public static let bodyIsJSON = Behaviour(
        "request-json", .live, status: 400, "A body that is no JSON is refused, and the refusal repeats it.")
    /// A POST without a body.
    public static let bodyIsGiven = Behaviour(
        "body-empty", .inferred, status: 400, "A POST without a body is refused.",
        settings: .oneOf(("refused", .holds), ("object", .happens("no body counts as {}"))))
    /// A JSON body that is not an object.
    public static let bodyIsObject = Behaviour(
        "body-not-object", .inferred, status: 400, "A body of JSON that is no object, such as null or [], is refused.",
        settings: .oneOf(("refused", .holds), ("object", .happens("null and [] count as {}"))))
    /// A body in form encoding, as browsers send it.
    public static let bodyIsNoForm = Behaviour(
        "body-form", .inferred, status: 400, "A body of the type application/x-www-form-urlencoded must be JSON too.",
        settings: .oneOf(("refused", .holds), ("read", .happens("a form is read, each value as a string"))))
    /// A body with a repeated member name.
    public static let lastMemberCounts = Behaviour(
        "body-double-member", .inferred, "Of two members of a body with one name the last counts.",
        settings: .oneOf(
            ("last", .holds), ("first", .happens("the first counts")), ("refused", .isRefused(status: 400))))
    /// A body that is too large.
    public static let bodyIsSmall = Behaviour(
        "request-size", .inferred, status: 413, "A body of more than a mebibyte is refused.",
        otherwise: .isRefused(status: 400))
    /// A header larger than any client sends.
    public static let headerIsSmall = Behaviour(
        "request-header-size", .inferred, status: 431, "A header that is too large is refused.",
        otherwise: .isRefused(status: 400))
    /// A request that is not HTTP/1.1.
    public static let requestIsHTTP = Behaviour(
        "request-http", .documented, status: 400, "What is no request of HTTP/1.1 is not understood.")
    /// A body with members of several operations that share the path.
    public static let oneKind = Behaviour(
        "request-one-kind", .documented, status: 400,
        "auto, force, and key with cert never go together in one request.")
    /// A body with members of none of the operations that share the path.
    public static let someKind = Behaviour(
        "request-kind", .documented, status: 400, "A request about SSL names one of auto, force, and key with cert.")
    /// The `Content-Type` of a JSON body.
    public static let anyContentType = Behaviour(
        "content-type-optional", .documented, "A JSON body is read whatever its Content-Type says.")

    static let requests = [
        tlsIsRecent, requestIsHTTP, headerIsSmall, expectationIsAnswered, credentialsFirst, credentialsChallenge,
        credentialsText, pathIsKnown, methodIsKnown, headIsRefused, optionsAreRefused, bodyIsSmall, bodyIsJSON,
        bodyIsGiven, bodyIsObject, bodyIsNoForm, lastMemberCounts, anyContentType, someKind, oneKind,
    ]
}
