"""Plants each bug of BUGS in a copy of the last commit, and tells which tests catch it.

usage: bugs.py [--anchors | NAME …]

--anchors only checks, without a build, that the place of each bug is found.

A bug is one replacement in one file. The file is named, or a folder with one file that has the text, so that moving code
within a target breaks nothing. A bug is caught when the tests that its filter names fail; a build that fails, or a
replacement that does not fit any more, is an error of this list.
"""
import os
import re
import subprocess
import sys

# A checkout to work in, instead of a copy of one's own; it must have no changes.
COPY = os.path.abspath(os.environ.get("PLANTED_IN", ".build-planted"))
# Where a build puts the tests, below the copy.
BUNDLE = os.path.join(".build", "debug", "sprunPackageTests.xctest")

# name, file, what stands there, what takes its place, which tests are run
BUGS = [
    ("a null of a long list is sp.null in an object", "Sources/RecipeLanguage",
     "if lists.last == true { encoder.appendNull() } else { encoder.appendNil() }",
     "encoder.appendNull()", "LongListTests"),
    ("rows with other keys take those of the row before", "Sources/LuaHost",
     "row.others ?? (row.keys < keys.count ? Array(keys.prefix(row.keys)) : nil)", "row.others", "EncodedValueTests"),
    ("a name that repeats does not make a list values", "Sources/Groundwork",
     "if members[place].object == object { hasDuplicate = true }", "", "JSONListTextTests"),
    ("a list that stays text is not checked for UTF-8", "Sources/Groundwork",
     "guard isASCII || String(validating: text, as: UTF8.self) != nil else {", "guard isASCII || !text.isEmpty else {",
     "JSONReaderTests|JSONListTextTests"),
    ("the key of a certificate is hidden only in lists of values", "Sources/ServerPilot",
     "fields.map(\\.name).filter { elements.text?.hasValue(named: $0) ?? true }",
     "fields.map(\\.name).filter { _ in elements.text == nil }", "ReplyTests"),
    ("a large message loses its last bytes", "Sources/LuaHost",
     "if let tail = message.tail { try process.send(tail, look: lookAtSlice) }", "", "EncodedValueTests|ProcessTests"),
    ("lines wait for the end of the slice", "Sources/sprun-lua/main.c",
     "if (channel_held() && luabridge_monotonic() - print_sent > PRINT_PAUSE) {",
     "if (channel_held() && luabridge_monotonic() < print_sent) {", "PrintTests"),
    ("a module reads secrets without the need", "Sources/RecipeEngine",
     "try owner.check(.secrets, for", "try owner.check(anyOf: [], for", "SecretHandleTests"),
    ("a secret becomes a name", "Sources/RecipeLanguage",
     "guard isSecret, let open else {", "guard let open else {", "SecretHandleTests"),
    ("every function takes secrets", "Sources/RecipeEngine",
     "            default: throw Self.refusal(arguments, position)\n", "            default: break\n", "SecretHandleTests"),
    ("a guess gets the seal of a secret", "Sources/RecipeEngine",
     "realm.importer != nil else {", "realm.importer != nil, false else {", "SecretHandleTests"),
    ("a module hands secrets on to others that may read them", "Sources/RecipeEngine",
     "owners: secret.owners + [module])", "owners: secret.owners)", "SecretHandleTests"),
    ("an address opens a secret host", "Sources/RecipeEngine",
     "rest.prefix { !\"/?#\".contains($0) }", "rest.prefix { $0 == \"#\" }", "SecretHandleTests"),
    ("a script gets the text of a secret parameter", "Sources/RecipeEngine",
     "?? session.sealed(text, from: origin, for: realm)",
     "?? (realm === realm ? result : session.sealed(text, from: origin, for: realm))", "SecretHandleTests"),
    ("functions of string change seals", "Sources/CLuaBridge/seals.c",
     "if (luabridge_find_seal(text + first, last - first)) {", "if (!text && luabridge_find_seal(text, last)) {", "SealTests"),
    ("blind retry after a lost answer", "Sources/DurableSteps",
     "            mayHaveChanged = true\n            return recover()",
     "            return writeIntent()", "AmbiguousTests|CrashTests|AccountChangeTests"),
    ("sent again where the key is not unique", "Sources/DurableSteps",
     "lookup.replacesUnused || (lookup.isUnique && !lookup.hasOneTimeReply) else {",
     "lookup.replacesUnused || !lookup.hasOneTimeReply else {", "AmbiguousTests|CrashTests|AccountChangeTests"),
    ("a server whose key is lost is left to a person", "Sources/DurableSteps",
     "if lookup.replacesUnused, made.isUnused,",
     "if false, lookup.replacesUnused, made.isUnused,", "ConnectTests"),
    ("a server that came late is kept", "Sources/RecipeEngine",
     "        try await removeLatecomers(but: id, namesakes)\n", "", "ConnectTests"),
    ("a failed script keeps its marker", "Sources/DurableSteps",
     "(beginnings < 2 ?",
     "(beginnings < 9 ?", "ConnectTests|SSHTests"),
    ("work of the host is charged to nobody", "Sources/LuaHost",
     "            account.pending += elapsed\n", "            account.pending += 0 * elapsed\n", "HostWorkTests"),
    ("what the host holds counts for nothing", "Sources/CLuaBridge/encode.c",
     "    e->held += bytes;\n", "    e->held += 0 * bytes;\n", "HostWorkTests"),
    ("before-image ignored", "Sources/DurableSteps",
     "$0.isMatch && !($0.id.map(before.contains) ?? true)",
     "$0.isMatch", "AmbiguousTests|CrashTests|AccountChangeTests"),
    ("adopted without comparing", "Sources/DurableSteps",
     "guard made[0].differences.isEmpty else {",
     "guard true || made[0].differences.isEmpty else {", "AccountChangeTests"),
    ("a server adopted without its key", "Sources/DurableSteps",
     "guard let lookup = rules.lookup, lookup.hasOneTimeReply else {",
     "guard let lookup = rules.lookup, lookup.hasOneTimeReply, rules.effect == .delete else {", "AmbiguousTests"),
    ("no settling before the first look", "Sources/DurableSteps",
     "[.seconds(2), .seconds(5)]",
     "[.seconds(0), .seconds(0)]", "AmbiguousTests|AccountChangeTests"),
    ("sent before the intent is written", "Sources/DurableSteps",
     "try await committed(.intent(change.call, intent))",
     "note(JournalEntry(.intent(change.call, intent), at: time.now))", "CrashTests|OutsideTests"),
    ("outcome not written", "Sources/DurableSteps",
     "        try await committed(.outcome(change.call, Entry.Outcome(result, object: change.object, id: change.id)))",
     "        note(JournalEntry(.outcome(change.call, Entry.Outcome(result, object: change.object, id: change.id)), at: time.now))", "JournalOrderTests"),
    ("arguments not compared on replay", "Sources/DurableSteps",
     "guard isSameCall, entry.call?.digest == call.digest, isChange",
     "guard isSameCall, isChange", "DivergenceTests"),
    ("steps left over not noticed", "Sources/DurableSteps",
     "!(acceptsRecipeChange && entry.kind == .observed) else",
     "!(acceptsRecipeChange || step.call > 0) else", "DivergenceTests"),
    ("failures at the end replayed", "Sources/DurableSteps",
     "guard !wentOn else { continue }",
     "guard !wentOn, false else { continue }", "DeadEndTests"),
    ("what was read before a failure is given back for ever", "Sources/DurableSteps",
     "if end.hasFailedRun, sinceChange.contains(where: { $0.entry.failure != nil }) {",
     "if end.hasFailedRun, sinceChange.isEmpty {", "DeadEndTests"),
    ("a writer that failed goes on", "Sources/Groundwork",
     "(state.failure, state.isWriting) = (error, false)", "(state.failure, state.isWriting) = (\"\\(error)\".isEmpty ? error : nil, false)",
     "JournalFailureTests|GroupCommitTests"),
    ("lateness counts from after the intent's commit", "Sources/DurableSteps",
     "        try await committed(.intent(change.call, intent))\n        return permit\n",
     "        try await committed(.intent(change.call, intent))\n        _ = permit\n"
     "        return SendPermit(self, asked: time.steady)\n", "FencingTests"),
    ("what is sent again asks nobody", "Sources/ServerPilotClient/Retry/RetryingTransport.swift",
     "base.send(request, asking: question)", "base.send(request)", "RetryingTransportTests"),
    ("waits go by the time of day", "Sources/RecipeEngine",
     "    private func next(_ server: String, _ session: RunSession) -> Step? {\n        let now = time.steady",
     "    private func next(_ server: String, _ session: RunSession) -> Step? {\n        let now = time.now", "ClockTests"),
    ("the queue is not told of replayed waits", "Sources/RecipeEngine",
     "onReplay: session.knowledge.noteReplayed, ", "", "ClockTests"),
    ("a run is begun without its plan", "Sources/RunJournal",
     "            try tables.append(entries, to: header.id, epoch: epoch)\n        }", "            try tables.append([], to: header.id, epoch: epoch)\n        }",
     "RunStoreContractTests"),
    ("generated secrets made anew", "Sources/RecipeEngine",
     "let recorded = steps.secret(name)",
     "let recorded: String? = nil", "DivergenceTests|ResumeTests|CrashTests"),
    ("time not recorded", "Sources/DurableSteps",
     "        if let recorded {\n            do throws(StepFailure) { return try recorded.value() }",
     "        if let recorded, call.step.call < 0 {\n            do throws(StepFailure) { return try recorded.value() }", "DivergenceTests"),
    ("null where nothing was meant: SSL adopted undone", "Sources/RecipeEngine",
     "return ssl != .null && isSame ? ssl : nil", "return ssl != .null && isSame ? ssl : .null", "CrashTests"),
    ("a refused repetition begun again", "Sources/DurableSteps",
     "if let lastFailure, lastFailure.delivery == .rejected { return finish(.refused(lastFailure)) }",
     "", "CrashTests|AccountChangeTests"),
    ("deleted SSL not looked at", "Sources/RecipeEngine",
     "            || (operation.effect == .delete && rules.contains(.hasSSL))\n", "", "CrashTests"),
    ("side by side given back in any order", "Sources/DurableSteps",
     "if state.isAbandoned || Task.isCancelled || ticket <= state.next {",
     "if ticket >= 0 {", "DivergenceTests"),
    ("a step with two results waited for for ever", "Sources/DurableSteps",
     "let isLast = seen.insert(result.step).inserted",
     "let isLast = seen.insert(result.step).inserted || true", "DivergenceTests"),
    ("a plan's first difference let through", "Sources/RecipeEngine",
     "guard fields.isEmpty else {", "guard fields.isEmpty || true else {", "PlanTests"),
    ("a wait longer than Retry-After allows ignored", "Sources/ServerPilotClient",
     "case .throttled(let retryAfter?): wait = min(retryAfter, policy.longestRetryAfter)",
     "case .throttled(let retryAfter?): wait = min(.milliseconds(1), retryAfter)", "ServerPilotClientTests"),
    ("account lock let go at once", "Sources/SprunCommands/Workspace/Journal.swift",
     "            lock: lock)", "            lock: lock === lock ? try! FileLock(beside: folder.appending(\"other\"))! : lock)",
     "ResumeTests"),
    ("epoch unchecked", "Sources/RunJournal",
     "guard try self.epoch(of: account) ?? 0 == epoch else {", "guard try self.epoch(of: account) != nil else {",
     "RunJournalTests"),
    ("stores synced NORMAL", "Sources/StoreFile",
     "_ = try database.pragma(\"synchronous = FULL\")\n            guard try database.pragma(\"synchronous\") == Self.synchronousFull else {",
     "_ = try database.pragma(\"synchronous = NORMAL\")\n            guard try database.pragma(\"synchronous\") != .null else {",
     "RunJournalTests|SQLiteAccountStoreTests"),
    ("a store made in two steps", "Sources/StoreFile",
     "        let tables = \"SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'\"",
     "        let tables = \"SELECT count(*) FROM sqlite_schema\"", "RunJournalTests"),
    ("several commits under way at a time", "Sources/Groundwork",
     "let begins = !state.isWriting\n                state", "let begins = !state.isWriting || state.callers.count < 9\n                state",
     "JournalOrderTests|GroupCommitTests"),
    ("a plan does not rest on what it changes", "Sources/RecipePlanner",
     "guard change.refusal == nil, let operation", "guard change.refusal != nil, let operation", "PlanTests"),
    ("a secret is learned only when it is sent", "Sources/RecipeEngine",
     "        for secret in parameters.secrets(in: .object(values)) { session.output.learn(secret: secret) }\n", "", "CanaryTests"),
    ("work cancelled in any order", "Sources/LuaHost",
     "values.sorted { $0.place < $1.place }.map", "values.map", "HostFunctionActorTests"),
    ("what leaves the actor goes to the pool", "Sources/LuaHost",
     "withTaskExecutorPreference(executor)", "withTaskExecutorPreference(nil)", "HostFunctionActorTests"),
    ("page open to names that begin like an address", "Sources/ServerPilotSimulator",
     "|127\\.[0-9]+\\.[0-9]+\\.[0-9]+|", "|127\\..*|", "SimulatorPageTests"),
    ("two Hosts taken", "Sources/ServerPilotSimulator",
     "guard hosts == 1 || (hosts == 0 && isOld) else {", "guard hosts < 100 else {",
     "SimulateJudgesTests/malformed"),
    ("counts of a table not kept up", "Sources/ServerPilotSimulator",
     "        count(leaving, -1)\n", "", "ServerPilotSimulatorTests"),
    ("needs are not checked", "Sources/RecipeEngine",
     "let granted, !needs.contains(where: granted.all.contains) else {", "let granted, granted.all.isEmpty else {",
     "RecipeEngineTests.HeaderTests|ImportTests"),
    ("needs of importers are not asked", "Sources/RecipeEngine",
     "for realm in chain {\n            let granted", "for realm in [self] {\n            let granted", "ImportTests"),
    ("a header may call", "Sources/RecipeEngine",
     "guard chain.contains(where: { $0.isLoading }) else { return }",
     "guard chain.contains(where: { $0.isLoading && $0.name.isEmpty }) else { return }",
     "RecipeEngineTests.HeaderTests|ImportTests"),
    ("limits of a header are not counted", "Sources/RecipeEngine",
     "guard let limit = state.limits[effect], done > limit", "guard let limit = state.limits[effect], done > limit + 9",
     "RecipeEngineTests.HeaderTests"),
    ("secret parameters are not learned", "Sources/RecipeEngine",
     "if parameter.kind == .secret, case .string(let secret) = result {", "if parameter.kind == .file, case .string(let secret) = result {",
     "CanaryTests|SharingTests/secrets"),
    ("modules share the importer's secrets", "Sources/RecipeEngine",
     'importer == nil ? name : "', 'true ? name : "', "ImportTests"),
    ("the account's key is in no redactor", "Sources/ServerPilotClient",
     "[credentials.apiKey, proxy?.login?.password]", "[proxy?.login?.password]", "EchoedKeyTests"),
    ("the placeholder is taken as a secret", "Sources/RecipeEngine",
     "guard !secret.contains(Redactor.replacement) else {", 'guard !secret.contains("\\u{0}") else {', "WrittenTextTests"),
    ("a run whose secrets nobody saw is pruned", "Sources/SprunCommands",
     "guard entries.secretsInUse.isEmpty || entries.secretsWereShown else {",
     "guard entries.secretsInUse.isEmpty || !entries.secretsInUse.isEmpty else {", "PruneTests"),
    ("passwords of a result file are replaced", "Sources/SprunCommands",
     "guard merge.lost.isEmpty else {", "guard merge.lost.isEmpty || !merge.lost.isEmpty else {", "ResultFileTests"),
    ("an empty word is a value", "Sources/RecipeEngine",
     'if found == "", !parameter.allowsEmpty {', 'if found == "", parameter.allowsEmpty {', "WrittenTextTests"),
    ("an empty filter lists all", "Sources/RecipeEngine",
     "        guard !table.isEmpty else {", "        guard !table.isEmpty || table.isEmpty else {",
     "OperationFunctionTests"),
    ("a list with a hole is cut", "Sources/LuaHost",
     "let hole = entry.hole(in: arguments)", "let hole: LuaArgumentError? = nil", "JSONFormTests|JSONValueTests"),
    ("a byte order mark is part of a text", "Sources/Groundwork",
     "let text = bytes.starts(with: byteOrderMark) ?", "let text = bytes.isEmpty ?", "TextFileTests|WrittenTextTests"),
    ("a key goes out with another certificate", "Sources/RecipeEngine",
     "PEMCertificate(cert)?.belongs(to: key) == false", "PEMCertificate(cert)?.belongs(to: key) == false, key.isEmpty",
     "CertificateWarningTests"),
    ("a shortened name has no hash", "Sources/RecipeEngine",
     '"\\(kept)-\\(Self.hash(lowercased))"', '"\\(kept)"', "ShortNameTests"),
    ("what falls is not counted", "Sources/RecipeEngine",
     "public var count: Int { 1 + fallen.count }", "public var count: Int { 1 }",
     "ConfirmedDeletionTests|PlanCommandTests"),
    ("deleting what is gone fails", "Sources/RecipeEngine",
     "catch let error as RecipeError where error.code == ServerPilotError.Code.notFound.rawValue {",
     'catch let error as RecipeError where error.code == "x" {', "EnsureAbsentTests"),
    ("failed work passes for what was asked for", "Sources/RecipeEngine",
     "if let work = scope.session.surroundings.failedWork.first(where: { $0.id == id }) {",
     "if let work = scope.session.surroundings.failedWork.first(where: { $0.id + \"x\" == id }) {", "FailedWorkTests"),
    ("a late send does not ask the epoch", "Sources/DurableSteps",
     "> ChangeLimits.standstill else { return }",
     "> .seconds(1_000_000_000) else { return }", "FencingTests"),
    ("a writer that failed takes more", "Sources/Groundwork",
     "                if let failure = state.failure { return (.over(.failure(failure)), false) }\n",
     "                state.failure = nil\n", "JournalFailureTests|GroupCommitTests"),
    ("a closed terminal ends the change under way", "Sources/SprunCommands",
     "[SIGINT, SIGTERM] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])", "[SIGINT, SIGTERM]", "RunSignalTests"),
    ("a reply about another action is believed", "Sources/ServerPilot",
     "            answered != wanted\n", "            answered != wanted, answered.isEmpty\n", "ReplyTests|WaitTests"),
    ("a refusal is believed", "Sources/DurableSteps",
     "guard rules.verifiesRefusals, failure.delivery != .notSent, let status",
     "guard rules.verifiesRefusals, failure.delivery == nil, let status", "RefusedAndDoneTests"),
    ("Retry-After is rounded down", "Sources/ServerPilot",
     "+ (hasFraction ? 1 : 0)", "+ (hasFraction ? 0 : 0)", "RetryAfterTests"),
    ("the installer does not wait for the package lock", "Sources/RecipeEngine",
     "apt-get -o DPkg::Lock::Timeout=60", "apt-get", "CloudInitTests"),
    ("Expect: 100-continue is never answered", "Sources/ServerPilotSimulator",
     "        if request.expectsContinue {\n", "        if request.expectsContinue, wire.path.isEmpty {\n",
     "SimulatorServerTests"),
    ("a module resumes another's coroutine", "Sources/CLuaBridge/coroutines.c",
     "if (!lua_isnil(L, -1) && !lua_rawequal(L, -1, lua_upvalueindex(1))) {", "if (0) {", "ImportTests"),
    ("modules share tables", "Sources/CLuaBridge/boundary.c",
     "        push_copy(L, i, copies, 0);\n", "        lua_pushvalue(L, i);\n", "ImportTests"),
    ("another module is imported on resume", "Sources/RecipeEngine",
     "guard recorded != bytes, !steps.acceptsRecipeChange else { return }",
     "guard recorded == .null else { return }", "SharingTests/resumed"),
    ("string methods can be changed", "Sources/CLuaBridge/environments.c",
     "    lua_pushboolean(L, 0);\n    lua_setfield(L, -2, \"__metatable\");\n    lua_settop(L, 0);", "    lua_settop(L, 0);",
     "EnvironmentTests|ImportTests"),
    ("a moved tag is taken", "Sources/RecipeSharing",
     "for (other, entry) in locked where entry.commit != revision.commit", "for (other, entry) in locked where entry.commit == revision.commit", "RecipeFetcherTests|SharingTests/wholeLife"),
    ("bytes are not compared with the lock", "Sources/RecipeSharing/Resolving/RecipeStore.swift",
     "guard ContentHash(of: bytes) == hash else {", "guard !bytes.isEmpty else {", "RecipeResolverTests|SharingTests/wholeLife"),
    ("a lost answer from outside repeated whatever its author says", "Sources/DurableSteps",
     "        switch rules.recovery {\n        case .lookup: return settle(0)\n        case .repeatable:",
     "        switch [rules.recovery, .repeatable].last ?? .raised {\n        case .lookup: return settle(0)\n        case .repeatable:", "OutsideTests|ChangeMachineTests|HTTPChangeTests"),
    ("an outside change not held to the plan", "Sources/RecipeEngine",
     "        try session.follow(change.planned())\n",
     "", "OutsidePlanTests|HTTPChangeTests"),
    ("a 5xx taken for a refusal", "Sources/RecipeEngine",
     "        case 500...: .ambiguous\n", "", "HTTPChangeTests"),
    ("a redirect not held to the grants", "Sources/ServerPilotClient",
     "            request.address = next\n",
     "            request.address = next\n            request.grants = WebGrants(hosts: [next.authority])\n",
     "WebRedirectTests"),
    ("secrets follow a redirect to another origin", "Sources/ServerPilotClient",
     "if next.origin != request.address.origin {", "if next.origin.isEmpty {", "WebRedirectTests"),
    ("the address that was judged is not the one that is connected to",
     "Sources/ServerPilotClient",
     "        if let address { configuration.dnsOverride = [request.address.host: address.description] }\n", "",
     "HTTPWebClientTests"),
    ("a name that leads into this network is asked", "Sources/ServerPilotClient",
     ": address.isPublic\n", ": true\n", "HTTPWebClientTests"),
    ("a certificate for the address alone", "Sources/ServerPilotClient",
     "address.map { $0.bytes == Array(bytes.bytes) } ?? false", "address.map { $0.bytes == Array(bytes.bytes) } ?? true",
     "HTTPTransportTLSTests|CertificateNameTests|HTTPWebClientTests"),
    ("a script begun by everybody who asks", "Sources/SecureShell/Runner/runner.sh",
     'if mkdir "$step" 2> /dev/null; then', 'if mkdir -p "$step" 2> /dev/null; then', "AttachingTests"),
    ("a script in an argument list", "Sources/SecureShell/Runner/runner.sh",
     'setsid sh -c "$supervisor" sprun-step "$step" "$mask" <',
     'setsid sh -c "$supervisor" sprun-step "$step" "$mask" "$(cat "$step/script")" <', "OpenSSHRunTests"),
    ("every host's key believed", "Sources/SecureShell",
     'accept-new" : "yes"', 'accept-new" : "no"', "HostKeyTests"),
    ("a script run with another marker each time", "Sources/RecipeEngine",
     "on: host, marker: attempt.marker, at: site)", 'on: host, marker: "m\\(UInt64.random(in: 0 ... .max))", at: site)', "SSHTests"),
    ("an argument of null is refused whatever the rule says", "Sources/ServerPilotSimulator",
     "guard !rules.keeps(.nullIsRefused) else", "guard field.isRequired else", "RuleSwitchTests"),
    ("an empty wordpress is refused", "Sources/ServerPilotSimulator",
     "guard rules.keeps(.emptyWordPress) else", "guard !field.isRequired else", "RuleSwitchTests"),
    ("cacerts may be left out", "Sources/ServerPilotSimulator",
     "guard !rules.keeps(.chainIsGiven) else", "guard field.isRequired else", "ArgumentTests|RuleSwitchTests"),
    ("a body's id is refused with argument-known off", "Sources/ServerPilotSimulator",
     "if let repeated = arguments[parameter.name], !unknownAreIgnored,",
     'if let repeated = arguments[parameter.name], !unknownAreIgnored || parameter.name == "id",', "RuleDefaultTests"),
    ("another default for an empty wordpress", "Sources/ServerPilot",
     'settings: .oneOf(("none", .holds), ("refused", .isRefused(status: 400))))\n    /// `domains` as',
     'settings: .oneOf(("refused", .isRefused(status: 400)), ("none", .holds)))\n    /// `domains` as',
     "RuleDefaultTests"),
    ("a reserved name is free", "Sources/ServerPilot",
     '["root", "www-data", "mysql"]', '["root", "www-data"]', "RuleDefaultTests"),
    ("a public key of any length", "Sources/ServerPilot",
     "blob.count.isMultiple(of: 4)", "blob.count.isMultiple(of: 1)", "RuleDefaultTests"),
    ("an app's own domains are taken", "Sources/ServerPilotSimulator",
     "== own[place, default: 0]", "== 0", "RuleDefaultTests"),
    ("a list element's number in a message", "Sources/ServerPilotSimulator",
     "ArgumentProblem(argument: Self.field(of: problem.argument), kind", "ArgumentProblem(argument: problem.argument, kind",
     "ArgumentTests"),
    ("a change of the plan alone queues work", "Sources/ServerPilotSimulator",
     "server != before ? .planWithoutAction", "server == before ? .planWithoutAction", "RuleSwitchTests"),
    ("lastconn stands still", "Sources/ServerPilotSimulator",
     "Self.reportInterval * Int(reports)", "Self.reportInterval * Int(0 * reports)", "RuleSwitchTests|AccountSeedTests"),
    ("a seed's runtimes count for nothing", "Sources/ServerPilotSimulator",
     "account.servers[id]?.runtimes = runtimes", "_ = runtimes", "AccountSeedTests"),
    ("TLS 1.0 is taken", "Sources/ServerPilotSimulator",
     "configuration.minimumTLSVersion = .tlsv12", "configuration.minimumTLSVersion = .tlsv1", "TLSVersionTests"),
    ("a wrong key is refused only after the body", "Sources/ServerPilotSimulator",
     "if !wire.path.isEmpty, let refusal", 'if wire.path == "x", let refusal', "SimulatorServerTests"),
    ("null in a list is lost", "Sources/RecipeLanguage",
     "elements.map { $0 == .null ? .null : LuaValue($0) }", "elements.map { LuaValue($0) }", "JSONValueTests"),
    ("an empty object becomes a list", "Sources/RecipeLanguage",
     "fields: fields, form: .object", "fields: fields, form: nil", "JSONValueTests"),
    ("a float with a whole value stays a float", "Sources/RecipeLanguage",
     "Int64(exactly: value).map { .integer($0) } ?? .double(value)", ".double(value)", "JSONValueTests"),
    ("a file is named before it is on the disk", "Sources/Groundwork",
     "                try synchronize(descriptor)\n", "", "SyncedFileTests"),
    ("a file's name is not on the disk", "Sources/Groundwork",
     "            throw error\n        }\n        try synchronize(folder)\n", "            throw error\n        }\n",
     "SyncedFileTests"),
    ("a new folder's name is not on the disk", "Sources/Groundwork",
     "        try AtomicFile(path).withFolder(synchronize)\n", "", "SyncedFileTests"),
    ("a run is begun in two transactions", "Sources/RunJournal",
     "            try tables.begin(header, epoch: epoch)\n            try tables.append(",
     "            try tables.begin(header, epoch: epoch)\n        }\n        try await write { tables in\n"
     "            try tables.append(", "SQLiteRunStoreTests"),
    ("a plan that cannot be read is no plan", "Sources/RecipeEngine",
     "return try Plan(document:", "return try? Plan(document:", "JournalFormatTests"),
    ("the text of -e is not kept", "Sources/SprunCommands",
     "if recipe.isEphemeral { entries.append", "if recipe.isEphemeral, entries.count > 9 { entries.append",
     "ResumeTests|PlanCommandTests"),
    ("a resumed apply does not look for drift", "Sources/SprunCommands/Verbs/ResumeCommand.swift",
     "            if let plan {\n", "            if let plan, run.entries.isEmpty {\n", "JournalFormatTests"),
    ("what was read before a stop is forgotten", "Sources/RecipeEngine",
     "if !reason.isDivergence { try? await session.steps.keepReads() }",
     "_ = reason.isDivergence", "ClockTests"),
    ("a resumed wait begins with the pause of the life before", "Sources/ServerPilot",
     "guard !entry.isEarlier, !isAhead else", "guard !isAhead else", "ClockTests|ServerQueueTests"),
    ("the store of the crash tests fences nobody", "Sources/SprunTesting",
     "guard state.epochs[account, default: 0] == epoch else", "guard state.epochs[account, default: epoch] != 0 else",
     "RunStoreContractTests"),
    ("a table inside itself is shown without end", "Sources/CLuaBridge/dump.c",
     "is_hidden = is_hidden || d->open[i] == self;", "is_hidden = is_hidden || (d->open[i] == self && i > d->depth);",
     "PrintTests"),
    ("the text of a table has no limit", "Sources/CLuaBridge/dump.c",
     ".end = MAXIMUM_DUMP}", ".end = SIZE_MAX}", "PrintTests"),
    ("-o github prints secrets without a mask", "Sources/SprunCommands/Running/ResultOutput.swift",
     "where isSecret(secret)", "where isSecret(secret) && secret.isEmpty", "ResultFormTests"),
    ("YAML reads a text as a number", "Sources/SprunCommands/Reporting/Results/YAMLWriter.swift",
     "return isPlain ? text", "return isPlain || text == \"12\" ? text", "ResultFormTests"),
    ("the key of a profile goes to another address", "Sources/SprunCommands/Workspace/Workspace.swift",
     "option ?? found?.endpoint ?? environment", "option ?? environment", "ProfileTests"),
    ("a secret in an open file is taken", "Sources/SprunCommands/Recipes/GivenParameters.swift",
     "if origin == .file(isPrivate: true) { return word }", "if case .file = origin { return word }",
     "ParameterSourceTests"),
    ("the project's file names the API", "Sources/SprunCommands/Configuration/ProjectSettings.swift",
     "try table.checkKeys([", 'try table.checkKeys(["endpoint", ', "ParameterSourceTests"),
    ("a wrong answer is taken", "Sources/SprunCommands/Recipes/ParameterQuestions.swift",
     "if case .problem(let problem) = found { return problem }", "_ = found", "ParameterQuestionTests"),
    ("a new account of one run is kept", "Sources/SprunCommands/Workspace/Target+Simulated.swift",
     "let file = options.isNew ? nil : try", "let file = options.isNew && options.seed == nil ? nil : try",
     "FreshAccountTests"),
    ("what is printed stays in the buffer", "Sources/SprunCommands/Terminal/Console.swift",
     "            printed.flush()\n", "", "RunOutputTests"),
    ("a child that passed its limit and naps counts as cancelled", "Sources/LuaHost/Bridge/ProcessBridge.swift",
     "return isSpent ? .overran : .unresponsive", "return isSpent && told == nil ? .overran : .unresponsive",
     "ProcessTests"),
    ("the calls of a run start in any order", "Sources/RecipeEngine/Run/RunningCall.swift",
     "            _ = actor\n", "", "GeneratedCrashTests"),
    ("an action before a later one that ended is still open", "Sources/ServerPilot",
     "        let seen = max((time - origin).inSeconds, 0)\n", "        guard index == head else { return }\n        let seen = max((time - origin).inSeconds, 0)\n",
     "ServerQueueTests|OpenActionTests"),
    ("each wait looks by itself", "Sources/RecipeEngine/Waiting",
     "if state.watched[server]?.task == nil {", "if state.watched[server] != nil {", "FleetWaitTests"),
    ("others that keep a server busy do not delay a look", "Sources/ServerPilot",
     "        let isLast = index == entries.count - 1\n        var look: Double\n",
     "        let isLast = index >= head\n        var look: Double\n", "ServerQueueTests|FleetWaitTests"),
    ("work of others is taken for the duration of an action", "Sources/ServerPilot",
     "isBound: ended == 0)", "isBound: ended < 0)", "FleetWaitTests"),
    ("one slow action is the new mean", "Sources/ServerPilot",
     "let isException = isLong && record.count > 2", "let isException = isLong && record.count > 99", "ServerQueueTests"),
    ("a read joins one from before a change", "Sources/RecipeEngine/Run",
     "        knowledge.reads.happened()\n        switch outcome", "        switch outcome", "SharedReadTests"),
    ("a read joins one from before a sleep", "Sources/RecipeEngine/Journal",
     "        defer { session.knowledge.reads.happened() }\n        let call = next(call, arguments)", "        let call = next(call, arguments)", "SharedReadTests"),
    ("what the run created below its own parent is forgotten", "Sources/RecipeEngine/Run",
     "            children[parent]?[listing, default: []].append(id)\n", "", "SharedReadTests"),
    ("a call that failed waits for ever", "Sources/RecipeEngine/Run/RunningCall.swift",
     "        defer { running.end() }\n", "", "ProgressEventTests"),
    ("a failed item counts as done", "Sources/SprunCommands/Reporting/Progress/ItemBatches.swift",
     "            batches[key]?.tally.failed += 1\n", "", "ProgressModelTests|RunProgressTests"),
    ("each look of a recipe begins another wait", "Sources/SprunCommands/Reporting/Progress/ProgressModel.swift",
     "            wait.began = min(wait.began, earlier.wait.began)\n", "", "ProgressModelTests"),
    ("a wait without a terminal has a line a second", "Sources/SprunCommands/Reporting/Progress/ProgressLog.swift",
     "now - $0 >= Self.pause", "now - $0 >= .seconds(1)", "ProgressModelTests"),
    ("network trouble ends with its first request", "Sources/SprunCommands/Reporting/Progress/NetworkTrouble.swift",
     "var isOver: Bool { open <= 0 }", "var isOver: Bool { true }", "ProgressModelTests"),
    ("a request that was sent again never ends", "Sources/ServerPilotClient/Retry/RetryLoop.swift",
     "if isRetried { onEnd(end) }", "if isRetried { _ = end }", "RetryingTransportTests"),
    ("the carets of a long line are not cut", "Sources/SprunCommands/Reporting/ShownExcerpt.swift",
     "guard columns.reduce(0, +) > room else", "guard columns.reduce(0, +) > room * 1000 else", "TextTableTests"),
    ("a run that follows a plan does not use its names", "Sources/RecipeEngine/Run/RunSession+Steps.swift",
     "knowledge.notePlanned(name: name, ofID: id)", "_ = (id, name)", "RunProgressTests"),
    ("a name in the place of an id is not told", "Sources/RecipeEngine",
     "let isName = known.contains {", "let isName = known.isEmpty && known.contains {", "OperationFunctionTests"),
    ("a server that has connected is recreated", "Sources/RecipeEngine",
     'guard server["lastconn"] == .null, server["lastaddress"] == .null else', 'guard server["id"] != .null else',
     "RecreatingTests"),
    ("what connected while the question stood is deleted", "Sources/RecipeEngine",
     "        // The server may have connected while the question was open.\n        return await self.obstacle(toDeleting: id)\n",
     "        return .success(nil)\n", "RecreatingTests"),
    ("the deletion for a recreation asks no epoch", "Sources/DurableSteps",
     "        return try await sent(permit) { () throws(SendFailure) in try await change.discard(id, attempt) }",
     "        _ = attempt\n        do throws(SendFailure) { return .replied(try await change.discard(id, ChangeAttempt(number: 1, isRecovery: false, marker: \"\", permit: SendPermit(self, asked: time.steady)))) } catch { return .failed(error.failure) }", "FencingTests"),
    ("what was added falls unshown", "Sources/RecipeEngine",
     "let added = cascade.fallen.filter { !allowed", "let added = cascade.fallen.filter { $0.id.isEmpty && !allowed",
     "ConfirmedDeletionTests"),
    ("what fell when a run died is not compared", "Sources/RecipeEngine",
     "?? DeletionConsent(shown: Set(intent.falls ?? []))", "?? DeletionConsent(shown: nil)",
     "ConfirmedDeletionTests"),
    ("a planned deletion takes what came since", "Sources/RecipeEngine",
     "{ return DeletionConsent(shown: planned) }", "{ return DeletionConsent(shown: planned.isEmpty ? nil : nil) }",
     "PlanCommandTests/undoGrown"),
    ("the caret is under the first value of that name", "Sources/RecipeEngine",
     "function: cause.function, redactor", "function: cause.function == nil ? nil : nil, redactor", "RunReportTests"),
    ("nothing was sent, says a run that made something", "Sources/SprunCommands",
     "record.contains(where: \\.isChange)", "record.contains(where: { $0.isChange && record.isEmpty })",
     "JournalFormatTests"),
    ("what is got is written where it stands", "Sources/RecipeSharing",
     "try AtomicFile.write(bytes, to: Self.name(of: path), in: parent, permissions: permissions)",
     "let number = try FileDescriptor.open(\n"
     "                    folder.pushing(path), .writeOnly, options: [.create, .truncate], permissions: permissions)\n"
     "                _ = try number.closeAfter { try number.writeAll(bytes) }", "SyncedFileTests/recipes"),
]


def run(command, **options):
    return subprocess.run(command, cwd=COPY, capture_output=True, text=True, check=False, **options)


def prepare():
    if "PLANTED_IN" in os.environ:
        if subprocess.run(["git", "diff", "--quiet"], cwd=COPY, check=False).returncode != 0:
            sys.exit(f"{COPY} has changes that are not committed")
        return
    if not os.path.isdir(COPY):
        subprocess.run(["git", "clone", "--quiet", ".", COPY], check=True)
    for command in (["git", "fetch", "--quiet", "origin"], ["git", "checkout", "--quiet", "--detach", "--force", "FETCH_HEAD"]):
        if run(command).returncode != 0:
            sys.exit(f"{' '.join(command)} failed in {COPY}")
    os.makedirs(os.path.join(COPY, ".build"), exist_ok=True)
    python = os.path.join(COPY, ".build", "python")
    if not os.path.exists(python):
        os.symlink(os.path.abspath(".build/python"), python)


def located(bug, top):
    """The one file with the text of a bug, and what it holds; an error in words otherwise."""
    name, place, old = bug[:3]
    root = os.path.join(top, place)
    paths = [root] if os.path.isfile(root) else [
        os.path.join(folder, file) for folder, _, files in os.walk(root) for file in files
        if file.endswith((".swift", ".c", ".h", ".lua"))]
    found = []
    for path in paths:
        with open(path, encoding="utf-8") as source:
            text = source.read()
        found += [(path, text)] * text.count(old)
    if len(found) == 1:
        return found[0]
    return f"ERROR    {name}: its text stands {len(found)} times in {place}"


def plant(bug):
    name, _, old, new, tests = bug
    place = located(bug, COPY)
    if isinstance(place, str):
        return place
    path, text = place
    try:
        with open(path, "w", encoding="utf-8") as source:
            source.write(text.replace(old, new))
        built = run(["swift", "build", "--build-tests"])
        if built.returncode != 0:
            errors = [line for line in built.stdout.splitlines() if "error:" in line]
            return f"ERROR    {name}: does not build: {errors[:1]}"
        # The bundle itself: `swift test` leaves it behind where it is ended, and it would hold up the next build.
        tested = run(["timeout", "600", BUNDLE, "--testing-library", "swift-testing", "--filter", tests])
        said = re.sub(r"\x1b\[[0-9;]*m", "", tested.stdout + tested.stderr)
        failed = re.findall(r"✘ Test \"?(.*?)\"?(?: with \d+ test cases)? failed after", said)
        if tested.returncode == 0:
            return f"MISSED   {name}: no test of {tests}"
        return f"caught   {name}: {'; '.join(sorted(set(failed))) or 'the tests did not end'}"
    finally:
        with open(path, "w", encoding="utf-8") as source:
            source.write(text)


def main():
    names = sys.argv[1:]
    if names == ["--anchors"]:
        lost = [place for place in (located(bug, ".") for bug in BUGS) if isinstance(place, str)]
        print(*lost, f"{len(BUGS)} bugs, {len(lost)} without their place", sep="\n")
        sys.exit(1 if lost else 0)
    bugs = [bug for bug in BUGS if not names or bug[0] in names]
    prepare()
    lines = []
    for bug in bugs:
        lines.append(plant(bug))
        print(lines[-1], flush=True)
    caught = sum(line.startswith("caught") for line in lines)
    print(f"{caught} passed, {len(lines) - caught} failed")
    sys.exit(0 if caught == len(lines) else 1)


if __name__ == "__main__":
    main()
