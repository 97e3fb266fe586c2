-- A module's error ends the run, with a message for terminals and a source that is not its own.
-- expect: refused "hostile"
import "lib"
