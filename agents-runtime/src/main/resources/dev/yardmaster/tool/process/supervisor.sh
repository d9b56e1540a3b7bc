# Runs one command and leaves behind how it ended, also for whoever comes after a crash of the one who waits for it.
#   $1   the folder for that: output (and rest), started, stopped, ended
#   $2   a word that all processes of the command get into their environment, where nothing else holds them together
#   $3…  the command line
# Standard input ends when the one who waits dies, or wants the command to end: it is killed then. Standard output tells
# the exit code. This process and its two children are not in the namespaces of the command.
records=$1 mark=$2
shift 2
exec 3<&0 </dev/null 6>&1 2>/dev/null
read -r boot </proc/sys/kernel/random/boot_id || boot=unknown

run() {
    set -m # a group of its own for the command; signals are not ignored in it, as they are in mere background jobs
    {
        echo 500 >/proc/self/oom_score_adj # who is to go when memory runs out
        [ -z "$mark" ] || export YARDMASTER_CALL="$mark"
        exec "$@" 2>&1 3<&- 6>&-
    } 4>"$records/started" &
    command=$!
    trap '' PIPE # nobody may be there to be told
    {
        read -r _
        : >"$records/stopped"
        kill -KILL -- "-$command"
    } <&3 >/dev/null 6>&- &
    watcher=$!
    wait "$command"
    code=$?
    while kill -0 "$command"; do # it is only stopped
        sleep 0.2
        wait "$command"
        code=$?
    done
    kill -KILL -- "-$command"
    for pass in 1 2 3 4 5 6 7 8 9 10; do
        [ -n "$mark" ] || break
        left=$(grep -lsF "YARDMASTER_CALL=$mark" /proc/[0-9]*/environ)
        [ -n "$left" ] || break
        for each in $left; do
            each=${each#/proc/}
            kill -KILL "${each%/environ}"
        done
    done
    kill -KILL "$watcher"
    echo "$code" >&6
    return "$code"
}

# At most 64 MiB, byte by byte as it comes; of what is more, the end.
keep() {
    exec 3<&- 6>&-
    (
        ulimit -f 65536
        exec cat >"$records/output"
    ) || exec tail -c 10000 >"$records/rest"
}

run "$@" | keep
echo "${PIPESTATUS[0]} $boot end" >"$records/ended"
