internal import RecipeLanguage

/// The members of the tables of options that functions take.
///
/// The functions accept the members that their tables list. The reference shows the same tables.
enum CallOption {
    /// The options of functions that wait for the action of a change.
    static let waiting = [
        TableKey("wait", "boolean", "Whether to wait until the action ends; true by default."),
        TableKey("timeout", "duration", "The time limit of the wait, such as \"10m\"."),
    ]

    /// The options of `sp.wait`.
    static let timeout = [TableKey("timeout", "duration", "The time limit, such as \"10m\".")]

    /// The options of `sp.sleep`.
    static let sleeping = [
        TableKey("reason", "string", "What the recipe waits for, such as \"AutoSSL of shop\"."),
        TableKey("gives_up", "integer", "The time at which the recipe gives up, in seconds as sp.time() returns."),
    ]

    /// The members of the table that `http.request` takes.
    static let request = [
        TableKey("method", "string", "GET by default; HEAD, POST, PUT, PATCH, DELETE or OPTIONS."),
        TableKey("url", "string", isRequired: true, "The URL, https://HOST/…; needs.http must list the host."),
        TableKey("headers", "table", "Names and values."),
        TableKey("json", "any", "The body, as a value. Use only one of json, body and form."),
        TableKey("body", "string", "The body, as text of at most 8 MiB."),
        TableKey("form", "table", "The body, as names and values of a form."),
        TableKey("timeout", "duration", "The time limit with redirects: 30s by default, at most 10m."),
        TableKey("ok", "integer[]", "Statuses to accept besides 2xx: { 404 }."),
        TableKey("reads", "boolean", "Whether the request changes nothing; true for GET, HEAD and OPTIONS."),
        TableKey("idempotency_key", "string", "A key that makes the request safe to repeat."),
        TableKey("idempotency_header", "string", "The header of that key; Idempotency-Key by default."),
        TableKey("find", "function", "Looks for the result: before the request, and after a lost reply."),
        TableKey("lost", "string", "\"raise\" raises an error with the code lost_answer if the reply is lost."),
        TableKey("planned", "table", "The reply in plans and with --simulate: { status, json, body, headers }."),
    ]

    /// The options that `ssh.run`, `ssh.copy` and the member `ssh` of other functions share.
    static let shell = [
        TableKey("host", "string", isRequired: true, "A name, an address, or an alias of your SSH configuration."),
        TableKey("port", "integer", "The port; by default that of your SSH configuration."),
        TableKey("user", "string", "The user; by default that of your SSH configuration."),
        TableKey("identity", "string", "The path of the private key. Only its owner may read it."),
        TableKey("jump", "string", "Jump hosts, user@host:port, separated by commas."),
        TableKey("host_key", "string", "The fingerprint of the host's key, SHA256:…; not with jump."),
        TableKey("known_hosts", "string", "A file of known hosts to use instead of yours."),
        TableKey("accept_new", "boolean", "Whether to trust an unknown host and to remember its key."),
        TableKey("wait", "duration", "How long to retry a host that does not answer, such as \"5m\"."),
    ]

    /// The members of the table that `ssh.run` takes.
    static let script =
        shell + [
            TableKey("script", "string", isRequired: true, "The script for sh, at most 1 MiB."),
            TableKey("stdin", "string", "Its standard input, at most 1 MiB."),
            TableKey("timeout", "duration", "The time limit; 30m by default."),
            TableKey("reads", "boolean", "Whether the script changes nothing, so that it may run again."),
            TableKey("planned", "table", "The result in plans and with --simulate: { status, stdout, stderr }."),
        ]

    /// The members of the table that `ssh.copy` takes.
    static let copy =
        shell + [
            TableKey("from", "string", "A file below a folder of needs.read; or content."),
            TableKey("content", "string", "The bytes, at most 16 MiB; or from."),
            TableKey("to", "string", isRequired: true, "The absolute path on the host."),
            TableKey("mode", "string", "The permissions; \"0644\" by default."),
            TableKey("planned", "table", "The result in plans and with --simulate: { changed }."),
        ]

    /// The members of the table that `sp.connect_server` takes, besides those of `sp.create_server`.
    static let connecting = [
        TableKey("ssh", "table", "The machine: { host, user, identity, … } with the options of ssh.run."),
        TableKey("installer", "string", "Another URL of the installer."),
        TableKey("timeout", "duration", "The time limit of the whole call; 30m by default."),
        TableKey(
            "replace_unconnected", "boolean",
            "Whether to delete and recreate a record that never connected; false by default."),
    ]
}
