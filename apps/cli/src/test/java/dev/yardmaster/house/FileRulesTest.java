package dev.yardmaster.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule finds what breaks it. What is forbidden is put together here, because this file is looked at, too. */
class FileRulesTest {

    private static FileRules file(String name, String... lines) {
        return new FileRules(Map.of(Path.of(name), String.join("\n", lines)));
    }

    @Test
    void a_registry_is_found_with_its_line() {
        String host = String.join(".", "repo1", "maven", "org");
        assertThat(file("pom.xml", "<project>", "<url>https://" + host + "/maven2</url>")
                        .registries())
                .singleElement()
                .asString()
                .startsWith("pom.xml:2: 'repo1")
                .endsWith("is a package registry's host; a build finds its registry by its own settings");
        assertThat(file("pom.xml", "http://maven.apache.org/POM/4.0.0").registries())
                .isEmpty();
    }

    @Test
    void a_path_of_one_machine_is_found_with_its_line() {
        String home = String.join("/", "", "root", "x");
        assertThat(file("a.txt", "see " + home).machinePaths())
                .containsExactly("a.txt:1: '/root/' begins a path of one machine; make it relative, or a setting");
        assertThat(file("a.txt", "see .claude" + home + " and docs/work/x, /root or ~/work/x")
                        .machinePaths())
                .isEmpty();
    }

    @Test
    void a_long_file_is_found() {
        assertThat(file("core/src/main/java/A.java", "1", "2", "3").tooLong("src/main", 2))
                .containsExactly("core/src/main/java/A.java has 3 lines, more than 2: find the second idea in it");
        assertThat(file("core/src/main/java/A.java", "1", "2", "3").tooLong("src/main", 3))
                .isEmpty();
        assertThat(file("core/src/test/java/A.java", "1", "2", "3").tooLong("src/main", 2))
                .isEmpty();
        assertThat(file("core/src/main/java/a.md", "1", "2", "3").tooLong("src/main", 2))
                .isEmpty();
    }

    @Test
    void a_page_that_the_index_does_not_know_is_found() {
        var pages = new FileRules(Map.of(
                Path.of("docs/README.md"), "[a](a.md)",
                Path.of("docs/a.md"), "",
                Path.of("docs/b/c.md"), "",
                Path.of("docs/decisions/1.md"), ""));
        assertThat(pages.unlistedPages()).containsExactly("docs/b/c.md has no line in docs/README.md; add one");
    }

    @Test
    void a_page_that_code_names_and_that_is_not_there_is_found() {
        var files = new FileRules(Map.of(
                Path.of("docs/a.md"), "",
                Path.of("core/src/main/java/A.java"),
                        "/** See docs/a.md and docs/b.md, not https://example.org/docs/c.md. */"));
        assertThat(files.missingPages())
                .containsExactly(
                        "core/src/main/java/A.java names docs/b.md, which is not there; write it, or name another page");
    }

    @Nested
    class A_link {

        private final FileRules pages = new FileRules(Map.of(Path.of("README.md"), """
                [docs](docs), [page](docs/page.md), [its part](docs/page.md#what-run-does), [up here](#first), ![no](a.png),
                [gone](docs/gone.md), [no part](docs/page.md#nothing), [elsewhere](https://example.org/x), `[code](x)`
                ```text
                [block](y)
                ```
                # First
                """, Path.of("docs/page.md"), """
                [back](../README.md), [its part](../README.md#first), [not from here](page/x.md), [up](..)
                ## What `run` does!
                ```text
                # nothing
                ```
                """));

        @Test
        void that_leads_nowhere_is_found() {
            assertThat(pages.deadLinks())
                    .extracting(each -> each.replaceFirst(":.*", ""))
                    .containsExactly(
                            "README.md links to 'a.png'",
                            "README.md links to 'docs/gone.md'",
                            "README.md links to 'docs/page.md#nothing'",
                            "docs/page.md links to 'page/x.md'");
        }

        @Test
        void that_leads_to_no_heading_is_told_the_headings() {
            assertThat(pages.deadLinks())
                    .anyMatch(each -> each.endsWith("there is no such heading; there are [what-run-does]"));
        }
    }

    @Nested
    class A_module {

        private final ModuleRules rules = new ModuleRules(
                Map.of("core", Set.of(), "agents-runtime", Set.of("core"), "apps", Set.of("core", "integrations")));

        private String uses(String artifact, String scope) {
            return "<project><dependencies><dependency><groupId>dev.yardmaster</groupId><artifactId>" + artifact
                    + "</artifactId>" + scope + "</dependency></dependencies></project>";
        }

        @Test
        void that_uses_what_no_row_allows_is_found() throws Exception {
            assertThat(rules.arrows(Map.of(
                            Path.of("pom.xml"), uses("yardmaster-anything", ""),
                            Path.of("core/pom.xml"), uses("yardmaster-agents-runtime", ""),
                            Path.of("agents-runtime/pom.xml"), uses("yardmaster-core", ""),
                            Path.of("apps/cli/pom.xml"), uses("yardmaster-journal-jdbc", ""))))
                    .containsExactly(
                            "core uses agents-runtime; it may use none: turn the arrow round, or make it a dependency"
                                    + " of its tests");
        }

        @Test
        void may_test_with_anything() throws Exception {
            assertThat(rules.arrows(Map.of(Path.of("core/pom.xml"), uses("yardmaster-testkit", "<scope>test</scope>"))))
                    .isEmpty();
        }

        @Test
        void that_is_new_is_told_where_to_be_added() throws Exception {
            assertThat(rules.arrows(Map.of(Path.of("studio/pom.xml"), uses("yardmaster-core", ""))))
                    .containsExactly("studio is in no row of Layout.MODULES; add it with the modules that it may use");
        }
    }
}
