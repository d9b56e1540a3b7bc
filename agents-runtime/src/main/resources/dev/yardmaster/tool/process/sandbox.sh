# The first process of a sandbox that is made of namespaces: nothing but the named folders, /tmp and /dev/shm can be
# written, by whoever has no privileges here; the command has none.
#   $1 $2  the user and group that the command is to be; empty for root, who stays root without any privilege
#   $3     "network", where there is to be one
#   $4     how many folders can be written; they follow, the first is where the command runs
#   …      in the same way: what looks empty and is in none of these folders, what looks empty and is in one, and what
#          cannot be changed in one
user=$1 group=$2 network=$3 count=$4
shift 4
folders=("${@:1:count}")
shift "$count"
around=("${@:2:$1}") && shift "$(($1 + 1))"
inside=("${@:2:$1}") && shift "$(($1 + 1))"
fixed=("${@:2:$1}") && shift "$(($1 + 1))"
exec 2>&1

must() {
    "$@" && return
    echo "the sandbox cannot be made: $* failed"
    exit 125
}

resolver=$(readlink -f /etc/resolv.conf) && names=$(<"$resolver")

points=()
while read -r _ _ _ _ point options _; do
    [[ ,$options, == *,ro,* ]] || points+=("$point")
done </proc/self/mountinfo

held=()
for folder in "${folders[@]}"; do # opened before anything covers it
    must [ "$folder" != / ]
    must exec {fd}<"$folder"
    held+=("$fd")
done
devices=(null zero full random urandom)
nodes=()
for device in "${devices[@]}"; do
    must exec {fd}<"/dev/$device"
    nodes+=("$fd")
done

must mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /tmp
cp -P /dev/fd /dev/stdin /dev/stdout /dev/stderr /tmp/
must mount -t tmpfs -o mode=755,nosuid tmpfs /dev
mv /tmp/fd /tmp/stdin /tmp/stdout /tmp/stderr /dev/
for i in "${!devices[@]}"; do
    : >"/dev/${devices[i]}"
    must mount --no-canonicalize --bind "/proc/self/fd/${nodes[i]}" "/dev/${devices[i]}"
    exec {nodes[i]}<&-
done
mkdir -m 1777 /dev/shm
mkdir /dev/pts
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts /dev/pts && ln -s pts/ptmx /dev/ptmx

if [ -d /run ]; then # sockets of other programs
    must mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
    if [[ $resolver == /run/* ]]; then
        mkdir -p "${resolver%/*}"
        echo "$names" >"$resolver"
    fi
    must mount -o remount,bind,ro /run
fi

emptied=()
hide() {
    for path in "$@"; do
        [ -e "$path" ] || mkdir -p "$path" # it was in /tmp
        if [ -d "$path" ]; then
            must mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$path"
            emptied+=("$path")
        else
            must mount --bind /dev/null "$path"
        fi
    done
}
hide "${around[@]}" # a folder that can be written may be in it

for i in "${!folders[@]}"; do
    [ -d "${folders[i]}" ] || must mkdir -p "${folders[i]}"
    must mount --no-canonicalize --rbind "/proc/self/fd/${held[i]}" "${folders[i]}"
    exec {held[i]}<&-
    records=${folders[i]}/.yardmaster
    [ ! -d "$records" ] || must mount -o bind,ro "$records" "$records"
done

hide "${inside[@]}"
for path in "${fixed[@]}"; do
    must mount -o bind,ro "$path" "$path"
done
for path in "${emptied[@]}"; do
    must mount -o remount,bind,ro "$path"
done

if [ -d /sys/fs/cgroup/memory ]; then # the many of the first version are covered at once
    must mount -t tmpfs -o ro tmpfs /sys/fs/cgroup
fi
for point in "${points[@]}"; do
    [[ $point != /sys/fs/cgroup/* ]] || [ -e /sys/fs/cgroup/cgroup.procs ] || continue
    printf -v point %b "${point//\\/\\0}"
    case $point in /proc | /proc/* | /dev | /dev/* | /run | /run/* | /tmp | /tmp/*) continue ;; esac
    for folder in "${folders[@]}"; do
        [[ $point/ != "$folder"/* ]] || continue 2
    done
    [ -e "$point" ] || continue # it is hidden
    mount -o remount,bind,ro "$point" 2>/dev/null || must mount -t tmpfs -o ro tmpfs "$point"
done
[ -n "$user" ] || must mount -o remount,bind,ro /proc # its settings belong to root, privileged or not

[ -n "$network" ] || ip link set lo up 2>/dev/null
must cd "${folders[0]}"
export TMPDIR=/tmp
echo started >&4 || exit 125
exec 2>/dev/null
if [ -n "$user" ]; then
    (exec unshare --user --map-user="$user" --map-group="$group" setpriv --no-new-privs -- "$@" 2>&1 4>&-)
else
    (exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all -- "$@" 2>&1 4>&-)
fi
exit $?
