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

    private static let command = [
        FailureKind(
            "SP0101", "usage", .usage, "the command line is wrong",
            "An argument is missing, unknown or malformed. Parameters of a recipe are written name=value."),
        FailureKind(
            "SP0102", "unreadable_file", .usage, "a file cannot be read",
            "The recipe or another file that the command names does not exist, is a folder, is too large or may not be read."
        ),
        FailureKind(
            "SP0103", "no_credentials", .credentials, "no credentials",
            "sprun looks for credentials in this order: --credentials-file, SERVERPILOT_CLIENT_ID and "
                + "SERVERPILOT_API_KEY, the file sprun in $CREDENTIALS_DIRECTORY, your own file (sprun login writes it), "
                + "credentials_command in config.toml. Without any, only --simulate can run a recipe."),
        FailureKind(
            "SP0104", "invalid_credentials", .credentials, "the credentials cannot be used",
            "They were found, but are empty, incomplete or hold characters that no client id or API key has."),
        FailureKind(
            "SP0105", "open_credentials", .credentials, "others can read the credentials",
            "A file with credentials must be readable by its owner alone (chmod 600)."),
        FailureKind(
            "SP0106", "invalid_setting", .usage, "a setting cannot be used",
            "A variable, an option or config.toml holds a value that cannot be used."),
        FailureKind(
            "SP0107", "unwritable_file", .failed, "a file cannot be written",
            "The state folder, the configuration folder or the file named cannot be written."),
        FailureKind(
            "SP0108", "account_held", .accountHeld, "another run holds the account",
            "Two runs that change one account at a time would get in each other's way. Wait until the other has ended."),
        FailureKind(
            "SP0109", "invalid_account", .failed, "the simulated account cannot be read",
            "The file that keeps the simulated account is damaged or from a newer sprun. Delete it to start afresh."),
        FailureKind(
            "SP0110", "not_served", .failed, "the simulator cannot listen",
            "The port is taken, or may not be used by this user. --port 0 takes any that is free."),
        FailureKind(
            "SP0111", "invalid_seed", .usage, "an account to begin with cannot be used",
            "The file of --seed-account is no JSON and no Lua, or what it describes breaks ServerPilot's rules. The message "
                + "says where; sprun simulate --help shows the form."),
        FailureKind(
            "SP0112", "invalid_store", .failed, "the simulator's store cannot be used",
            "The file of --store cannot be opened or written, is damaged, belongs to another program or was written by a "
                + "newer sprun. It was left as it is."),
        FailureKind(
            "SP0113", "invalid_certificate", .usage, "a certificate cannot be used",
            "The files of --tls-cert and --tls-key must hold PEM and belong together. scripts/make-ca makes a pair."),
        FailureKind(
            "SP0114", "result_kept", .failed, "the file of --result was not replaced",
            "It holds secrets that the new result does not have: a password is known only to the run that sets it. sprun "
                + "keeps them where both results name the same resource, and otherwise leaves the file as it is. Name "
                + "another file, or replace it with --force."),
    ]

    private static let outside = [
        FailureKind(
            "SP0901", "lost_answer", .failed, "a change outside of ServerPilot got no answer",
            "It may have been done or not, and doing it again could do it twice. The recipe has to look for what it makes: "
                + "pcall catches the error. An idempotency key, where the other side has such, makes it harmless to repeat."
        ),
        FailureKind(
            "SP0902", "http_status", .failed, "somebody else than ServerPilot refuses a request",
            "The answer has a status that the recipe does not take; its text is quoted. A recipe lists the statuses that are "
                + "no error for it: ok = { 404 }."),
        FailureKind(
            "SP0903", "http_refused", .failed, "a request must not be sent",
            "Requests go by HTTPS to the hosts that the recipe's needs name, and by no redirect elsewhere; private addresses "
                + "have to be named themselves. 'sprun show' lists the needs."),
        FailureKind(
            "SP0904", "http_undeclared", .failed, "a plan does not know what others would answer",
            "A plan and a simulation send nothing to others: the recipe declares what they would answer, as planned = { … }."
        ),
        FailureKind(
            "SP0905", "find_failed", .failed, "a find function failed before its request",
            "sprun calls find before it sends the request, to know which resources exist already. Nothing was sent. find "
                + "must return a table, or nil if the resource does not exist."),
        FailureKind(
            "SP0906", "find_changes", .failed, "a find function makes a change",
            "A find function must only look: it may read, wait and compute. Make changes outside of it."),
    ]

    private static let journal = [
        FailureKind(
            "SP0701", "recipe_changed", .recipeChanged, "the recipe does something else than it did",
            "A resumed run goes through what it recorded step by step, and the recipe, its parameters, Lua and sprun have "
                + "to be the same. It was stopped before anything new was sent. --accept-recipe-change takes a corrected "
                + "recipe as long as what it did so far is the same."),
        FailureKind(
            "SP0702", "undecided", .undecided, "a person must decide",
            "The answer to a change was lost, and what exists now does not tell whether it was made. Look at ServerPilot, "
                + "then: sprun resume RUN --adopt ID takes a thing as what was to be made, --recreate makes it again, "
                + "--skip goes on without it. The run prints these commands with its own id."),
        FailureKind(
            "SP0703", "unfinished_change", .unfinished, "a change may have been made or not",
            "Its answer was lost, and ServerPilot could not be asked. sprun resume finds out, and goes on."),
        FailureKind(
            "SP0704", "fenced", .accountHeld, "another run has taken the account over",
            "This run was stopped for so long that another one began. It can write no more, and so sends nothing more."),
        FailureKind(
            "SP0705", "journal_unwritten", .failed, "the journal cannot be written",
            "The disk is full, or the folder may not be written. A change is sent only after it was written down."),
        FailureKind(
            "SP0706", "journal_unusable", .failed, "the journal cannot be used",
            "It is damaged, belongs to another program or was written by a newer sprun. It was left as it is."),
        FailureKind(
            "SP0707", "journal_key", .failed, "the journal's key is missing",
            "What a journal keeps is encrypted with a key in a file beside it, for you alone. Without it, runs that are "
                + "recorded cannot be resumed. With both files moved away, a new journal begins."),
        FailureKind(
            "SP0708", "unknown_run", .usage, "there is no such run", "sprun runs lists those that there are."),
        FailureKind(
            "SP0709", "other_account", .credentials, "the run belongs to another account",
            "It was begun with other credentials or another endpoint, and can go on only there."),
        FailureKind(
            "SP0710", "skipped", .failed, "left out by a decision",
            "A creation was left out with --skip, and the recipe did not go on without it: pcall catches the error. A "
                + "recipe that was corrected so is taken with --accept-recipe-change."),
        FailureKind(
            "SP0711", "journal_busy", .accountHeld, "another process is writing the journal",
            "It has been doing so for seconds; a run that was stopped (SIGSTOP) in the middle of it holds it until it goes "
                + "on or ends."),
        FailureKind(
            "SP0801", "plan_unusable", .failed, "the plan cannot be used",
            "It is damaged, was edited, was written by a newer sprun, or by somebody with another key: a plan is encrypted "
                + "with the key of the journal beside which it was made."),
        FailureKind(
            "SP0802", "stale_plan", .recipeChanged, "the account has moved on since the plan was made",
            "Before a plan is carried out it is asked again what it rests on. Nothing was sent. Make a new plan."),
        FailureKind(
            "SP0803", "plan_differs", .recipeChanged, "the run does something else than the plan says",
            "sprun compares each change with the plan before it sends it, and stops at the first that differs. Earlier "
                + "changes are finished and recorded. Make a new plan with the same arguments: it finds what exists and "
                + "does the rest. The generated passwords of this run stay in the journal: sprun show RUN --reveal."),
        FailureKind(
            "SP0804", "too_many_changes", .limit, "more would be created or deleted than was allowed",
            "--max-create and --max-delete stop a run before the call that would pass them. --max-delete counts everything that "
                + "falls: a system user with two apps and two databases counts as five."),
        FailureKind(
            "SP0805", "unconfirmed", .usage, "something has to be confirmed, and nobody is there to ask",
            "Deletions and plans are confirmed on a terminal, or with --yes. The message names everything that would be deleted."
        ),
        FailureKind(
            "SP0806", "declined", .failed, "it was declined", "The answer was no; nothing more was sent."),
    ]

    private static let recipe = [
        FailureKind(
            "SP0201", "syntax", .failed, "the recipe is not Lua",
            "Lua 5.4 cannot read the text. Nothing of it has run."),
        FailureKind(
            "SP0202", "lua_error", .failed, "the recipe raised an error",
            "A function was given what it cannot take, a name is not defined, or the recipe called error itself."),
        FailureKind(
            "SP0203", "bad_argument", .failed, "a function was given what it cannot take",
            "The message names the argument. Nothing was sent by this call."),
        FailureKind(
            "SP0204", "invalid_arguments", .failed, "arguments break ServerPilot's rules",
            "Names, lengths and types are checked before anything is sent, all problems at once."),
        FailureKind(
            "SP0205", "bad_value", .failed, "a value cannot leave Lua",
            "Functions, cycles, text that is not UTF-8 and tables that are neither list nor object have no JSON form."),
        FailureKind(
            "SP0206", "cancelled", .interrupted, "the run was stopped",
            "Somebody stopped it. A change that was under way was finished; the lines above say what exists."),
        FailureKind(
            "SP0207", "host", .failed, "Lua could not be set up", "Memory is short, or the program itself is at fault."),
        FailureKind("SP0208", "internal", .failed, "a fault of sprun", "This should not happen. Please report it."),
        FailureKind(
            "SP0209", "bad_header", .failed, "the header of a recipe is wrong",
            "recipe { … } takes the keys that the guide lists, each of its type; all that is wrong is told at once."),
        FailureKind(
            "SP0210", "header_calls", .failed, "a header must not do anything",
            "What stands outside of run = function(p) … end is read without the right to call anything, so that a recipe "
                + "can be looked at before it runs."),
        FailureKind(
            "SP0211", "bad_parameters", .usage, "a recipe is given something else than it takes",
            "Parameters are checked, and looked up at the account, before anything is changed. sprun show FILE lists them."
        ),
        FailureKind(
            "SP0212", "bad_result", .failed, "a recipe gives something else than its header says",
            "What was done is done; the result does not fit the header's returns."),
        FailureKind(
            "SP0213", "not_granted", .failed, "a recipe may not do that",
            "A recipe with a header may do what its needs say, and what it imports no more than that. Nothing was sent. "
                + "The hint is the line to add, if the recipe should be allowed to. Of ssh, the host, its jump hosts, the "
                + "private key and the file of known hosts have to be granted, or given to the recipe as parameters."),
        FailureKind(
            "SP0214", "import_failed", .failed, "a recipe cannot be imported",
            "It was not found, is not in sprun.lock, has other bytes than the lock says, has no header, or imports go in a "
                + "circle. A run fetches nothing: sprun get does. A file imports files of its own project, and none behind "
                + "a symbolic link; a recipe from elsewhere imports nothing from this machine or its network."),
        FailureKind(
            "SP0215", "other_version", .failed, "a recipe is for another sprun",
            "Its header says which versions run it."),
        FailureKind(
            "SP0216", "no_names", .failed, "names cannot be looked up",
            "No resolver answered, or none can be asked here."),
        FailureKind(
            "SP0217", "unsafe", .failed, "a recipe of others has no wall around it",
            "Recipes run in the process sprun-lua, which the kernel keeps from files, network and other system calls. "
                + "Here the program or one of these walls is missing, so a fault in Lua could give a recipe all that sprun "
                + "has. sprun runs your own recipes, and those of others only with --unsafe."),
    ]

    private static let api = [
        FailureKind(
            "SP0301", "unauthorized", .credentials, "ServerPilot refuses the credentials",
            "The client id or the API key is wrong, or a newer key has taken its place. Making a new key at ServerPilot "
                + "revokes the old one."),
        FailureKind(
            "SP0302", "bad_request", .failed, "ServerPilot refuses the request",
            "ServerPilot did not understand it, or an argument is not acceptable there."),
        FailureKind(
            "SP0303", "payment_required", .failed, "the account has no valid card",
            "ServerPilot wants a valid card before it makes more."),
        FailureKind(
            "SP0304", "forbidden", .failed, "protected", "The thing may not be changed, such as the user serverpilot."),
        FailureKind(
            "SP0305", "not_found", .failed, "not found", "Nothing has that id; it may have been deleted meanwhile."),
        FailureKind(
            "SP0306", "conflict", .failed, "exists already",
            "A thing with that name exists. sp.find_… finds it, sp.ensure_… takes it as it is."),
        FailureKind(
            "SP0307", "throttled", .failed, "too many requests", "ServerPilot kept asking to wait. Try again later."),
        FailureKind(
            "SP0308", "server_fault", .failed, "a fault at ServerPilot",
            "ServerPilot answered with a 5xx. The change may have been made or not: look before you repeat it."),
        FailureKind(
            "SP0309", "unexpected_status", .failed, "an answer that ServerPilot does not document",
            "Is the endpoint right, and is there something between that answers in ServerPilot's place?"),
        FailureKind(
            "SP0310", "unreadable_reply", .failed, "an answer that cannot be read",
            "The answer said success but is cut or no JSON. The change may have been made: look before you repeat it."),
    ]

    private static let network = [
        FailureKind(
            "SP0401", "not_connected", .failed, "no connection",
            "Name, route, port, proxy or certificate: the message says which. Nothing was sent."),
        FailureKind(
            "SP0402", "connection_lost", .failed, "the connection was lost",
            "It ended before the whole answer was there. A change may have been made: look before you repeat it."),
        FailureKind(
            "SP0403", "timed_out", .failed, "no answer in time",
            "A change may have been made all the same: look before you repeat it."),
    ]

    private static let waiting = [
        FailureKind(
            "SP0501", "action_failed", .failed, "an action ended in error",
            "The record exists at ServerPilot, but the work on the server failed. The server's log there says why."),
        FailureKind(
            "SP0502", "wait_timed_out", .limit, "an action did not end in time",
            "Actions of a server that never connected stay open for ever; long ones need sp.wait(action, { timeout = \"30m\" })."
        ),
        FailureKind(
            "SP0503", "several_match", .failed, "several match",
            "A search for one thing found several: ask for more fields."),
        FailureKind(
            "SP0504", "cannot_converge", .failed, "what exists differs",
            "A thing with that name exists, but differs in something that cannot be changed in place."),
        FailureKind(
            "SP0505", "autossl_unavailable", .failed, "AutoSSL is not available yet",
            "It becomes available some time, at times hours, after the domain's DNS points at the server."),
        FailureKind(
            "SP0506", "rival_edit", .failed, "somebody else changed the same thing meanwhile",
            "The list of an app's domains is replaced as a whole. Where somebody else has added one since it was read, it "
                + "would be lost, so nothing was sent. sp.add_domains and sp.remove_domains keep what is there."),
        FailureKind(
            "SP0507", "never_connected", .failed, "a server's record never connected",
            "ServerPilot tells a server's key only when its record is made, and the installer cannot run without it. Resume "
                + "the run that made the record, or have it made anew: replace_unconnected = true, or by hand."),
        FailureKind(
            "SP0508", "failed_before", .failed, "an earlier run left it unfinished",
            "The resource exists at ServerPilot, but the work on the server that belongs to its creation ended in error: the "
                + "journal of the run that made it says so. sprun undo RUN deletes it; sprun resume RUN --skip accepts it "
                + "as it is."),
    ]

    private static let limits = [
        FailureKind(
            "SP0601", "memory_limit", .limit, "too much memory",
            "The recipe held more in memory than it may, or passed a value that is too large. --max-memory sets the limit."
        ),
        FailureKind(
            "SP0602", "cpu_limit", .limit, "too much computing",
            "The recipe, and what it called, computed longer than it may; waiting is free. --max-cpu sets the limit."),
        FailureKind("SP0603", "depth_limit", .limit, "nested too deeply", "Calls or coroutines are nested too deeply."),
        FailureKind(
            "SP0604", "reply_too_large", .limit, "too large an answer",
            "An answer was larger than any of ServerPilot's should be."),
    ]
}
