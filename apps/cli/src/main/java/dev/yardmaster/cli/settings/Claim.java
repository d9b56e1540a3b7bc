package dev.yardmaster.cli.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the settings files of a folder, or an agent file, would let run beyond what the caller's own settings do. It counts only when the
 * caller trusts it: the files may have come with what was checked out.
 *
 * @param whose it in words
 * @param folder where the files are, its real path; or the file itself
 * @param what each piece, with file and line
 * @param fingerprint of what it says: trust is for this, not for what the files may say later
 * @param answer whether the caller trusts it; empty when they were not asked
 */
public record Claim(String whose, Path folder, List<String> what, String fingerprint, Optional<Boolean> answer) {

    public Claim {
        what = List.copyOf(what);
    }

    public boolean isTrusted() {
        return answer.orElse(false);
    }
}
