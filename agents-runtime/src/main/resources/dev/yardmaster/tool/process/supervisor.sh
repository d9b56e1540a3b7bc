# Runs one command and leaves behind how it ended, also for whoever comes after a crash of the one who waits for it.
#   $1   the folder for that: output (and rest), started, stopped, ended
#   $2   a word that all processes of the command get into their environment, where nothing else holds them together
#   $3   a group of processes (cgroup) to be made for the command; empty for none
#   $4   the bytes of memory and $5 the number of processes that it gets; empty for no limit
#   $6…  the command line
# Standard input ends when the one who waits dies, or wants the command to end: it is killed then. Standard output tells
# the exit code. This process and its two children are not in the namespaces of the command.
records=$1 mark=$2 group=$3 memory=$4 processes=$5
shift 5
exec 3<&0 </dev/null 6>&1 2>/dev/null
read -r boot </proc/sys/kernel/random/boot_id || boot=unknown

limit() { # file, value
    [ ! -e "$group/$1" ] || [ -z "$2" ] || echo "$2" >"$group/$1"
}

# Memory that is swapped out counts as memory.
enclose() {
    mkdir "$group" && limit memory.max "$memory" && limit memory.limit_in_bytes "$memory" || return
    limit memory.swap.max "${memory:+0}"
    limit memory.memsw.limit_in_bytes "$memory"
    limit pids.max "$processes"
}

# Whether a process of the group was ended because of its memory.
tell() {
    for file in "$group/memory.events" "$group/memory.oom_control"; do
        [ -e "$file" ] || continue
        while read -r what count; do
            [ "$what" != oom_kill ] || [ "$count" = 0 ] || echo MEMORY >"$records/limited"
        done <"$file"
    done
}

run() {
    [ -z "$group" ] || enclose
    set -m # a group of its own for the command; signals are not ignored in it, as they are in mere background jobs
    {
        echo 500 >/proc/self/oom_score_adj # who is to go when memory runs out
        [ -z "$mark" ] || export YARDMASTER_CALL="$mark"
        if [ -n "$group" ] && ! echo 0 >"$group/cgroup.procs"; then
            echo "its memory cannot be limited: no process can be moved to $group"
            exit 125
        fi
        exec "$@" 2>&1 3<&- 6>&-
    } 4>"$records/started" &
    command=$!
    trap '' PIPE # nobody may be there to be told
    {
        read -r _
        : >"$records/stopped"
        held=()
        [ -n "$mark" ] || read -r -a held <"/proc/$command/task/$command/children"
        kill -KILL -- "-$command"
        for first in "${held[@]}"; do # of a namespace: it is there until all others are gone
            for pass in {1..300}; do
                read -r _ _ state _ <"/proc/$first/stat" && [[ $state != [ZX] ]] || break
                sleep 0.01
            done
        done
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
    [ ! -e "$records/stopped" ] || wait "$watcher"
    for pass in {1..40}; do
        [ -n "$mark" ] || break
        left=$(grep -lsF "YARDMASTER_CALL=$mark" /proc/[0-9]*/environ)
        [ -n "$left" ] || break
        for each in $left; do
            each=${each#/proc/}
            kill -KILL "${each%/environ}"
        done
        [ "$pass" -lt 5 ] || sleep 0.05 # each is gone once it gets a processor for that
    done
    kill -KILL "$watcher"
    wait "$watcher"
    [ -z "$group" ] || tell
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
[ -n "$group" ] || exit 0
for pass in {1..200}; do # what was killed is gone a moment later
    read -r _ <"$group/cgroup.procs" || break
    sleep 0.01
done
exec rmdir "$group"
