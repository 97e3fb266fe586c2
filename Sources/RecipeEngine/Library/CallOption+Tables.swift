extension CallOption {
    /// The options of functions that wait for the action of a change.
    static let waiting = [
        CallOption("wait", "boolean", "Whether to wait until the action ends; true by default."),
        CallOption("timeout", "duration", "The time limit of the wait, such as \"10m\"."),
    ]

    /// The options of `sp.wait`.
    static let timeout = [CallOption("timeout", "duration", "The time limit, such as \"10m\".")]

    /// The options of `sp.sleep`.
    static let sleeping = [
        CallOption("reason", "string", "What the recipe waits for, such as \"AutoSSL of shop\"."),
        CallOption("gives_up", "integer", "The time at which the recipe gives up, in seconds as sp.time() returns."),
    ]

    /// The members of the table that `http.request` takes.
    static let request = [
        CallOption("method", "string", "GET by default; HEAD, POST, PUT, PATCH, DELETE or OPTIONS."),
        CallOption("url", "string", isRequired: true, "The URL, https://HOST/…; needs.http must list the host."),
        CallOption("headers", "table", "Names and values."),
        CallOption("json", "any", "The body, as a value. Use only one of json, body and form."),
        CallOption("body", "string", "The body, as text of at most 8 MiB."),
        CallOption("form", "table", "The body, as names and values of a form."),
        CallOption("timeout", "duration", "The time limit with redirects: 30s by default, at most 10m."),
        CallOption("ok", "integer[]", "Statuses to accept besides 2xx: { 404 }."),
        CallOption("reads", "boolean", "Whether the request changes nothing; true for GET, HEAD and OPTIONS."),
        CallOption("idempotency_key", "string", "A key that makes the request safe to repeat."),
        CallOption("idempotency_header", "string", "The header of that key; Idempotency-Key by default."),
        CallOption("find", "function", "Looks for the result: before the request, and after a lost reply."),
        CallOption("lost", "string", "\"raise\" raises an error with the code lost_answer if the reply is lost."),
        CallOption("planned", "table", "The reply in plans and with --simulate: { status, json, body, headers }."),
    ]

    /// The options that `ssh.run`, `ssh.copy` and the member `ssh` of other functions share.
    static let shell = [
        CallOption("host", "string", isRequired: true, "A name, an address, or an alias of your SSH configuration."),
        CallOption("port", "integer", "The port; by default that of your SSH configuration."),
        CallOption("user", "string", "The user; by default that of your SSH configuration."),
        CallOption("identity", "string", "The path of the private key. Only its owner may read it."),
        CallOption("jump", "string", "Jump hosts, user@host:port, separated by commas."),
        CallOption("host_key", "string", "The fingerprint of the host's key, SHA256:…; not with jump."),
        CallOption("known_hosts", "string", "A file of known hosts to use instead of yours."),
        CallOption("accept_new", "boolean", "Whether to trust an unknown host and to remember its key."),
        CallOption("wait", "duration", "How long to retry a host that does not answer, such as \"5m\"."),
    ]

    /// The members of the table that `ssh.run` takes.
    static let script =
        shell + [
            CallOption("script", "string", isRequired: true, "The script for sh, at most 1 MiB."),
            CallOption("stdin", "string", "Its standard input, at most 1 MiB."),
            CallOption("timeout", "duration", "The time limit; 30m by default."),
            CallOption("reads", "boolean", "Whether the script changes nothing, so that it may run again."),
            CallOption("planned", "table", "The result in plans and with --simulate: { status, stdout, stderr }."),
        ]

    /// The members of the table that `ssh.copy` takes.
    static let copy =
        shell + [
            CallOption("from", "string", "A file below a folder of needs.read; or content."),
            CallOption("content", "string", "The bytes, at most 16 MiB; or from."),
            CallOption("to", "string", isRequired: true, "The absolute path on the host."),
            CallOption("mode", "string", "The permissions; \"0644\" by default."),
            CallOption("planned", "table", "The result in plans and with --simulate: { changed }."),
        ]

    /// The members of the table that `sp.connect_server` takes, besides those of `sp.create_server`.
    static let connecting = [
        CallOption("ssh", "table", "The machine: { host, user, identity, … } with the options of ssh.run."),
        CallOption("installer", "string", "Another URL of the installer."),
        CallOption("timeout", "duration", "The time limit of the whole call; 30m by default."),
        CallOption(
            "replace_unconnected", "boolean",
            "Whether to delete and recreate a record that never connected; false by default."),
    ]
}

extension [CallOption] {
    /// The names, in order.
    var names: [String] { map(\.name) }
}
