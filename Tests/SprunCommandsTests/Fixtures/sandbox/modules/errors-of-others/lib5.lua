return { fail = function() error({ code = "not_granted", hint = {} }) end }
