#!/usr/bin/env sprun
return recipe {
    name = "rotate-db-password",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Gives a database's user a new password",
    description = [[
Gives the user of a database a new password: a generated one, or yours.

The site cannot reach its database until its configuration, such as wp-config.php, has the new password. ServerPilot's
API cannot write there. Each run that is given no password makes another one.]],
    author = "sprun", license = "MIT",
    needs = { update = { "dbs" } },
    limits = { create = 0, delete = 0 },
    params = {
        db = param.db{ required = true, doc = "The database: its name, SERVER/NAME or id." },
        password = param.secret{ doc = "The new password; a generated one if nothing is said." },
    },
    returns = { database = "string", user = "string", password = "secret" },
    examples = {
        "sprun run rotate-db-password db=acme",
        "sprun run rotate-db-password db=www1/acme password=@new-password.txt",
    },
    run = function(p)
        local password = p.password or sp.secret("database_password")
        local db, action = sp.update_db(p.db.id, { user = { id = p.db.user.id, password = password } })
        sp.wait(action)
        return { database = db.name, user = db.user.name, password = password }
    end,
}
