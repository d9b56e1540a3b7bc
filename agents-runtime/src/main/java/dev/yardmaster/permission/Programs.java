package dev.yardmaster.permission;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of programs: the options under which they only read, or change nothing but the files they are given. An
 * option that is not listed may run or write anything, so that a command with it is for a person to look at. Listed are
 * GNU's, BSD's where they differ in nothing that matters, and git's.
 */
final class Programs {

    /** What a program does under its listed options. */
    enum Kind {
        READS,
        EDITS,
        /** More than that; a rule may allow it. */
        WORKS
    }

    /**
     * @param flags options without a value: {@code -a}, {@code --all}
     * @param valued options with one, in the same word or the next
     * @param attached options that may have one, in the same word only: the next is no value, whatever it looks like
     * @param numbers whether {@code -5} is an option
     */
    record Program(Kind kind, Set<String> flags, Set<String> valued, Set<String> attached, boolean numbers) {}

    private static final String DIFF =
            " -pwbuRazsDW -U=? -M=? -C=? -B=? -G= -S= --stat=? --shortstat --numstat --name-only --name-status"
                    + " --oneline --cached --staged --summary --patch --no-patch --no-color --color=? --word-diff=? --raw"
                    + " --unified=? --diff-filter= --no-renames --find-renames=? --ignore-all-space --ignore-space-change"
                    + " --ignore-blank-lines --minimal --histogram --check --exit-code --quiet --merge-base --no-ext-diff"
                    + " --no-textconv --dirstat --find-copies=? --patience --function-context --submodule";
    private static final String LOG =
            DIFF + " -iEF -n= -L= -# --max-count= --skip= --since= --until= --after= --before="
                    + " --author= --committer= --grep= --format=? --pretty=? --graph --decorate=? --all"
                    + " --branches --tags --remotes --follow --merges --no-merges --reverse --first-parent --abbrev-commit --date="
                    + " --topo-order --date-order --left-right --cherry-pick --no-decorate --abbrev=? --full-history";

    /** Name, or name and subcommand; kind; options. With {@code =} they take a value, with {@code =?} an attached one. */
    private static final String TABLE = """
            ls reads -1AaBbCcdFfGghiklmNnopQqRrSstUuvXxZ --all --almost-all --color=? --human-readable --recursive --reverse --sort= --time= --classify --directory --full-time --si --group-directories-first
            cat reads -AbeEnstTuv --number --number-nonblank --squeeze-blank --show-all --show-ends --show-tabs
            head reads -qvz -n= -c= -# --lines= --bytes= --quiet --verbose
            tail reads -qvz -n= -c= -# --lines= --bytes= --quiet --verbose
            grep reads -EFGHILPabchilnoqrsvwxyZz -e= -A= -B= -C= -m= -d= -# --include= --exclude= --exclude-dir= --color=? --colour= --recursive --ignore-case --line-number --count --files-with-matches --files-without-match --only-matching --no-messages --word-regexp --invert-match --extended-regexp --fixed-strings --perl-regexp --max-count= --context= --after-context= --before-context= --quiet --silent --with-filename --no-filename --regexp= --text --null --line-regexp
            egrep reads -HILabchilnoqrsvwx -e= -A= -B= -C= -m= -# --include= --exclude= --exclude-dir= --color=?
            fgrep reads -HILabchilnoqrsvwx -e= -A= -B= -C= -m= -# --include= --exclude= --exclude-dir= --color=?
            rg reads -FHINSUacilnoPpqsvwx -A= -B= -C= -e= -g= -j= -m= -t= -T= -r= --hidden --no-ignore --files --files-with-matches --count --ignore-case --smart-case --line-number --no-line-number --heading --no-heading --color= --glob= --type= --type-not= --json --stats --multiline --word-regexp --max-count= --max-depth= --context= --no-config --fixed-strings --only-matching --sort= --type-list --version --trim
            wc reads -clmwL --lines --words --bytes --chars --max-line-length
            find reads
            pwd reads -LP
            echo reads -neE
            printf reads
            true reads
            false reads
            which reads -a
            diff reads -abBdEiNqsTtuwyZ -U= -C= -W= -x= --brief --unified=? --color=? --ignore-all-space --ignore-space-change --side-by-side --report-identical-files --no-dereference --strip-trailing-cr --suppress-common-lines
            cmp reads -bls -n= -i=
            comm reads -123z
            stat reads -LftZ -c= --format= --printf= --file-system --terse
            du reads -0abchkmSsxl -d= -t= --max-depth= --human-readable --summarize --all --total --apparent-size --exclude= --bytes
            df reads -aBhHiklPTt
            cd reads
            sort reads -bcCdfghiMnRrsuVz -k= -t= --reverse --numeric-sort --unique --key= --field-separator= --human-numeric-sort --version-sort --ignore-case --check --stable --general-numeric-sort
            uniq reads -cdDuiz -f= -s= -w= --count --repeated --unique --ignore-case
            cut reads -nsz -b= -c= -d= -f= --bytes= --characters= --delimiter= --fields= --complement --only-delimited --output-delimiter=
            tr reads -cCdst --delete --complement --squeeze-repeats
            sed reads -nErsuz -e= --quiet --silent --regexp-extended --expression= --posix
            nl reads -b= -n= -w= -s= -v=
            tac reads -s=
            rev reads
            fold reads -bs -w=
            column reads -tnex -s= -c= -o=
            paste reads -sz -d=
            basename reads -az -s=
            dirname reads -z
            realpath reads -eLmPqsz --relative-to= --relative-base=
            readlink reads -efmnqsvz
            file reads -bihkLNnrs --brief --mime --mime-type --mime-encoding
            md5sum reads -bt
            sha1sum reads -bt
            sha256sum reads -bt
            cksum reads
            seq reads -w -s= -f=
            date reads -uRI --utc --iso-8601=? --rfc-3339= -d= --date=
            uname reads -amnprsvio
            whoami reads
            id reads -Ggnru
            nproc reads --all
            test reads
            tree reads -adfhiLpsuCDF -L= -I= -P= --noreport --dirsfirst --gitignore
            jq reads -CMRSacejnrs --arg= --argjson= --tab --indent= --compact-output --raw-output --raw-input --slurp --null-input --exit-status --sort-keys
            mkdir edits -pv -m= --parents --verbose --mode=
            touch edits -acm
            rm edits -dfrRv --force --recursive --verbose
            rmdir edits -pv --parents
            mv edits -fnuvT --force --no-clobber --verbose
            cp edits -afnprRuvTP --recursive --force --no-clobber --verbose --archive
            git_status reads -bsvz -u=? --short --branch --porcelain=? --long --verbose --untracked-files=? --ignored --show-stash --ahead-behind --no-renames
            git_diff reads @DIFF
            git_log reads @LOG
            git_show reads @LOG
            git_shortlog reads -ensc --summary --numbered --email --since= --until=
            git_blame reads -bcefklnpstwMC -L= --porcelain --line-porcelain --date= --root --show-email
            git_rev-parse reads -q --short=? --verify --abbrev-ref --show-toplevel --show-prefix --show-cdup --is-inside-work-tree --git-dir --symbolic-full-name --all --quiet
            git_rev-list reads @LOG --count --objects
            git_ls-files reads -cdmoikstuvz --cached --deleted --modified --others --ignored --stage --unmerged --exclude-standard --error-unmatch --full-name --exclude= -x=
            git_ls-tree reads -drtlz --name-only --name-status --long --full-name --full-tree --abbrev
            git_cat-file reads -tspe --batch-check
            git_describe reads --all --tags --long --always --dirty=? --abbrev=? --match= --exact-match --contains --candidates=
            git_merge-base reads -a --all --is-ancestor --fork-point --octopus
            git_grep reads -EFHILGPWacehilnopqvwz -e= -A= -B= -C= -m= -# --cached --untracked --no-index --name-only --count --line-number --ignore-case --and --or --not --all-match --heading --break
            git_reflog reads -n= -# --date= --all --oneline
            git_for-each-ref reads --sort= --format= --count= --contains= --merged= --no-merged= --points-at=
            git_show-ref reads -dsq --heads --tags --head --verify --hash=? --abbrev=?
            git_name-rev reads --name-only --tags --all --always
            git_check-ignore reads -vqn --verbose --quiet --non-matching --no-index
            git_diff-tree reads @DIFF -rtcm --root --no-commit-id
            git_count-objects reads -vH
            git_worktree_list reads -v --verbose --porcelain
            git_tag_list reads -l -n=? --list --sort= --contains= --points-at= --format=
            git_stash_list reads @LOG
            git_stash_show reads @DIFF
            git_--version reads
            git_branch_list reads -arv -vv --list --all --remotes --show-current --contains= --merged --no-merged --sort= --format= --points-at=
            git_branch works -adDrvmMcCfqtu -vv --list --all --remotes --show-current --contains= --merged --no-merged --delete --move --force --copy --track --no-track --set-upstream-to= --unset-upstream --sort= --format=
            git_tag works -aldfnm -m= -n= --list --delete --annotate --force --message= --sort= --contains= --points-at= --format=
            git_remote_list reads -v --verbose
            git_stash works -uakqp -m= --include-untracked --all --keep-index --quiet --message= --staged --index
            git_add works -AfnNpuv --all --update --force --dry-run --verbose --intent-to-add --ignore-errors --refresh --renormalize
            git_commit works -aenqsSvz -m= -C= -F= --all --amend --no-edit --message= --allow-empty --allow-empty-message --signoff --quiet --verbose --dry-run --author= --date= --fixup= --squash= --reset-author --no-verify --only --include --no-gpg-sign --cleanup= --trailer= --file=
            git_checkout works -bBdfqtm -p --detach --force --quiet --track --no-track --ours --theirs --merge --orphan=
            git_switch works -cCdfqtm --create= --force-create= --detach --force --quiet --track --no-track --discard-changes --merge --orphan=
            git_restore works -SWqs -s= --source= --staged --worktree --quiet --ours --theirs
            git_reset works -qNp --soft --mixed --hard --merge --keep --quiet
            git_merge works -nqvm -m= --no-ff --ff --ff-only --squash --no-commit --commit --no-edit --abort --continue --quit --quiet --verbose --stat --message= --log --allow-unrelated-histories
            git_rebase works -qvf --abort --continue --skip --quit --quiet --verbose --onto= --autostash --no-autostash --autosquash --keep-empty --root
            git_cherry-pick works -nsx -m= --abort --continue --skip --quit --no-commit --signoff --allow-empty --mainline=
            git_revert works -ns -m= --abort --continue --skip --no-edit --no-commit --mainline=
            git_rm works -rfnq --cached --force --dry-run --quiet --ignore-unmatch
            git_mv works -fknv --force --dry-run --verbose
            git_fetch works -aptqvfn --all --prune --tags --no-tags --force --quiet --verbose --depth= --unshallow --dry-run --prune-tags
            git_pull works -qvr --rebase --no-rebase --ff-only --ff --no-ff --quiet --verbose --tags --prune --autostash
            git_push works -ufqvnd --set-upstream --force --force-with-lease=? --tags --all --delete --quiet --verbose --dry-run --atomic --follow-tags --no-verify --porcelain
            git_init works -q -b= --quiet --initial-branch= --bare
            git_clean works -dfnqxX -e= --force --dry-run --quiet --exclude=
            """.replace("@DIFF", DIFF).replace("@LOG", LOG);

    private static final Map<String, Program> KNOWN = read();

    /** Programs that run what their arguments or input say, reach the network, or define what later words mean. */
    private static final Set<String> OPEN_ENDED = Set.of(
            ("ash awk bash busybox chroot command dash docker doas env eval exec expect fish flock gawk gdb lldb ionice ksh"
                            + " mapfile readarray man mawk nawk nice nohup nsenter parallel perl podman script setsid sh source ."
                            + " ssh scp sftp rsync stdbuf strace ltrace perf sudo su tar bsdtar cpio tee time timeout unshare vi vim"
                            + " view nvim ex ed emacs nano pico watch xargs zip unzip 7z zsh csh tcsh less more most pg alias bind"
                            + " builtin compgen complete compopt coproc declare disown enable export fc fg bg getopts hash"
                            + " history jobs let local pushd popd read readonly set shift shopt trap typeset ulimit umask unalias"
                            + " unset wait at batch crontab systemctl systemd-run service kill pkill killall ps top htop lsof"
                            + " nslookup dig host ping ping6 getent traceroute tracepath nc ncat netcat telnet ftp tftp socat whois"
                            + " wget aria2c npx pnpx bunx uvx pipx fd fdfind entr run-parts sqlite3 psql mysql redis-cli ldd"
                            + " osascript open xdg-open m4 dc bc gcov ansible ansible-playbook terraform kubectl helm"
                            + " mount umount losetup insmod modprobe logger mail sendmail split csplit dd mkfifo"
                            + " mknod chattr setfacl debugfs capsh setpriv runuser pkexec start-stop-daemon ld.so rlwrap tmux screen"
                            + " tclsh wish lua luajit guile racket ghci erl elixir iex julia Rscript octave gnuplot R scala groovy"
                            + " jshell kotlinc irb pry byebug ipython ptpython patch openssl deno bun swift dart ssh-keygen ssh-add"
                            + " ssh-agent tcpdump nmap journalctl nodemon watchexec concurrently sponge"
                            + " taskset chrt numactl prlimit setarch linux32 linux64 choom catchsegv valgrind hyperfine fakeroot"
                            + " faketime proot eatmydata unbuffer xvfb-run dbus-run-session systemd-inhibit systemd-nspawn"
                            + " machinectl logsave dtach abduco cpulimit firejail bwrap cgexec ip gosu su-exec tini dumb-init"
                            + " daemonize sg newgrp run0 torsocks proxychains xterm kitty alacritty konsole gnome-terminal"
                            + " emacsclient vimdiff nvimdiff rvim rview gvim joe mcedit mc ranger lf vifm micro kak hx info"
                            + " perldoc cpan tex latex pdflatex xelatex lualatex groff troff gs exiftool gpg svn hg apt apt-get"
                            + " dpkg yum dnf rpm zypper pacman apk snap flatpak brew nix nix-env nix-shell smbclient lftp mutt"
                            + " msmtp exim lp lpr toybox duckdb mongo mongosh install ln link truncate shred fallocate rename"
                            + " vidir xmllint xsltproc")
                    .split(" "));

    /** Programs whose names among another's arguments mean that it starts them. */
    private static final Set<String> STARTED = Set.of(
            ("sh bash dash zsh ksh fish env sudo doas xargs eval exec tee dd curl wget nc ncat python python3 node perl"
                            + " ruby php awk rm mv cp touch mkdir chmod")
                    .split(" "));

    private Programs() {}

    /** Whether a word among the arguments of a program nothing is known of is likely to be one it is to start. */
    static boolean isStarted(String word) {
        return STARTED.contains(word.substring(word.lastIndexOf('/') + 1));
    }

    private static Map<String, Program> read() {
        var programs = new HashMap<String, Program>();
        for (String line : TABLE.lines().toList()) {
            String[] parts = line.split(" +");
            var flags = new HashSet<String>();
            var valued = new HashSet<String>();
            var attached = new HashSet<String>();
            boolean numbers = false;
            for (String option : List.of(parts).subList(2, parts.length)) {
                if (option.equals("-#")) {
                    numbers = true;
                } else if (option.endsWith("=?")) {
                    attached.add(option.substring(0, option.length() - 2));
                } else if (option.endsWith("=")) {
                    valued.add(option.substring(0, option.length() - 1));
                } else if (option.startsWith("--")) {
                    flags.add(option);
                } else {
                    option.chars().skip(1).forEach(letter -> flags.add("-" + (char) letter));
                }
            }
            programs.put(
                    parts[0].replace('_', ' '),
                    new Program(
                            Kind.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT)),
                            flags,
                            valued,
                            attached,
                            numbers));
        }
        return Map.copyOf(programs);
    }

    static boolean isOpenEnded(String program) {
        return OPEN_ENDED.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    static boolean isKnown(String name) {
        return KNOWN.containsKey(name);
    }

    static Optional<Program> find(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    static List<String> names() {
        return KNOWN.keySet().stream().sorted().toList();
    }

    /** A command of a known program, its options found to be listed; empty when one is not, or the program is not. */
    static Optional<Invocation> read(String name, List<String> arguments) {
        return find(name).flatMap(program -> Invocation.of(program, arguments));
    }
}
