/// The catalogue of all kinds of failure.
///
/// A test compares it with the codes of the other targets.
enum FailureCatalogue {
    /// All kinds in the order of their numbers.
    static let all: [FailureKind] =
        command + recipe + api + network + waiting + limits + journal + outside + secureShell

    /// Returns the kind with a code; an unknown code belongs to the recipe itself.
    static func kind(_ code: String) -> FailureKind {
        all.first { $0.code == code } ?? FailureKind("SP0200", code, .failed, "error of the recipe", "")
    }

    /// Returns the kind with a number, in any case, or a code; `nil` if there is none.
    static func named(_ word: String) -> FailureKind? {
        all.first { $0.number == word.uppercased() || $0.code == word }
    }

    private static let command = [
        FailureKind(
            "SP0101", "usage", .usage, "wrong command line",
            "An argument is missing, unknown or malformed. Write recipe parameters as name=value. 'sprun help' lists "
                + "the commands."),
        FailureKind(
            "SP0102", "unreadable_file", .usage, "a file cannot be read",
            "The recipe or another file on the command line does not exist, is a folder, is too large, or you may not "
                + "read it."),
        FailureKind(
            "SP0103", "no_credentials", .credentials, "no credentials",
            "sprun looks for credentials in this order: --credentials-file or --profile; SPRUN_PROFILE; "
                + "SERVERPILOT_CLIENT_ID and SERVERPILOT_API_KEY; the file sprun in $CREDENTIALS_DIRECTORY; the profile "
                + "in sprun.toml, then in config.toml; your credentials file, which sprun login writes; "
                + "credentials_command in config.toml. Without credentials, use --simulate."),
        FailureKind(
            "SP0104", "invalid_credentials", .credentials, "invalid credentials",
            "sprun found credentials, but they are empty, incomplete or contain invalid characters."),
        FailureKind(
            "SP0105", "open_credentials", .credentials, "other users can read the credentials",
            "Only its owner may read a credentials file (chmod 600)."),
        FailureKind(
            "SP0106", "invalid_setting", .usage, "invalid setting",
            "A variable, an option or config.toml has an invalid value."),
        FailureKind(
            "SP0107", "unwritable_file", .failed, "a file cannot be written",
            "sprun cannot write to the state folder, the configuration folder, or the file that the message names."),
        FailureKind(
            "SP0108", "account_held", .accountHeld, "another run holds the account",
            "Only one run at a time may change an account. Wait until the other run ends."),
        FailureKind(
            "SP0109", "invalid_account", .failed, "the simulated account cannot be read",
            "The file of the simulated account is damaged, or a newer sprun wrote it. Delete the file to start with a "
                + "new account."),
        FailureKind(
            "SP0110", "not_served", .failed, "the simulator cannot listen",
            "Another program uses the port, or you may not use it. --port 0 takes any free port."),
        FailureKind(
            "SP0111", "invalid_seed", .usage, "invalid seed account",
            "The file of --seed-account is neither JSON nor Lua, or its account breaks ServerPilot's rules. The "
                + "message says where. sprun simulate --help shows the form."),
        FailureKind(
            "SP0112", "invalid_store", .failed, "the simulator's store cannot be used",
            "sprun cannot open or write the file of --store, or the file is damaged, belongs to another program, or "
                + "comes from a newer sprun. sprun did not change it."),
        FailureKind(
            "SP0113", "invalid_certificate", .usage, "invalid certificate",
            "The files of --tls-cert and --tls-key must contain PEM and belong together. scripts/make-ca makes a "
                + "pair."),
        FailureKind(
            "SP0114", "result_kept", .failed, "the file of --result was not replaced",
            "The file contains secrets that the new result lacks. Only the run that sets a password knows it. sprun "
                + "keeps the secrets of a resource that both results name; otherwise it does not change the file. "
                + "Name another file, or replace this file with --force."),
    ]

    private static let recipe = [
        FailureKind(
            "SP0201", "syntax", .failed, "the recipe is not valid Lua",
            "Lua 5.4 cannot parse the recipe. No part of it has run."),
        FailureKind(
            "SP0202", "lua_error", .failed, "the recipe raised an error",
            "A function got an invalid value, a name is not defined, or the recipe called error()."),
        FailureKind(
            "SP0203", "bad_argument", .failed, "invalid argument",
            "The message names the argument. This call sent nothing."),
        FailureKind(
            "SP0204", "invalid_arguments", .failed, "arguments break ServerPilot's rules",
            "sprun checks names, lengths and types before it sends a request, and lists all problems."),
        FailureKind(
            "SP0205", "bad_value", .failed, "a value cannot be converted to JSON",
            "Functions, cycles, text that is not UTF-8, and tables that are neither a list nor an object have no JSON "
                + "form."),
        FailureKind(
            "SP0206", "cancelled", .interrupted, "the run was cancelled",
            "A signal stopped the run. sprun completed the current change; the lines above show what exists."),
        FailureKind(
            "SP0207", "host", .failed, "Lua could not start",
            "The machine is short of memory, or sprun has a bug."),
        FailureKind("SP0208", "internal", .failed, "internal error", "This is a bug in sprun. Please report it."),
        FailureKind(
            "SP0209", "bad_header", .failed, "invalid header",
            "The guide lists the keys of recipe { … } and their types. The message lists all problems."),
        FailureKind(
            "SP0210", "header_calls", .failed, "a call outside run",
            "sprun reads a recipe before it runs it. Only run = function(p) … end may call functions of sprun."),
        FailureKind(
            "SP0211", "bad_parameters", .usage, "invalid parameters",
            "sprun checks the parameters, also against the account, before it changes anything. sprun show FILE lists "
                + "them."),
        FailureKind(
            "SP0212", "bad_result", .failed, "the result does not match the header",
            "The changes stay. Correct returns in the recipe's header."),
        FailureKind(
            "SP0213", "not_granted", .failed, "the recipe lacks a permission",
            "A recipe may do only what its needs declare, and its imports no more than that. Nothing was sent. The "
                + "hint shows the line to add. For ssh, the needs or parameters must name the host, its jump hosts, "
                + "the private key and the file of known hosts."),
        FailureKind(
            "SP0214", "import_failed", .failed, "an import failed",
            "The module does not exist, is not in sprun.lock, differs from its hash there, has no header, or is part "
                + "of a cycle. A run fetches nothing; sprun get does. A file imports files of its own project, but "
                + "not through a symbolic link. A recipe from elsewhere imports nothing from this machine or its "
                + "network."),
        FailureKind(
            "SP0215", "other_version", .failed, "the recipe needs another version of sprun",
            "The recipe's header lists the versions that run it."),
        FailureKind(
            "SP0216", "no_names", .failed, "host names cannot be resolved",
            "No DNS server answered, or none is available here."),
        FailureKind(
            "SP0217", "unsafe", .failed, "the isolation of recipes is incomplete",
            "Recipes run in the process sprun-lua, which the kernel isolates from files, network and other system "
                + "calls. Here sprun-lua or part of the isolation is missing, so a bug in Lua could give a recipe all "
                + "rights of sprun. sprun runs your own recipes, and those of others only with --unsafe."),
        FailureKind(
            "SP0218", "missing_field", .failed, "the result has no such member",
            "The run is complete, but its result has no member with the name of --field. The message lists the members."
        ),
    ]

    private static let api = [
        FailureKind(
            "SP0301", "unauthorized", .credentials, "ServerPilot rejected the credentials",
            "The client id or the API key is wrong, or a newer key replaced it. A new key revokes the old key."),
        FailureKind(
            "SP0302", "bad_request", .failed, "ServerPilot rejected the request",
            "ServerPilot cannot parse the request, or an argument is invalid."),
        FailureKind(
            "SP0303", "payment_required", .failed, "the account has no valid card",
            "ServerPilot requires a valid card before it creates more resources."),
        FailureKind(
            "SP0304", "forbidden", .failed, "protected resource",
            "The resource cannot be changed, such as the system user serverpilot."),
        FailureKind(
            "SP0305", "not_found", .failed, "not found",
            "No resource has this id. It may have been deleted meanwhile."),
        FailureKind(
            "SP0306", "conflict", .failed, "already exists",
            "A resource with this name exists. sp.find_… finds it; sp.ensure_… accepts it."),
        FailureKind(
            "SP0307", "throttled", .failed, "too many requests",
            "ServerPilot kept asking sprun to slow down. Try again later."),
        FailureKind(
            "SP0308", "server_fault", .failed, "server error at ServerPilot",
            "ServerPilot responded with a 5xx status. The change may have been made: check before you repeat it."),
        FailureKind(
            "SP0309", "unexpected_status", .failed, "undocumented response",
            "ServerPilot does not document this status. Check the endpoint and any proxy."),
        FailureKind(
            "SP0310", "unreadable_reply", .failed, "unreadable response",
            "The response reports success, but is truncated or not JSON. The change may have been made: check before "
                + "you repeat it."),
    ]

    private static let network = [
        FailureKind(
            "SP0401", "not_connected", .failed, "no connection",
            "The message names the cause: host name, route, port, proxy or certificate. Nothing was sent."),
        FailureKind(
            "SP0402", "connection_lost", .failed, "connection lost",
            "The connection ended before the whole response arrived. The change may have been made: check before you "
                + "repeat it."),
        FailureKind(
            "SP0403", "timed_out", .failed, "timeout",
            "No response arrived in time. The change may have been made: check before you repeat it."),
    ]

    private static let waiting = [
        FailureKind(
            "SP0501", "action_failed", .failed, "an action failed",
            "The resource exists at ServerPilot, but the work on the server failed. The server's log at ServerPilot "
                + "shows why."),
        FailureKind(
            "SP0502", "wait_timed_out", .limit, "an action did not finish in time",
            "Actions of a server that never connected stay open forever. Give long actions more time: sp.wait(action, "
                + "{ timeout = \"30m\" })."),
        FailureKind(
            "SP0503", "several_match", .failed, "several resources match",
            "A search for one resource found several. Search by more fields."),
        FailureKind(
            "SP0504", "cannot_converge", .failed, "the existing resource differs",
            "A resource with this name exists, but differs in a field that cannot be changed in place."),
        FailureKind(
            "SP0505", "autossl_unavailable", .failed, "AutoSSL is not available yet",
            "AutoSSL becomes available after the domain's DNS points to the server, sometimes hours later."),
        FailureKind(
            "SP0506", "rival_edit", .failed, "someone else changed the same list",
            "ServerPilot replaces the list of an app's domains as a whole. Someone added a domain after the run read "
                + "the list, and the request would remove it. Nothing was sent. sp.add_domains and sp.remove_domains "
                + "keep other domains."),
        FailureKind(
            "SP0507", "never_connected", .failed, "a server record never connected",
            "ServerPilot shows a server's key only when its record is created, and the installer needs the key. "
                + "Resume the run that created the record, or create a new record: replace_unconnected = true, or by "
                + "hand."),
        FailureKind(
            "SP0508", "failed_before", .failed, "an earlier run left a resource unfinished",
            "The resource exists at ServerPilot, but its creation failed on the server, as the journal of that run "
                + "shows. sprun undo RUN deletes it; sprun resume RUN --skip accepts it as it is."),
        FailureKind(
            "SP0509", "items_failed", .failed, "items of sp.each or sp.all failed",
            "The call collects failures (collect = true), so the other items ran to their ends. The message lists the "
                + "first failures; pcall returns all of them in errors, and the results of the other items in results. "
                + "sprun resume tries the failed items again."),
    ]

    private static let limits = [
        FailureKind(
            "SP0601", "memory_limit", .limit, "memory limit exceeded",
            "The recipe used more memory than it may, or passed a value that is too large. --max-memory sets the "
                + "limit."),
        FailureKind(
            "SP0602", "cpu_limit", .limit, "CPU limit exceeded",
            "The recipe and the functions that it called used more CPU time than they may. Waiting does not count. "
                + "--max-cpu sets the limit."),
        FailureKind("SP0603", "depth_limit", .limit, "nested too deeply", "Calls or coroutines are nested too deeply."),
        FailureKind(
            "SP0604", "reply_too_large", .limit, "response too large",
            "The response is larger than any valid response of ServerPilot."),
    ]

    private static let journal = [
        FailureKind(
            "SP0701", "recipe_changed", .recipeChanged, "the recipe's calls differ from the recorded calls",
            "A resumed run repeats its recorded steps. The recipe, its parameters, Lua and sprun must be the same. "
                + "sprun stopped before it sent anything new. --accept-recipe-change accepts a corrected recipe whose "
                + "recorded steps are the same."),
        FailureKind(
            "SP0702", "undecided", .undecided, "a person must decide",
            "No reply to a change arrived, and the account does not show whether the change was made. Look at "
                + "ServerPilot, then decide: sprun resume RUN --adopt ID uses an existing resource, --recreate "
                + "creates it again, --skip leaves it out. The run prints these commands with its id."),
        FailureKind(
            "SP0703", "unfinished_change", .unfinished, "a change may have been made",
            "No reply arrived, and sprun could not ask ServerPilot. sprun resume checks the account and continues."),
        FailureKind(
            "SP0704", "fenced", .accountHeld, "another run took over the account",
            "This run was suspended for so long that another run began. It can no longer write to the journal, so it "
                + "sends nothing more."),
        FailureKind(
            "SP0705", "journal_unwritten", .failed, "the journal cannot be written",
            "The disk is full, or you may not write to the folder. sprun records each change before it sends it."),
        FailureKind(
            "SP0706", "journal_unusable", .failed, "the journal cannot be used",
            "It is damaged, belongs to another program, or comes from a newer sprun. sprun did not change it."),
        FailureKind(
            "SP0707", "journal_key", .failed, "the journal's key is missing",
            "The journal is encrypted with the key in the file beside it. Without the key, recorded runs cannot be "
                + "resumed. Move both files away to begin a new journal."),
        FailureKind("SP0708", "unknown_run", .usage, "no such run", "sprun runs lists all recorded runs."),
        FailureKind(
            "SP0709", "other_account", .credentials, "the run belongs to another account",
            "The run began with other credentials or another endpoint. Resume it with those."),
        FailureKind(
            "SP0710", "skipped", .failed, "skipped by a person",
            "A creation was skipped with --skip, and the recipe did not catch the error. Catch it with pcall, then "
                + "resume with --accept-recipe-change."),
        FailureKind(
            "SP0711", "journal_busy", .accountHeld, "another process is writing to the journal",
            "It has been writing for seconds. A suspended run (SIGSTOP) holds the journal until it continues or ends."),
        FailureKind(
            "SP0801", "plan_unusable", .failed, "the plan cannot be used",
            "The file is damaged, was edited, comes from a newer sprun, or is encrypted with the key of another "
                + "journal."),
        FailureKind(
            "SP0802", "stale_plan", .recipeChanged, "the plan is stale",
            "Before apply sends a change, it re-reads what the plan depends on. Something has changed, so it stopped. "
                + "Make a new plan."),
        FailureKind(
            "SP0803", "plan_differs", .recipeChanged, "the run differs from its plan",
            "sprun compares each change with the plan before it sends it, and stops at the first difference. Earlier "
                + "changes are complete and recorded. Make a new plan with the same arguments: it finds existing "
                + "resources and plans the rest. Generated passwords of this run stay in the journal: sprun show RUN "
                + "--reveal."),
        FailureKind(
            "SP0804", "too_many_changes", .limit, "too many creations or deletions",
            "--max-create and --max-delete, and limits in a recipe's header, stop a run before the call that would "
                + "exceed them. Dependents count too: a system user with two apps and two databases counts as five "
                + "deletions."),
        FailureKind(
            "SP0805", "unconfirmed", .usage, "a confirmation is missing",
            "Deletions and plans must be confirmed on a terminal, or with --yes. The message names everything that "
                + "would be deleted."),
        FailureKind("SP0806", "declined", .failed, "declined", "You answered no, so sprun sent nothing more."),
    ]

    private static let outside = [
        FailureKind(
            "SP0901", "lost_answer", .failed, "no reply to a change outside ServerPilot",
            "The change may have been made, and a repeated request could make it twice. Catch the error with pcall "
                + "and look for the result. If the API has idempotency keys, send one: then repeating is safe."),
        FailureKind(
            "SP0902", "http_status", .failed, "an external API rejected the request",
            "The response has a status that the recipe does not accept; the message quotes the response. The recipe "
                + "can accept a status: ok = { 404 }."),
        FailureKind(
            "SP0903", "http_refused", .failed, "a request is not allowed",
            "Requests must use HTTPS and go to hosts in the recipe's needs, also after a redirect. Private addresses "
                + "must be listed themselves. sprun show lists the needs."),
        FailureKind(
            "SP0904", "http_undeclared", .failed, "the reply of an external API is not declared",
            "Plans and simulated runs send nothing to external APIs. The recipe declares the reply: planned = { … }."),
        FailureKind(
            "SP0905", "find_failed", .failed, "a find function failed before its request",
            "sprun calls find before it sends the request, to know which resources exist. Nothing was sent. find must "
                + "return a table, or nil if the resource does not exist."),
        FailureKind(
            "SP0906", "find_changes", .failed, "a find function makes a change",
            "A find function must only look: it may read, wait and compute. Make changes outside it."),
    ]
}
