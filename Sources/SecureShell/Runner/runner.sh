# What runs on the other host: POSIX sh and coreutils, and setsid where there is one. It comes by standard input, so that
# nothing of it is in an argument list, and it is one group, so that a part of it runs nothing.
#
# In: a line of six words, the path for copy on a second line, and the bytes up to the end of the input.
#   run NAME SCRIPT-SIZE INPUT-SIZE FROM KEEP    FROM: bytes of out and of err that the caller has, as OUT:ERR
#   kill NAME, forget NAME                       the same words, of which the rest is nothing
#   copy SHA256 SIZE MODE - -
# Out: a greeting, then lines, after some of which bytes follow:
#   s new|old    the script was begun just now, or had been before
#   o SIZE, e SIZE    so many bytes of its output or of its error output
#   h            still running
#   x STATUS OUT-SIZE ERR-SIZE    it has ended
#   k            it was ended, by kill; or is forgotten
#   n            it could not be ended
#   u            it began, and nobody knows how it ended
#   c new|same   the file was written, or had these bytes
#   f TEXT       something cannot be done
{
mask=$(umask)
umask 077

answer() { printf '%s\n' "$1" || exit 1; }
stop() { answer "f $1"; exit 0; }
pause() { sleep 0.2 2>/dev/null || sleep 1; }
size_of() { if [ -f "$1" ]; then echo "$(($(wc -c < "$1")))"; else echo 0; fi; }
boot_id() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -; }
birth() { cut -d ' ' -f 22 "/proc/$1/stat" 2>/dev/null || echo -; }

# Whether what was begun still runs; a number that was given to another process since then does not count.
alive() {
    if [ ! -f "$step/pid" ]; then
        # It writes this first; it has ten seconds.
        waited=$((waited + 1))
        [ "$waited" -lt 50 ]
        return
    fi
    read -r pid boot born < "$step/pid" || return 1
    kill -0 "$pid" 2>/dev/null || return 1
    [ "$boot" = "$(boot_id)" ] && [ "$born" = "$(birth "$pid")" ]
}

group_alive() { kill -s 0 -- "-$pid" 2>/dev/null || kill -0 "$pid" 2>/dev/null; }

# Ends what was begun and all that is of its group.
end_group() {
    alive && [ -f "$step/pid" ] || return 1
    kill -s TERM -- "-$pid" 2>/dev/null || kill -s TERM "$pid" 2>/dev/null
    tries=0
    while group_alive && [ "$tries" -lt 15 ]; do tries=$((tries + 1)); pause; done
    kill -s KILL -- "-$pid" 2>/dev/null || kill -s KILL "$pid" 2>/dev/null
    tries=0
    while group_alive && [ "$tries" -lt 15 ]; do tries=$((tries + 1)); pause; done
    ! group_alive
}

# Runs the script in a session of its own, which the end of the connection does not end.
start() {
    supervisor='
        umask 077
        boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -)
        born=$(cut -d " " -f 22 "/proc/$$/stat" 2>/dev/null || echo -)
        echo "$$ $boot $born" > "$1/pid.new" && mv "$1/pid.new" "$1/pid" || exit 1
        cd "$HOME" || exit 1
        (umask "$2" && exec sh "$1/script") < "$1/input" > "$1/out" 2> "$1/err"
        status=$?
        rm -f "$1/script" "$1/input"
        echo "$status" > "$1/status.new" && mv "$1/status.new" "$1/status"'
    if command -v setsid > /dev/null 2>&1; then
        setsid sh -c "$supervisor" sprun-step "$step" "$mask" < /dev/null > /dev/null 2>&1 &
    else
        nohup sh -c "$supervisor" sprun-step "$step" "$mask" < /dev/null > /dev/null 2>&1 &
    fi
}

# Sends what there is of a file beyond what was sent.
send() {
    sent=$3
    size=$(size_of "$step/$1")
    [ "$size" -le "$keep" ] || size=$keep
    [ "$size" -gt "$3" ] || return 0
    answer "$2 $((size - $3))"
    tail -c "+$(($3 + 1))" "$step/$1" | head -c "$((size - $3))" || exit 1
    sent=$size
}

stream() {
    out=${from%%:*}
    err=${from##*:}
    while :; do
        ended=no
        [ ! -f "$step/status" ] || ended=yes
        send out o "$out"; out=$sent
        send err e "$err"; err=$sent
        [ "$ended" = no ] || break
        if ! alive && [ ! -f "$step/status" ]; then answer u; exit 0; fi
        answer h
        pause
    done
    answer "x $(cat "$step/status") $(size_of "$step/out") $(size_of "$step/err")"
}

run_step() {
    mkdir -p "$steps" && chmod 700 "$HOME/.sprun" "$steps" || stop "the folder $steps cannot be made"
    if [ -d "$step" ]; then
        cat > /dev/null
        answer "s old"
        stream
        return
    fi
    new=$steps/.new-$name-$$
    trap 'rm -rf "$new"' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    mkdir "$new" || stop "the folder $new cannot be made"
    cat > "$new/payload" || stop "the script cannot be written to $new"
    [ "$(size_of "$new/payload")" -eq "$((script_size + input_size))" ] || stop "the script did not arrive whole"
    head -c "$script_size" "$new/payload" > "$new/script" \
        && tail -c "+$((script_size + 1))" "$new/payload" > "$new/input" && rm "$new/payload" \
        || stop "the script cannot be written to $new"
    # From here to the start nothing interrupts. No signal is ignored, since the script would ignore it too.
    trap : HUP INT TERM PIPE
    begun=old
    # Whoever makes the folder starts the script.
    if mkdir "$step" 2> /dev/null; then
        begun=new
        mv "$new/script" "$new/input" "$step/" && start
    fi
    rm -rf "$new"
    trap - EXIT HUP INT TERM PIPE
    case $name in
        once-*)
            trap 'end_group; rm -rf "$step"' EXIT
            trap 'exit 1' HUP INT TERM PIPE ;;
    esac
    answer "s $begun"
    stream
}

kill_step() {
    if [ ! -d "$step" ]; then answer n; return; fi
    if [ -f "$step/status" ]; then answer k; return; fi
    if end_group; then
        rm -f "$step/script" "$step/input"
        [ -f "$step/status" ] || { echo killed > "$step/status.new" && mv "$step/status.new" "$step/status"; }
        answer k
    else
        answer n
    fi
}

digest() {
    if command -v sha256sum > /dev/null 2>&1; then sum=$(sha256sum < "$1"); else sum=$(shasum -a 256 < "$1"); fi
    echo "${sum%% *}"
}

copy_file() {
    IFS= read -r path || exit 1
    [ ! -d "$path" ] || stop "$path is a folder"
    if [ -f "$path" ] && [ ! -L "$path" ] && [ "$(digest "$path")" = "$name" ]; then
        cat > /dev/null
        if [ "$(stat -c %a "$path" 2>/dev/null)" != "$input_size" ]; then
            chmod "$input_size" "$path" || stop "the mode of $path cannot be changed"
            answer "c new"
        else
            answer "c same"
        fi
        return
    fi
    folder=${path%/*}
    [ -d "$folder/" ] || stop "there is no folder ${folder:-/}"
    new=$path.sprun-$$
    trap 'rm -f "$new"' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    { set -C; : > "$new"; } 2> /dev/null || stop "$folder cannot be written"
    set +C
    cat > "$new" || stop "$new cannot be written"
    [ "$(digest "$new")" = "$name" ] || stop "the file did not arrive whole"
    chmod "$input_size" "$new" && mv -f "$new" "$path" || stop "$path cannot be written"
    answer "c new"
}

answer "sprun-runner 1"
IFS=' ' read -r act name script_size input_size from keep || exit 1
waited=0
steps=$HOME/.sprun/steps
step=$steps/$name
case $HOME in /*) ;; *) stop "there is no home folder" ;; esac
case $act in
    run) run_step ;;
    kill) kill_step ;;
    forget)
        [ ! -f "$step/status" ] || rm -f "$step/out" "$step/err" "$step/pid"
        answer k ;;
    copy) copy_file ;;
    *) stop "there is no '$act' here" ;;
esac
exit 0
}
