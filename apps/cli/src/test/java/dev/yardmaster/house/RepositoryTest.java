package dev.yardmaster.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the files of the repository to the rules of the house. That each can fail is shown by {@link FileRulesTest}. */
class RepositoryTest {

    private static final Repository REPOSITORY = Repository.find();
    private static final Map<Path, String> TEXTS = REPOSITORY.texts();
    private static final FileRules RULES = new FileRules(TEXTS);

    @Test
    void no_file_names_a_package_registry() {
        assertThat(RULES.registries()).isEmpty();
    }

    @Test
    void no_file_names_a_path_of_one_machine() {
        assertThat(RULES.machinePaths()).isEmpty();
    }

    @Test
    void every_link_between_pages_leads_somewhere() {
        assertThat(RULES.deadLinks()).isEmpty();
    }

    @Test
    void every_page_that_code_names_is_there() {
        assertThat(RULES.missingPages()).isEmpty();
    }

    @Test
    void every_page_is_found_from_the_index() {
        assertThat(RULES.unlistedPages()).isEmpty();
    }

    @Test
    void a_file_is_one_idea() {
        assertThat(RULES.tooLong("src/main", 400)).isEmpty();
    }

    /** Tests carry tables, texts and whole oracles. */
    @Test
    void a_test_is_one_idea() {
        assertThat(RULES.tooLong("src/test", 600)).isEmpty();
    }

    @Test
    void modules_use_only_what_their_row_names() throws Exception {
        assertThat(new ModuleRules(Layout.MODULES).arrows(TEXTS)).isEmpty();
    }

    @Test
    void a_package_is_in_the_module_that_its_row_names() {
        var wrong = new TreeMap<>(REPOSITORY.packages());
        wrong.entrySet()
                .removeIf(each ->
                        module(each.getKey()).filter(each.getValue()::equals).isPresent());
        assertThat(wrong).as("packages, and the modules they are in").isEmpty();
    }

    private static Optional<String> module(String packageName) {
        return Layout.rows().stream()
                .filter(row -> (Layout.ROOT + ".").length() < packageName.length()
                        && row.holds(packageName.substring(Layout.ROOT.length() + 1)))
                .map(Row::module)
                .findFirst();
    }
}
